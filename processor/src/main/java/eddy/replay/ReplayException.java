package eddy.replay;

/** A replay that cannot go on, for a reason that its message tells in one line. */
public final class ReplayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ReplayException(String message) {
    super(message);
  }
}
