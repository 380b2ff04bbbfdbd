package eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareReplayTest {
  private static final int ROWS = 3000;

  private final Shell shell = new Shell();
  private final StringWriter out = shell.out;
  private final StringWriter error = shell.error;

  @TempDir Path folder;
  private Path seeing;
  private Path blind;
  private Path input;
  private Path output;

  /** What comes next is told by one column, and by nothing else. */
  @BeforeEach
  void writeFiles() throws IOException {
    seeing = configuration("seeing", "eddy.features=hint\neddy.targets=value@+1 - 0\n");
    blind = configuration("blind", "eddy.features=noise\neddy.targets=value@+1 - 0\n");
    Random random = new Random(1);
    StringBuilder rows = new StringBuilder("key,value,hint,noise,symbol\n");
    double[] next = new double[4];
    for (int row = 0; row < ROWS; row++) {
      int key = row % next.length;
      double value = next[key];
      next[key] = random.nextGaussian();
      rows.append(
          "k%d,%s,%s,%s,%s%n"
              .formatted(
                  key, value, next[key], random.nextGaussian(), next[key] > 0 ? "up" : "down"));
    }
    input = Files.writeString(folder.resolve("rows.csv"), rows);
    output = folder.resolve("out");
  }

  @Test
  void compare_aConfigurationAgainstItself_isExactlyZero() throws IOException {
    assertThat(replay(seeing, "--compare", seeing.toString())).isZero();
    assertThat(error.toString()).isEmpty();
    JsonNode comparison = comparison(0, 0);
    for (String field : List.of("difference", "low", "high")) {
      assertThat(comparison.get(field).asDouble(Double.NaN)).as(field).isZero();
    }
    assertThat(comparison.get("rows").asInt()).isEqualTo(ROWS - 4);
    assertThat(comparison.get("left_out").asInt()).isZero();
    assertThat(comparison.get("verdict").asText()).isEqualTo("the same");
    assertThat(comparison.get("keys").get("tied").asInt()).isEqualTo(4);
    assertThat(out.toString()).contains("seeing-2 loses exactly what seeing does");
    assertThat(output.resolve("seeing-2/predictions.csv"))
        .hasSameBinaryContentAs(output.resolve("predictions.csv"));
  }

  /** Of a normal variable without any hint, the mean absolute error is sqrt(2/pi). */
  @Test
  void compare_theOneThatSeesTheCause_isBetterByWhatThatIsWorth() throws IOException {
    assertThat(replay(blind, "--compare", seeing.toString())).isZero();
    JsonNode comparison = comparison(0, 0);
    assertThat(comparison.get("base").asDouble()).isCloseTo(Math.sqrt(2 / Math.PI), within(0.08));
    assertThat(comparison.get("high").asDouble()).isNegative();
    assertThat(comparison.get("verdict").asText()).isEqualTo("better");
    assertThat(comparison.get("keys").get("won").asInt()).isEqualTo(4);
    assertThat(out.toString())
        .contains("seeing against blind:", "value@+1: seeing is better than blind");
    assertThat(mae(output.resolve("seeing")))
        .isCloseTo(comparison.get("other").asDouble(), within(1e-9));
    assertThat(mae(output)).isCloseTo(comparison.get("base").asDouble(), within(1e-9));
  }

  @Test
  void compare_aWorseOneAndTheSame_areBothToldInOneReport() throws IOException {
    assertThat(
            replay(seeing, "--compare", blind.toString(), "--compare", seeing.toString(), "--json"))
        .isZero();
    assertThat(comparison(0, 0).get("verdict").asText()).isEqualTo("worse");
    assertThat(comparison(1, 0).get("verdict").asText()).isEqualTo("the same");
    assertThat(out.toString()).isEqualTo(Files.readString(output.resolve("metrics.json")));
  }

  @Test
  void compare_classes_haveLogLossAndErrors() throws IOException {
    Path knowing = configuration("knowing", "eddy.features=hint\neddy.targets=symbol:category\n");
    Path guessing =
        configuration("guessing", "eddy.features=noise\neddy.targets=symbol:category\n");
    assertThat(replay(guessing, "--compare", knowing.toString())).isZero();
    assertThat(comparison(0, 0).get("loss").asText()).isEqualTo("log_loss_bits");
    // a fair coin has 1 bit; to learn that it is one costs some more
    assertThat(comparison(0, 0).get("base").asDouble()).isBetween(0.97, 1.25);
    assertThat(comparison(0, 0).get("verdict").asText()).isEqualTo("better");
    assertThat(comparison(0, 1).get("loss").asText()).isEqualTo("error");
    assertThat(comparison(0, 1).get("base").asDouble()).isCloseTo(0.5, within(0.06));
    assertThat(comparison(0, 1).get("verdict").asText()).isEqualTo("better");
  }

  /** The other rejects rows for want of its feature: neither is judged by them. */
  @Test
  void compare_rowsThatOnlyOneScores_areLeftOutAndCounted() throws IOException {
    List<String> rows = new ArrayList<>(Files.readAllLines(input));
    for (int row = 100; row < 200; row++) {
      String[] cells = rows.get(1 + row).split(",");
      rows.set(1 + row, String.join(",", cells[0], cells[1], cells[2], "", cells[4]));
    }
    input = Files.write(folder.resolve("gaps.csv"), rows);
    assertThat(replay(seeing, "--compare", blind.toString())).isZero();
    JsonNode comparison = comparison(0, 0);
    assertThat(comparison.get("rows").asInt()).isEqualTo(ROWS - 4 - 100);
    assertThat(comparison.get("left_out").asInt()).isEqualTo(100);
  }

  @Test
  void compare_overSeeds_tellsHowManyOfThemAgree() throws IOException {
    assertThat(replay(blind, "--compare", seeing.toString(), "--repeat", "2", "--limit", "800"))
        .isZero();
    assertThat(error.toString()).isEmpty();
    JsonNode repeat = new ObjectMapper().readTree(output.resolve("repeat.json").toFile());
    assertThat(repeat.get("seeds")).hasToString("[1,2]");
    JsonNode target = repeat.at("/comparisons/0/targets/0");
    assertThat(target.get("better").asInt()).isEqualTo(2);
    assertThat(target.get("worse").asInt()).isZero();
    double sum = 0;
    for (int seed = 1; seed <= 2; seed++) {
      JsonNode metrics =
          new ObjectMapper()
              .readTree(output.resolve("seed-" + seed).resolve("metrics.json").toFile());
      double difference = metrics.at("/comparisons/0/targets/0/difference").asDouble();
      assertThat(target.at("/difference/values/" + (seed - 1)).asDouble()).isEqualTo(difference);
      sum += difference;
    }
    assertThat(target.at("/difference/mean").asDouble()).isCloseTo(sum / 2, within(1e-12));
    assertThat(out.toString()).contains("seeing value@+1", "2 of 2", "seeds 1, 2");
  }

  @Test
  void compare_noTargetInCommon_isOneLineAndWrongUse() throws IOException {
    Path other = configuration("other", "eddy.features=hint\neddy.targets=hint@+1\n");
    assertThat(replay(seeing, "--compare", other.toString())).isEqualTo(2);
    assertThat(error.toString())
        .isEqualToIgnoringNewLines("eddy: other: has no target in common with seeing");
  }

  @Test
  void compare_withAnotherKindOfRun_isOneLineAndWrongUse() throws IOException {
    assertThat(replay(seeing, "--compare", blind.toString(), "--sweep", "eddy.units=4,8"))
        .isEqualTo(2);
    assertThat(error.toString()).contains("--sweep does not go with").hasLineCount(1);
  }

  private JsonNode comparison(int other, int target) throws IOException {
    return new ObjectMapper()
        .readTree(output.resolve("metrics.json").toFile())
        .get("comparisons")
        .get(other)
        .get("targets")
        .get(target);
  }

  private static double mae(Path results) throws IOException {
    return new ObjectMapper()
        .readTree(results.resolve("metrics.json").toFile())
        .at("/targets/value@+1/models/eddy/mae")
        .asDouble();
  }

  private int replay(Path config, String... more) {
    return shell.replay(config, input, output, more);
  }

  private Path configuration(String name, String content) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".properties"), content + "eddy.panel=single\neddy.units=4\n");
  }
}
