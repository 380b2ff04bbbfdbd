package eddy.demo;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The browser that this machine opens pages in. */
final class SystemBrowser {
  private SystemBrowser() {}

  /** Opens a page; false where no browser could be started. */
  static boolean open(String address) {
    try {
      new ProcessBuilder(command(System.getProperty("os.name"), System.getenv("BROWSER"), address))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * What opens a page.
   *
   * @param system name of the operating system
   * @param wish program that the user wants, null for none
   */
  static List<String> command(String system, String wish, String address) {
    if (wish != null && !wish.isBlank()) {
      return List.of(wish, address);
    }
    String name = system.toLowerCase(Locale.ROOT);
    if (name.contains("mac")) {
      return List.of("open", address);
    }
    return name.contains("windows")
        ? List.of("rundll32", "url.dll,FileProtocolHandler", address)
        : List.of("xdg-open", address);
  }
}
