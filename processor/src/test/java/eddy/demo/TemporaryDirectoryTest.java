package eddy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryDirectoryTest {
  @TempDir Path elsewhere;

  @Test
  void close_filesFoldersAndLinks_areGoneButNotWhatLinksPointTo() throws Exception {
    Path kept = Files.writeString(elsewhere.resolve("kept"), "kept");
    TemporaryDirectory directory = TemporaryDirectory.create("eddy-test");
    Path deep = Files.createDirectories(directory.path().resolve("a").resolve("b"));
    Files.writeString(deep.resolve("file"), "text");
    Files.createSymbolicLink(deep.resolve("link"), elsewhere);

    directory.close();

    assertThat(directory.path()).doesNotExist();
    assertThat(kept).hasContent("kept");
  }
}
