package eddy.query;

/** A task could not answer now; asked again a little later, it or another one will. */
public final class UnansweredException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnansweredException(String message) {
    super(message);
  }
}
