package eddy.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where the standard streams of this process end. */
enum Terminal {
  OUT(1),
  ERROR(2);

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final String FORCE = "CLICOLOR_FORCE";

  private final int descriptor;

  Terminal(int descriptor) {
    this.descriptor = descriptor;
  }

  /** Whether a person sees the stream, whatever becomes of the other. */
  boolean isShown() {
    Path link = DESCRIPTORS.resolve(Integer.toString(descriptor));
    if (!Files.isSymbolicLink(link)) {
      // a system without these links tells of all streams together only
      return hasConsole();
    }
    Path target;
    try {
      target = Files.readSymbolicLink(link);
    } catch (IOException e) {
      // a link that may not be read, as if there were none
      return hasConsole();
    }
    return target.startsWith("/dev/pts")
        || target.startsWith("/dev/console")
        || target.toString().startsWith("/dev/tty");
  }

  // Since JDK 22 there is a console without a terminal too; only a method of that version tells.
  private static boolean hasConsole() {
    java.io.Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** Whether a bar can be drawn that changes in its place. */
  boolean canMove() {
    return isShown() && !isDumb(System.getenv());
  }

  /** Whether colours are wanted in the stream. */
  boolean isColoured() {
    return isColoured(isShown(), System.getenv());
  }

  /** The rule of it: what the user says, then whether it can be. */
  static boolean isColoured(boolean shown, Map<String, String> environment) {
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
      return false;
    }
    String forced = environment.getOrDefault(FORCE, "");
    if (!forced.isEmpty() && !forced.equals("0")) {
      return true;
    }
    return shown && !isDumb(environment);
  }

  private static boolean isDumb(Map<String, String> environment) {
    return environment.getOrDefault("TERM", "").equals("dumb");
  }
}
