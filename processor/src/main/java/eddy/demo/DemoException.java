package eddy.demo;

import eddy.stream.EddyApp;
import java.time.Duration;

/** A demo that cannot go on, for a reason that its message tells in one line. */
public final class DemoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DemoException(String message) {
    super(message);
  }

  DemoException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The app has ended by itself. */
  static DemoException of(EddyApp app) {
    return new DemoException(
        "the app has failed: " + app.failureLine().orElse("it is " + app.state()));
  }

  /** Nothing has come from the app for so long. */
  static DemoException silent(EddyApp app, Duration time) {
    return new DemoException(
        "nothing came from the app for "
            + time.toSeconds()
            + " s, it is "
            + app.state()
            + "; try again with fewer other processes running");
  }
}
