package eddy.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The files of the dashboard, before a browser reads them. */
class DashboardFilesTest {
  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = DashboardFilesTest.class.getResourceAsStream("/eddy/web/" + name)) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    }
  }

  private static String text(String name) throws IOException {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  @Test
  void index_whatItRefersTo_liesBesideIt() throws IOException {
    Matcher reference =
        Pattern.compile("<(?:link|script)[^>]*(?:href|src)=\"([^\"]+)\"")
            .matcher(text("index.html"));
    int found = 0;
    for (; reference.find(); found++) {
      assertThat(bytes(reference.group(1))).as(reference.group(1)).isNotEmpty();
    }
    assertThat(found).isGreaterThan(5);
  }

  @Test
  void index_scriptsAndStyles_areInFilesOfTheirOwn() throws IOException {
    assertThat(text("index.html"))
        .contains("default-src 'none'; script-src 'self'; style-src 'self'")
        .doesNotContainPattern("<script>|<style|\\sstyle=|\\son\\w+=")
        .doesNotContainPattern("(?i)(src|href)=\"(https?:|//)");
  }

  /** The outline lies here as its package has it; see docs/decisions/0210-dashboard.md. */
  @Test
  void outline_itsFile_isThatOfThePackage() throws Exception {
    byte[] sum = MessageDigest.getInstance("SHA-256").digest(bytes("land/land-110m.json"));
    assertThat(HexFormat.of().formatHex(sum))
        .isEqualTo("ead5f68119c49a9250902e7da303bcb209341bbb8fefe7369a439b48b704658a");
    assertThat(text("land/LICENSE")).contains("Permission to use, copy, modify");
  }
}
