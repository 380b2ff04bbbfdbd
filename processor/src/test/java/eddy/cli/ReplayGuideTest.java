package eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/replay.md do what the page says. */
class ReplayGuideTest {
  private static final String COMMAND = "scripts/eddy ";

  private final Shell shell = new Shell();
  private final StringWriter out = shell.out;
  private final StringWriter error = shell.error;

  @TempDir Path folder;

  @Test
  void commands_ofThePage_runOnTheSampleOrAreUnderstood() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/eddy/demo/storms.csv.gz")) {
      Files.copy(in, folder.resolve("storms.csv.gz"));
    }
    List<String> commands =
        Files.readAllLines(Path.of("../docs/replay.md")).stream()
            .filter(line -> line.startsWith(COMMAND))
            .toList();
    assertThat(commands).hasSize(6);
    for (String command : commands) {
      List<String> words = words(command.substring(COMMAND.length()));
      if (words.contains("--bootstrap-servers")) {
        Eddy.commandLine().parseArgs(words.toArray(String[]::new));
      } else {
        // a part of the events, since this is about the commands
        words.addAll(List.of("--limit", "300"));
        assertThat(run(words)).as(command + "\n" + error).isZero();
      }
    }
    assertThat(folder.resolve("out/base/metrics.json")).exists();
    assertThat(folder.resolve("out/base/predictions.csv")).exists();
    assertThat(folder.resolve("out/seeds/repeat.json")).exists();
    assertThat(folder.resolve("out/seeds/seed-3/metrics.json")).exists();
    assertThat(folder.resolve("out/sweep/sweep.json")).exists();
    assertThat(folder.resolve("out/sweep/units=16,weights=key/metrics.json")).exists();
    assertThat(folder.resolve("out/compare/storms-track/metrics.json")).exists();
    assertThat(out.toString()).contains("storms-track against storms:");
  }

  private List<String> words(String command) {
    List<String> words = new ArrayList<>();
    for (String word : Arrays.asList(command.split(" "))) {
      boolean ours = word.startsWith("out/") || word.equals("storms.csv.gz");
      words.add(
          word.startsWith("scripts/")
              ? "../" + word
              : ours ? folder.resolve(word).toString() : word);
    }
    return words;
  }

  private int run(List<String> words) {
    return shell.run(words);
  }
}
