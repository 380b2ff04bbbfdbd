package eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eddy.config.EddyConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReplayCommandTest {
  private final Shell shell = new Shell();
  private final StringWriter out = shell.out;
  private final StringWriter error = shell.error;

  @TempDir Path folder;
  private Path config;
  private Path output;

  @BeforeEach
  void writeConfiguration() throws IOException {
    config = write("walk.properties", "eddy.features=value\neddy.targets=value@+1\n");
    output = folder.resolve("out");
  }

  @Test
  void replay_stormsWithTheExample_beatsPersistenceOnAllTargets() throws IOException {
    Path storms = folder.resolve("storms.csv.gz");
    try (InputStream in = getClass().getResourceAsStream("/eddy/demo/storms.csv.gz")) {
      Files.copy(in, storms);
    }
    int code =
        run(
            "replay",
            "--config",
            example("storms").toString(),
            "--csv",
            storms.toString(),
            "--key",
            "storm",
            "--time",
            "timestamp",
            "--output",
            output.toString());
    assertThat(error.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("pressure@+4", "11,840 events, 0 rejected; labels of 82.8%", "511 keys of");

    JsonNode metrics = new ObjectMapper().readTree(output.resolve("metrics.json").toFile());
    assertThat(metrics.get("events").asInt()).isEqualTo(11_840);
    assertThat(metrics.get("rejected").asInt()).isZero();
    assertThat(metrics.get("scored").asInt()).isEqualTo(4 * 9804);
    assertThat(metrics.get("seconds").asDouble()).isPositive();
    assertThat(metrics.at("/latency_us/n").asInt()).isEqualTo(11_840);
    assertThat(metrics.at("/label_coverage").asDouble()).isEqualTo(9804 / 11_840.0);
    assertThat(metrics.at("/state/keys").asInt()).isEqualTo(511);
    assertThat(
            metrics.at("/learners/" + metrics.get("learner").asText().replace("/", "~1")).asInt())
        .isEqualTo(11_840);
    for (String target : List.of("lat@+4", "long@+4", "wind@+4", "pressure@+4")) {
      JsonNode scores = metrics.get("targets").get(target);
      assertThat(scores.get("models").get("eddy").get("n").asInt()).isEqualTo(9804);
      assertThat(scores.get("skill").get("persistence").asDouble()).as(target).isPositive();
    }
    try (Stream<String> lines = Files.lines(output.resolve("predictions.csv"))) {
      assertThat(lines).hasSize(9805);
    }
  }

  @Test
  void replay_examples_areConfigurationsWhoseCommandsAreUnderstood() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../scripts/examples"))) {
      List<Path> examples = files.filter(file -> file.toString().endsWith(".properties")).toList();
      assertThat(examples).hasSizeGreaterThanOrEqualTo(9);
      for (Path example : examples) {
        EddyConfig.load(example, Map.of()).newPrequential();
        String command = "# scripts/eddy ";
        String line =
            Files.readAllLines(example).stream()
                .filter(text -> text.startsWith(command))
                .findFirst()
                .orElseThrow();
        String[] words = line.substring(command.length()).split(" ");
        CommandLine.ParseResult parsed = Eddy.commandLine().parseArgs(words);
        assertThat(parsed.subcommand().<Path>matchedOptionValue("--config", null))
            .isEqualTo(Path.of("scripts/examples", example.getFileName().toString()));
      }
    }
  }

  @Test
  void replay_json_printsTheFileOnStandardOutput() throws IOException {
    int code = replay("value\n1\n2\n3\n", "--json");
    assertThat(code).isZero();
    assertThat(out.toString()).isEqualTo(Files.readString(output.resolve("metrics.json")));
  }

  @Test
  void replay_limit_endsEarly() throws IOException {
    assertThat(replay("value\n1\n2\n3\n4\n", "--limit", "3", "--json")).isZero();
    assertThat(out.toString()).contains("\"events\" : 3", "\"scored\" : 2");
  }

  @Test
  void replay_seed_changesThePredictions() throws IOException {
    StringBuilder rows = new StringBuilder("value\n");
    for (int i = 0; i < 300; i++) {
      rows.append(i * i % 17).append('\n');
    }
    assertThat(replay(rows.toString(), "--seed", "1")).isZero();
    String one = Files.readString(output.resolve("predictions.csv"));
    assertThat(replay(rows.toString(), "--seed", "2")).isZero();
    String two = Files.readString(output.resolve("predictions.csv"));
    assertThat(replay(rows.toString(), "--seed", "1")).isZero();
    assertThat(Files.readString(output.resolve("predictions.csv")))
        .isEqualTo(one)
        .isNotEqualTo(two);
  }

  @Test
  void replay_rejectedRows_areToldWithTheirFirstRow() throws IOException {
    assertThat(replay("value\n1\nbad\n2\nbad\n")).isZero();
    assertThat(out.toString()).contains("4 events, 2 rejected");
    assertThat(error.toString()).contains("rejected 2, first row 1: ").contains("value", "bad");
  }

  @Test
  void replay_missingFile_isOneLineAndWrongUse() {
    Path missing = folder.resolve("none.csv");
    assertWrongUse(
        run(
            "replay",
            "--config",
            config.toString(),
            "--csv",
            missing.toString(),
            "--output",
            output.toString()),
        missing + ": there is no such file");
    assertThat(output.resolve("metrics.json")).doesNotExist();
  }

  @Test
  void replay_missingConfiguration_isOneLineAndWrongUse() throws IOException {
    config = folder.resolve("none.properties");
    assertWrongUse(replay("value\n1\n"), config + ": there is no such file");
  }

  @Test
  void replay_columnThatIsNotThere_isOneLineAndWrongUse() throws IOException {
    assertWrongUse(replay("price\n1\n"), "has no column \"value\"; it has price");
    reset();
    assertWrongUse(replay("value\n1\n", "--key", "id"), "has no column \"id\"; it has value");
  }

  @Test
  void replay_outputThatIsAFile_isOneLineAndWrongUse() throws IOException {
    output = write("file", "");
    assertWrongUse(
        replay("value\n1\n"),
        "--output " + output + ": cannot be written to: a file stands where a folder is needed");
  }

  @Test
  void replay_wrongConfiguration_isOneLineAndWrongUse() throws IOException {
    config = write("wrong.properties", "eddy.features=value\neddy.targets=value@+1\neddy.unit=4\n");
    assertWrongUse(
        replay("value\n1\n"), "eddy.unit: there is no such key, did you mean eddy.units?");
  }

  @Test
  void replay_csvThatBreaksOff_failsWithOneLine() throws IOException {
    assertThat(replay("value\n1\n\"2\"x\n")).isEqualTo(1);
    assertOneLine("input.csv");
    assertThat(output.resolve("predictions.csv")).doesNotExist();
  }

  @Test
  void replay_twoSources_isOneLineAndWrongUse() throws IOException {
    assertWrongUse(replay("value\n1\n", "--text", "book.txt"), "mutually exclusive");
  }

  @Test
  void replay_noSource_isOneLineAndWrongUse() {
    assertWrongUse(
        run("replay", "--config", config.toString(), "--output", output.toString()), "--csv");
  }

  @Test
  void replay_optionsOfAnotherSource_areOneLineAndWrongUse() throws IOException {
    assertWrongUse(
        replay("value\n1\n", "--from-offset", "3"),
        "--from-offset goes with --bootstrap-servers only");
    reset();
    assertWrongUse(
        run(
            "replay",
            "--config",
            config.toString(),
            "--text",
            "book.txt",
            "--key",
            "id",
            "--output",
            output.toString()),
        "--key goes with --csv or --jsonl only");
    reset();
    assertWrongUse(replay("value\n1\n", "--limit", "0"), "--limit must be >= 1 but was 0");
  }

  @Test
  void replay_jsonLines_givesTheFilesOfTheSameRowsAsCsv() throws IOException {
    StringBuilder rows = new StringBuilder("id,at,value\n");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      String at = "2026-01-01T00:%02d:%02dZ".formatted(i / 60, i % 60);
      rows.append("k%d,%s,%d%n".formatted(i % 3, at, i * i % 17));
      lines.append(
          "{\"value\":%d,\"meta\":{\"id\":\"k%d\",\"at\":\"%s\"}}%n"
              .formatted(i * i % 17, i % 3, at));
    }
    assertThat(replay(rows.toString(), "--key", "id", "--time", "at")).isZero();
    String expected = Files.readString(output.resolve("predictions.csv"));
    int code =
        run(
            "replay",
            "--config",
            config.toString(),
            "--jsonl",
            write("input.jsonl", lines.toString()).toString(),
            "--key",
            "meta.id",
            "--time",
            "meta.at",
            "--output",
            output.toString());
    assertThat(error.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(Files.readString(output.resolve("predictions.csv")))
        .isEqualTo(expected)
        .hasLineCount(198);
  }

  @Test
  void replay_jsonLinesWithoutTheField_namesThoseThatTheyHave() throws IOException {
    int code =
        run(
            "replay",
            "--config",
            config.toString(),
            "--jsonl",
            write("input.jsonl", "{\"valeu\":1}\n{\"valeu\":2}\n").toString(),
            "--output",
            output.toString());
    assertWrongUse(code, "field value: the first 2 events of");
  }

  @Test
  void replay_misspeltOption_isOneLineWithTheNearest() throws IOException {
    assertWrongUse(replay("value\n1\n", "--outptu", "x"), "--output");
  }

  @Test
  void replay_unreachableBroker_isOneLineAndWrongUse() throws IOException {
    config =
        write(
            "topic.properties",
            "eddy.features=value\neddy.targets=value@+1\neddy.input.topic=walks\n");
    assertWrongUse(
        run(
            "replay",
            "--config",
            config.toString(),
            "--bootstrap-servers",
            "no.such.host.invalid:9092",
            "--output",
            output.toString()),
        "--bootstrap-servers no.such.host.invalid:9092: ");
  }

  @Test
  void verify_optionsOfAnEvaluation_areOneLineAndWrongUse() throws IOException {
    assertWrongUse(replay("value\n1\n", "--verify"), "--verify goes with --bootstrap-servers only");
    reset();
    assertWrongUse(
        run(
            "replay",
            "--config",
            config.toString(),
            "--bootstrap-servers",
            "localhost:9092",
            "--verify",
            "--limit",
            "3"),
        "--limit does not go with --verify");
  }

  @Test
  void verify_sensitivitiesThatAreNotDurable_isRefused() throws IOException {
    config =
        write(
            "topic.properties",
            "eddy.features=value\neddy.targets=value@+1\neddy.input.topic=walks\n"
                + "eddy.output.topic=walks.predictions\neddy.trace.durable=false\n");
    assertWrongUse(
        run(
            "replay",
            "--config",
            config.toString(),
            "--bootstrap-servers",
            "localhost:9092",
            "--verify"),
        "eddy.trace.durable=false");
  }

  private int replay(String csv, String... more) throws IOException {
    Path input = write("input.csv", csv);
    List<String> words =
        new ArrayList<>(
            List.of(
                "replay",
                "--config",
                config.toString(),
                "--csv",
                input.toString(),
                "--output",
                output.toString()));
    words.addAll(List.of(more));
    return run(words.toArray(String[]::new));
  }

  private int run(String... words) {
    return shell.run(List.of(words));
  }

  private void assertWrongUse(int code, String problem) {
    assertThat(code).isEqualTo(2);
    assertOneLine(problem);
  }

  private void assertOneLine(String problem) {
    assertThat(error.toString()).startsWith("eddy: ").contains(problem).hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  private void reset() {
    shell.clear();
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static Path example(String name) {
    return Path.of("../scripts/examples", name + ".properties");
  }
}
