package eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BaselineReplayTest {
  private static final int[] PATTERN = {3, 9, 1, 7, 2};

  private final StringWriter error = new StringWriter();

  @TempDir Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(
        folder.resolve("season.properties"),
        "eddy.features=value\neddy.targets=value@+3,kind:category(4)@+1\neddy.units=4\n");
    StringBuilder rows = new StringBuilder("value,kind\n");
    for (int row = 0; row < 400; row++) {
      rows.append(PATTERN[row % PATTERN.length]).append(",k").append(row % 3).append('\n');
    }
    Files.writeString(folder.resolve("season.csv"), rows);
  }

  @Test
  void replay_noOption_scoresAgainstEveryBaseline() throws IOException {
    JsonNode targets = metrics(List.of());
    assertThat(targets.get("value@+3").get("models").fieldNames())
        .toIterable()
        .containsExactly(
            "eddy",
            "model",
            "persistence",
            "seasonal-naive",
            "running-mean",
            "smoothing",
            "holt-winters",
            "lagged-linear");
    assertThat(targets.get("kind@+1").get("skill").fieldNames())
        .toIterable()
        .containsExactly("persistence", "prior-class", "markov-1", "markov-2", "markov-3");
    for (JsonNode model : targets.get("value@+3").get("models")) {
      assertThat(model.get("n").asInt()).isEqualTo(397);
    }
    double chance =
        targets.get("kind@+1").get("models").get("prior-class").get("accuracy").asDouble();
    assertThat(chance).isLessThan(0.5);
    double known = targets.get("kind@+1").get("models").get("markov-1").get("accuracy").asDouble();
    assertThat(known).isGreaterThan(0.98);
  }

  @Test
  void replay_baselinePredictions_writesWhatEachHasSaid() throws IOException {
    metrics(List.of());
    Path file = folder.resolve("out/predictions.csv");
    assertThat(header(file)).doesNotContain("value@+3.smoothing");
    metrics(List.of("--baseline-predictions", "--baselines=all,frozen"));
    assertThat(header(file))
        .contains("value@+3.smoothing", "value@+3.frozen", "kind@+1.markov-3.probability");
    // the pattern is known after a few rows, so that the chain says what comes
    List<String> last = List.of(Files.readAllLines(file).get(390).split(","));
    assertThat(last.get(header(file).indexOf("kind@+1.markov-1")))
        .isEqualTo(last.get(header(file).indexOf("kind@+1")));
  }

  private static List<String> header(Path file) throws IOException {
    return List.of(Files.readAllLines(file).get(0).split(","));
  }

  @Test
  void replay_seasonGiven_isTheOneThatIsRepeated() throws IOException {
    double given = seasonalError(List.of("--season", "5"));
    double found = seasonalError(List.of());
    double wrong = seasonalError(List.of("--season", "4"));
    // of 397 rows all but the first two are exact, or those before the season is found
    assertThat(given).isLessThan(0.1);
    assertThat(found).isGreaterThan(given).isLessThan(2);
    assertThat(wrong).isGreaterThan(3);
  }

  private double seasonalError(List<String> options) throws IOException {
    List<String> arguments = new ArrayList<>(options);
    arguments.addAll(List.of("--baselines", "seasonal-naive"));
    JsonNode models = metrics(arguments).get("value@+3").get("models");
    assertThat(models.fieldNames())
        .toIterable()
        .containsExactly("eddy", "model", "persistence", "seasonal-naive");
    return models.get("seasonal-naive").get("mae").asDouble();
  }

  @Test
  void replay_none_scoresAgainstPersistenceAlone() throws IOException {
    JsonNode targets = metrics(List.of("--baselines=none"));
    assertThat(targets.get("value@+3").get("skill").fieldNames())
        .toIterable()
        .containsExactly("persistence");
  }

  @Test
  void replay_unknownBaseline_isOneLineWithThoseThatThereAre() {
    assertThat(run(List.of("--baselines=running-mean,naive"))).isEqualTo(2);
    assertThat(error.toString()).contains("no baseline naive", "seasonal-naive");
  }

  @Test
  void replay_seasonOfNoEvents_isWrongUse() {
    assertThat(run(List.of("--season=0"))).isEqualTo(2);
    assertThat(error.toString()).contains("--season must be >= 1 but was 0");
  }

  private JsonNode metrics(List<String> options) throws IOException {
    assertThat(run(options)).as(error.toString()).isZero();
    Path file = folder.resolve("out/metrics.json");
    return new ObjectMapper().readTree(file.toFile()).get("targets");
  }

  private int run(List<String> options) {
    List<String> arguments = new ArrayList<>(List.of("replay", "--config"));
    arguments.add(folder.resolve("season.properties").toString());
    arguments.addAll(List.of("--csv", folder.resolve("season.csv").toString()));
    arguments.addAll(List.of("--output", folder.resolve("out").toString()));
    arguments.addAll(options);
    CommandLine command = Eddy.commandLine();
    command.setOut(new PrintWriter(new StringWriter()));
    command.setErr(new PrintWriter(error));
    return command.execute(arguments.toArray(String[]::new));
  }
}
