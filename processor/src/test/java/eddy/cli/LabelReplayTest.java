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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels at no fixed count of events through {@code eddy replay} on CSV files. */
class LabelReplayTest {
  private static final int ROWS = 300;
  private static final long HOUR = 3_600_000;

  private final Shell shell = new Shell();
  private final StringWriter out = shell.out;
  private final StringWriter error = shell.error;
  @TempDir Path folder;

  private int run(String properties, String csv, String... more) throws IOException {
    out.getBuffer().setLength(0);
    error.getBuffer().setLength(0);
    List<String> arguments = new ArrayList<>(List.of("replay", "--config"));
    arguments.add(Files.writeString(folder.resolve("app.properties"), properties).toString());
    arguments.addAll(
        List.of("--csv", Files.writeString(folder.resolve("rows.csv"), csv).toString()));
    arguments.addAll(List.of("--output", folder.toString()));
    arguments.addAll(List.of(more));
    return shell.run(arguments);
  }

  /** Cells of predictions.csv without the header, some columns alone. */
  private List<String> predictions(int... columns) throws IOException {
    List<String> result = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("predictions.csv"))) {
      String[] cells = line.split(",", -1);
      List<String> chosen = new ArrayList<>();
      for (int column : columns) {
        chosen.add(cells[column]);
      }
      result.add(String.join(",", chosen));
    }
    return result.subList(1, result.size());
  }

  private JsonNode metrics() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("metrics.json").toFile());
  }

  private static String hours() {
    RandomStream random = new RandomStream(3);
    StringBuilder rows = new StringBuilder("value,at\n");
    double value = 0;
    for (int row = 0; row < ROWS; row++) {
      value = 0.9 * value + random.nextGaussian();
      rows.append(value).append(',').append(row * HOUR).append('\n');
    }
    return rows.toString();
  }

  @Test
  void replay_hoursAheadOfHourlyRows_equalsRowsAhead() throws IOException {
    String settings = "eddy.features=value,value:diff(1)\neddy.units=8\neddy.targets=";
    int[] all = {0, 1, 2, 3, 4, 5, 6, 7, 8};
    assertThat(run(settings + "value@+3", hours(), "--time", "at")).isZero();
    List<String> counted = predictions(all);
    assertThat(run(settings + "value@+PT3H", hours(), "--time", "at")).isZero();
    assertThat(error.toString()).isEmpty();
    assertThat(predictions(all)).isEqualTo(counted).hasSize(ROWS - 3);
    assertThat(metrics().get("targets").has("value@+PT3H")).isTrue();
  }

  @Test
  void replay_hoursAheadAcrossAGap_isSettledByTheFirstRowAfterIt() throws IOException {
    String rows = "value,at\n1,0\n2,%d\n3,%d\n4,%d\n5,%d\n";
    String csv = rows.formatted(HOUR, 2 * HOUR, 9 * HOUR, 10 * HOUR);
    assertThat(run("eddy.features=value\neddy.targets=value@+PT2H", csv, "--time", "at")).isZero();
    assertThat(predictions(0, 1)).containsExactly("0,2", "1,3", "2,3");
  }

  @Test
  void replay_hoursAheadWithoutTimes_asksForTheColumn() throws IOException {
    assertThat(run("eddy.features=value\neddy.targets=value@+PT2H", hours())).isEqualTo(2);
    assertThat(error.toString()).contains("target value@+PT2H", "--time");
  }

  @Test
  void replay_labelsOfAFileTwoRowsLate_learnsAsOfRowsAhead() throws IOException {
    String settings = "eddy.features=value,value:diff(1)\neddy.units=8\neddy.targets=";
    assertThat(run(settings + "value@+3 - value@-0", hours())).isZero();
    // origin, label, model: the baseline is the last label, which is another
    List<String> counted = predictions(0, 4, 7);
    String[] values = hours().split("\n");
    StringBuilder labels = new StringBuilder("id,value,after_row\n");
    for (int row = 3; row < ROWS; row++) {
      String value = values[row + 1].split(",")[0];
      labels.append(row - 3).append(',').append(value).append(',').append(row - 1).append('\n');
    }
    Path file = Files.writeString(folder.resolve("labels.csv"), labels);
    assertThat(run(settings + "value@label - value@-0", hours(), "--labels-csv", file.toString()))
        .isZero();
    assertThat(error.toString()).isEmpty();
    assertThat(predictions(0, 4, 7)).isEqualTo(counted).hasSize(ROWS - 3);
    assertThat(out.toString()).contains("labels: 297 settled, 0 early, 0 late, 0 twice");
  }

  @Test
  void replay_labelsByTimeAndId_areJoinedByKey() throws IOException {
    String csv =
        """
        customer,order,amount,at
        ann,a1,10,1000
        bob,b1,20,2000
        ann,a2,30,3000
        bob,b1,40,4000
        """;
    String labels =
        """
        customer,order,fraud,at
        ann,a2,no,2500
        bob,b1,yes,3500
        ann,a1,no,3500
        ann,a1,no,3600
        ann,zz,no,3600
        ann,a1,,3600
        """;
    Path file = Files.writeString(folder.resolve("labels.csv"), labels);
    int code =
        run(
            """
            eddy.features=amount
            eddy.targets=fraud:category(4)@label
            eddy.event.id.field=order
            """,
            csv,
            "--key",
            "customer",
            "--time",
            "at",
            "--labels-csv",
            file.toString());
    assertThat(code).as(error.toString()).isZero();
    assertThat(predictions(0, 1, 2, 4)).containsExactly("2,0,ann,no", "1,1,bob,yes", "0,2,ann,no");
    assertThat(out.toString()).contains("3 settled, 2 early, 0 late, 1 twice");
    assertThat(error.toString()).contains("rejected labels: 1, first row 5: field fraud");
    // every label finds the partition of its key
    code =
        run(
            """
            eddy.features=amount
            eddy.targets=fraud:category(4)@label
            eddy.event.id.field=order
            """,
            csv,
            "--key",
            "customer",
            "--time",
            "at",
            "--partitions",
            "7",
            "--labels-csv",
            file.toString());
    assertThat(code).as(error.toString()).isZero();
    assertThat(out.toString()).contains("3 settled, 2 early, 0 late, 1 twice");
  }

  @Test
  void replay_labelsWithoutFileOrOrder_saysWhatIsMissing() throws IOException {
    String settings = "eddy.features=value\neddy.targets=y@label";
    assertThat(run(settings, hours())).isEqualTo(2);
    assertThat(error.toString()).contains("--labels-csv");
    Path file = Files.writeString(folder.resolve("labels.csv"), "id,y\n0,1\n");
    assertThat(run(settings, hours(), "--labels-csv", file.toString())).isEqualTo(2);
    assertThat(error.toString()).contains("after_row");
    String ahead = "eddy.features=value\neddy.targets=value@+1";
    assertThat(run(ahead, hours(), "--labels-csv", file.toString())).isEqualTo(2);
    assertThat(error.toString()).contains("no target waits");
  }

  @Test
  void plan_labels_showsHowManyMayWait() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("plan.properties"), "eddy.features=value\neddy.targets=y@label\n");
    Eddy.commandLine()
        .setOut(new PrintWriter(out, true))
        .execute("plan", "--config", config.toString(), "--no-timing", "--json");
    JsonNode waiting = new ObjectMapper().readTree(out.toString()).findValue("waiting");
    assertThat(waiting.get("form").asText()).isEqualTo("replay");
    assertThat(waiting.get("events").asInt()).isBetween(500, 10_000);
    assertThat(waiting.get("event_bytes").asInt()).isBetween(50, 400);
    out.getBuffer().setLength(0);
    Eddy.commandLine()
        .setOut(new PrintWriter(out, true))
        .execute("plan", "--config", config.toString(), "--no-timing");
    assertThat(out.toString()).contains("waiting for labels", "by replay");
  }
}
