package eddy.learn;

/** Stored state that this learner must not read: another format, another spec, or damaged. */
public final class IncompatibleStateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public IncompatibleStateException(String message) {
    super(message);
  }
}
