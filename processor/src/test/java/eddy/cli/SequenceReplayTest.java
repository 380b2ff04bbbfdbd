package eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eddy.math.RandomStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sequences and late labels through {@code eddy replay} on CSV files. */
class SequenceReplayTest {
  private static final int SEQUENCES = 1500;

  private final StringWriter error = new StringWriter();
  @TempDir Path folder;

  private JsonNode replay(String properties, String csv) throws IOException {
    Path config = Files.writeString(folder.resolve("app.properties"), properties);
    Path rows = Files.writeString(folder.resolve("rows.csv"), csv);
    int code =
        Eddy.commandLine()
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(error, true))
            .execute(
                "replay",
                "--config",
                config.toString(),
                "--csv",
                rows.toString(),
                "--output",
                folder.toString());
    assertThat(error.toString()).isEmpty();
    assertThat(code).isZero();
    return new ObjectMapper().readTree(folder.resolve("metrics.json").toFile());
  }

  /** Sequences whose class is their first symbol, which no later row repeats. */
  private static String firstSymbols() {
    RandomStream random = new RandomStream(5);
    StringBuilder rows = new StringBuilder("symbol,end,class\n");
    for (int sequence = 0; sequence < SEQUENCES; sequence++) {
      String first = random.nextDouble() < 0.5 ? "up" : "down";
      int length = 5 + (int) (5 * random.nextDouble());
      for (int i = 0; i < length; i++) {
        boolean end = i == length - 1;
        rows.append(i == 0 ? first : "n" + (int) (3 * random.nextDouble())).append(',');
        rows.append(end ? "True" : "False").append(',').append(end ? first : "").append('\n');
      }
    }
    return rows.toString();
  }

  @Test
  void replay_classOfAWholeSequence_isScoredAtItsEndOnlyAndLearned() throws IOException {
    JsonNode metrics =
        replay(
            """
            eddy.features=symbol:category(8)
            eddy.targets=class:category(4)
            eddy.cell=gru
            eddy.units=8
            eddy.sequence.end.field=end
            eddy.sequence.output=last
            """,
            firstSymbols());
    assertThat(metrics.get("scored").asInt()).isEqualTo(SEQUENCES);
    assertThat(metrics.get("unlabelled").asInt()).isZero();
    assertThat(metrics.get("rejected").asInt()).isZero();
    JsonNode models = metrics.get("targets").get("class").get("models");
    // learning included; the last class, which is the control, knows nothing
    assertThat(models.get("eddy").get("accuracy").asDouble()).isGreaterThan(0.8);
    assertThat(models.get("persistence").get("accuracy").asDouble()).isBetween(0.4, 0.6);
    List<String> lines = Files.readAllLines(folder.resolve("predictions.csv"));
    assertThat(lines).hasSize(SEQUENCES + 1);
    assertThat(lines.get(1).split(",")[0]).isEqualTo(lines.get(1).split(",")[1]);
  }

  @Test
  void replay_sequencesThatEnd_scoreNoLabelOfTheNextOne() throws IOException {
    JsonNode metrics =
        replay(
            """
            eddy.features=value
            eddy.targets=value@+1,value@+2
            eddy.sequence.end.field=end
            """,
            "value,end\n1,0\n2,0\n3,1\n4,1\n5,0\n6,1\n");
    // of 3, 1 and 2 events: 2 + 0 + 1 labels one ahead, 1 + 0 + 0 two ahead
    assertThat(metrics.get("scored").asInt()).isEqualTo(4);
    assertThat(metrics.get("unlabelled").asInt()).isEqualTo(2 * 6 - 4);
    assertThat(Files.readAllLines(folder.resolve("predictions.csv")))
        .extracting(line -> line.substring(0, 4))
        .containsExactly("orig", "0,1,", "0,2,", "1,2,", "4,5,");
  }

  @Test
  void replay_lookahead_saysWhichRowIsLabelledAndLearnsFromTheRowsBehindIt() throws IOException {
    RandomStream random = new RandomStream(9);
    StringBuilder rows = new StringBuilder("x,turns\n");
    int count = 4000;
    double next = random.nextGaussian();
    for (int row = 0; row < count; row++) {
      double now = next;
      next = random.nextGaussian();
      rows.append(now).append(',').append(next * now > 0 ? "no" : "yes").append('\n');
    }
    JsonNode metrics =
        replay(
            """
            eddy.features=x
            eddy.targets=turns:category(4)
            eddy.network=bidirectional
            eddy.lookahead=1
            eddy.window=4
            eddy.cell=gru
            eddy.units=8
            """,
            rows.toString());
    assertThat(metrics.get("learner").asText()).startsWith("bidirectional gru/bptt(4)");
    // the last row is never followed
    assertThat(metrics.get("scored").asInt()).isEqualTo(count - 1);
    JsonNode models = metrics.get("targets").get("turns").get("models");
    assertThat(models.get("eddy").get("accuracy").asDouble()).isGreaterThan(0.8);
    List<String> lines = Files.readAllLines(folder.resolve("predictions.csv"));
    assertThat(lines.get(1)).startsWith("1,0,");
    assertThat(lines.get(count - 1)).startsWith(count - 1 + "," + (count - 2) + ",");
  }

  @Test
  void replay_lateRowsAndDuplicates_areRejectedAsInAnApp() throws IOException {
    String csv =
        """
        x,id,timestamp
        1,a,2026-01-01T00:00Z
        2,b,2026-01-01T00:01Z
        3,c,2026-01-01T00:00:30Z
        4,b,2026-01-01T00:02Z
        5,d,2026-01-01T12:00Z
        6,e,2026-01-01T12:01Z
        """;
    String properties =
        """
        eddy.features=x,timestamp:gap
        eddy.targets=x@+1
        eddy.units=4
        eddy.event.id.field=id
        eddy.sequence.gap=PT6H
        """;
    JsonNode lenient = replay(properties, csv);
    assertThat(lenient.get("rejected").asInt()).isZero();
    assertThat(lenient.get("scored").asInt()).isEqualTo(4);
    // that of the last row before the gap
    assertThat(lenient.get("unlabelled").asInt()).isEqualTo(1);
    Path config = Files.writeString(folder.resolve("strict.properties"), properties);
    Files.writeString(
        config, "eddy.out.of.order=reject\neddy.duplicates=reject\n", StandardOpenOption.APPEND);
    int code =
        Eddy.commandLine()
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(error, true))
            .execute(
                "replay",
                "--config",
                config.toString(),
                "--csv",
                folder.resolve("rows.csv").toString(),
                "--output",
                folder.toString());
    assertThat(code).isZero();
    assertThat(error.toString())
        .contains("rejected 1, first row 2: expected an event no earlier than the newest")
        .contains("rejected 1, first row 3: expected an event whose id is not among the last 64");
    JsonNode strict = new ObjectMapper().readTree(folder.resolve("metrics.json").toFile());
    assertThat(strict.get("scored").asInt()).isEqualTo(2);
  }

  @Test
  void replay_gapWithoutTimes_isRefused() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("app.properties"),
            "eddy.features=x\neddy.targets=x@+1\neddy.sequence.gap=PT6H\n");
    Path rows = Files.writeString(folder.resolve("rows.csv"), "x\n1\n2\n");
    int code =
        Eddy.commandLine()
            .setErr(new PrintWriter(error, true))
            .execute(
                "replay",
                "--config",
                config.toString(),
                "--csv",
                rows.toString(),
                "--output",
                folder.toString());
    assertThat(code).isEqualTo(2);
    assertThat(error.toString()).contains("eddy.sequence.gap=PT6H: the rows have no time");
  }
}
