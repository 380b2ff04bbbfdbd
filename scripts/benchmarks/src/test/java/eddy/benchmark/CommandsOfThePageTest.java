package eddy.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.benchmark.replay.ReplayTest;
import eddy.benchmark.state.ScaleTest;
import eddy.benchmark.state.StateTest;
import eddy.benchmark.task.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The commands of docs/benchmarks.md are understood; they measure for minutes to hours. */
class CommandsOfThePageTest {
  private static final Map<String, Object> COMMANDS =
      Map.of(
          "scripts/bench", new Bench(),
          "scripts/tasks", new Tasks(),
          "scripts/scale-test", new ScaleTest(),
          "scripts/state-test", new StateTest(),
          "scripts/replay-test", new ReplayTest());

  @Test
  void parse_commandsOfThePage_succeeds() throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of("../../docs/benchmarks.md")).stream()
            .filter(line -> line.startsWith("scripts/"))
            .toList();
    assertThat(lines).hasSizeGreaterThanOrEqualTo(COMMANDS.size());
    for (String line : lines) {
      String[] words = line.replaceFirst("\\s+#.*", "").split(" ");
      assertThat(COMMANDS).containsKey(words[0]);
      new CommandLine(COMMANDS.get(words[0])).parseArgs(Arrays.copyOfRange(words, 1, words.length));
    }
  }
}
