package eddy.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eddy.config.ConfigurationException;
import eddy.feature.EventSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextSourceTest {
  private static final EventSchema CHAR = Schemas.of("char:category", "char:category@+1");

  @Test
  void next_text_givesOneEventForEveryCodePoint(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("x.txt");
    Files.writeString(file, "A1\r\n\u00e4\ud83c\udf00 ");
    List<String> characters = new ArrayList<>();
    try (TextSource source = TextSource.open(file, CHAR)) {
      while (source.next()) {
        characters.add(((Decoded.Accepted) source.decoded()).event().categories[0]);
        assertThat(source.position()).isEqualTo(characters.size() - 1);
        assertThat(source.timestamp()).isEqualTo(source.position());
        assertThat(source.key()).isNull();
      }
      assertThat(source.bytesRead()).isEqualTo(source.bytesTotal()).isEqualTo(Files.size(file));
    }
    assertThat(characters).containsExactly("A", "1", "\r", "\n", "\u00e4", "\ud83c\udf00", " ");
  }

  @Test
  void next_bytesThatAreNoUtf8_becomeReplacements(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("x.txt");
    Files.write(file, new byte[] {'a', (byte) 0xff, 'b', (byte) 0xed, (byte) 0xa0, (byte) 0x80});
    int events = 0;
    try (TextSource source = TextSource.open(file, CHAR)) {
      while (source.next()) {
        assertThat(source.decoded()).isInstanceOf(Decoded.Accepted.class);
        events++;
      }
    }
    assertThat(events).isGreaterThanOrEqualTo(4);
  }

  @Test
  void open_otherFields_areRefused(@TempDir Path folder) {
    assertThatThrownBy(
            () -> TextSource.open(folder.resolve("x"), Schemas.of("word:category", "char@+1")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageEndingWith("a text has no field \"word\"; it has char");
  }
}
