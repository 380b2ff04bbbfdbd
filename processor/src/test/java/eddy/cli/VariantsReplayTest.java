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

class VariantsReplayTest {
  private static final int ROWS = 1500;

  private final Shell shell = new Shell();
  private final StringWriter out = shell.out;
  private final StringWriter error = shell.error;

  @TempDir Path folder;
  private Path config;
  private Path input;
  private Path output;

  /** What comes next is told by one column, and by nothing else. */
  @BeforeEach
  void writeFiles() throws IOException {
    config =
        Files.writeString(
            folder.resolve("app.properties"),
            "eddy.features=noise\neddy.targets=value@+1 - 0\neddy.panel=single\neddy.units=4\n");
    Random random = new Random(1);
    StringBuilder rows = new StringBuilder("key,value,hint,noise\n");
    double next = 0;
    for (int row = 0; row < ROWS; row++) {
      double value = next;
      next = random.nextGaussian();
      rows.append("%s,%s,%s,%s%n".formatted("k", value, next, random.nextGaussian()));
    }
    input = Files.writeString(folder.resolve("rows.csv"), rows);
    output = folder.resolve("out");
  }

  @Test
  void repeat_seeds_giveTheirSpread() throws IOException {
    assertThat(replay("--repeat", "3", "--seed", "5")).isZero();
    assertThat(error.toString()).isEmpty();
    JsonNode repeat = json(output.resolve("repeat.json"));
    assertThat(repeat.get("seeds")).hasToString("[5,6,7]");
    double[] mae = new double[3];
    for (int i = 0; i < 3; i++) {
      mae[i] =
          json(output.resolve("seed-" + (5 + i)).resolve("metrics.json"))
              .at("/targets/value@+1/models/eddy/mae")
              .asDouble();
      assertThat(output.resolve("seed-" + (5 + i)).resolve("predictions.csv")).exists();
    }
    assertThat(mae[0]).isNotEqualTo(mae[1]);
    JsonNode spread = repeat.at("/targets/value@+1/models/eddy/mae");
    double least = Math.min(mae[0], Math.min(mae[1], mae[2]));
    double greatest = Math.max(mae[0], Math.max(mae[1], mae[2]));
    assertThat(spread.get("min").asDouble()).isEqualTo(least);
    assertThat(spread.get("max").asDouble()).isEqualTo(greatest);
    assertThat(spread.get("mean").asDouble())
        .isCloseTo((mae[0] + mae[1] + mae[2]) / 3, within(1e-12));
    assertThat(spread.get("half_range").asDouble())
        .isCloseTo((greatest - least) / 2, within(1e-12));
    assertThat(out.toString()).contains("half range", "mae", "3 seeds: 5, 6, 7");
  }

  @Test
  void repeat_json_printsTheSummary() throws IOException {
    assertThat(replay("--repeat", "2", "--limit", "50", "--json")).isZero();
    assertThat(out.toString()).isEqualTo(Files.readString(output.resolve("repeat.json")));
  }

  @Test
  void sweep_aFeatureThatKnows_ranksFirstAndIsBetter() throws IOException {
    assertThat(replay("--sweep", "eddy.features=noise,hint")).isZero();
    assertThat(error.toString()).isEmpty();
    JsonNode sweep = json(output.resolve("sweep.json"));
    // the configuration itself is one of the variants, and is not run again
    assertThat(sweep.get("base").asText()).isEqualTo("features=noise");
    assertThat(sweep.get("ranked")).hasSize(2);
    JsonNode best = sweep.at("/ranked/0");
    assertThat(best.get("name").asText()).isEqualTo("features=hint");
    assertThat(best.at("/settings/eddy.features").asText()).isEqualTo("hint");
    assertThat(best.get("loss_ratio").asDouble()).isLessThan(0.8);
    assertThat(best.at("/targets/0/verdict").asText()).isEqualTo("better");
    assertThat(best.at("/targets/0/rows").asInt()).isEqualTo(ROWS - 1);
    assertThat(sweep.at("/ranked/1/loss_ratio").asDouble()).isEqualTo(1);
    assertThat(sweep.at("/ranked/1/targets/0/verdict").asText()).isEqualTo("the same");
    assertThat(output.resolve("features=hint/metrics.json")).exists();
    assertThat(out.toString()).contains("features=hint is better than features=noise");
  }

  @Test
  void sweep_twoKeys_runsAllCombinationsBesideTheBase() throws IOException {
    assertThat(
            replay(
                "--sweep",
                "eddy.units=8,12",
                "--sweep",
                "eddy.features=noise;hint,noise",
                "--limit",
                "200",
                "--json"))
        .isZero();
    assertThat(out.toString()).isEqualTo(Files.readString(output.resolve("sweep.json")));
    List<String> names = new ArrayList<>();
    json(output.resolve("sweep.json"))
        .get("ranked")
        .forEach(each -> names.add(each.get("name").asText()));
    assertThat(names)
        .containsExactlyInAnyOrder(
            "base",
            "units=8,features=noise",
            "units=8,features=hint,noise",
            "units=12,features=noise",
            "units=12,features=hint,noise");
  }

  @Test
  void sweep_wrongKeyOrValue_isOneLineAndWrongUse() {
    assertThat(replay("--sweep", "units=2,3")).isEqualTo(2);
    assertThat(error.toString()).contains("such as eddy.units=8,16").hasLineCount(1);
    error.getBuffer().setLength(0);
    assertThat(replay("--sweep", "eddy.unit=2")).isEqualTo(2);
    assertThat(error.toString()).contains("eddy.unit: there is no such key").hasLineCount(1);
    error.getBuffer().setLength(0);
    assertThat(replay("--sweep", "eddy.units=2,2")).isEqualTo(2);
    assertThat(error.toString()).contains("has a value twice").hasLineCount(1);
    error.getBuffer().setLength(0);
    assertThat(replay("--repeat", "1")).isEqualTo(2);
    assertThat(error.toString()).contains("--repeat must be >= 2 but was 1").hasLineCount(1);
  }

  /** A key that is left out neither teaches nor is scored; the others keep their rows. */
  @Test
  void keys_someOfThem_areReplayedAsIfTheyWereAll() throws IOException {
    StringBuilder some = new StringBuilder("key,value,noise\n");
    StringBuilder all = new StringBuilder("key,value,noise\n");
    Random random = new Random(2);
    for (int row = 0; row < 300; row++) {
      String line = "k%d,%s,%s%n".formatted(row % 4, random.nextGaussian(), random.nextGaussian());
      all.append(line);
      some.append(row % 4 == 1 || row % 4 == 2 ? line : "");
    }
    input = Files.writeString(folder.resolve("some.csv"), some);
    assertThat(replay()).isZero();
    List<String> expected = predicted();
    input = Files.writeString(folder.resolve("all.csv"), all);
    assertThat(replay("--keys", "k1..k2")).isZero();
    assertThat(predicted()).isEqualTo(expected).hasSize(149);
    assertThat(Files.readAllLines(output.resolve("predictions.csv")).get(1)).startsWith("1,5,k1,");
    assertThat(replay("--keys", "k2..k1")).isEqualTo(2);
    assertThat(error.toString()).contains("--keys k2..k1: no key is in it").hasLineCount(1);
  }

  /** Keys and what was said of them, without rows and the times made of them. */
  private List<String> predicted() throws IOException {
    return Files.readAllLines(output.resolve("predictions.csv")).stream()
        .map(line -> line.replaceFirst("^[^,]*,[^,]*,([^,]*),[^,]*,", "$1,"))
        .toList();
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  private int replay(String... more) {
    return shell.replay(config, input, output, more);
  }
}
