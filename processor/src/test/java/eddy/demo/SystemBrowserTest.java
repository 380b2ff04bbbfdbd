package eddy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SystemBrowserTest {
  private static final String PAGE = "http://127.0.0.1:1/";

  @Test
  void command_everySystem_endsWithTheAddress() {
    assertThat(SystemBrowser.command("Linux", null, PAGE)).containsExactly("xdg-open", PAGE);
    assertThat(SystemBrowser.command("Mac OS X", "", PAGE)).containsExactly("open", PAGE);
    assertThat(SystemBrowser.command("Windows 11", null, PAGE))
        .startsWith("rundll32")
        .endsWith(PAGE);
  }

  @Test
  void command_browserWished_isTaken() {
    assertThat(SystemBrowser.command("Linux", "firefox", PAGE)).containsExactly("firefox", PAGE);
  }
}
