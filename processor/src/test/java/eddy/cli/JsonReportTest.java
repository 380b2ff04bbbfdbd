package eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports for programs, of commands that need no broker: one document, with what is documented. */
class JsonReportTest {
  private static final String SETTINGS =
      "eddy.features=value\neddy.targets=value@+1\neddy.panel=single\neddy.units=4\n";

  private final Shell shell = new Shell();

  @TempDir Path folder;
  private Path config;
  private Path rows;

  @BeforeEach
  void write() throws IOException {
    config = Files.writeString(folder.resolve("app.properties"), SETTINGS);
    StringBuilder csv = new StringBuilder("key,value\n");
    for (int row = 0; row < 60; row++) {
      csv.append("k,").append(row % 7).append('\n');
    }
    csv.append("k,none\n"); // a rejected row is told on standard error
    rows = Files.writeString(folder.resolve("rows.csv"), csv);
  }

  private JsonNode report(String row, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(words));
    command.add("--json");
    assertThat(shell.run(command)).as(shell.error.toString()).isZero();
    return JsonReport.of(shell.out, row);
  }

  private JsonNode replay(String row, String... more) throws IOException {
    assertThat(shell.replay(config, rows, folder.resolve("out"), with(more, "--json")))
        .as(shell.error.toString())
        .isZero();
    return JsonReport.of(shell.out, row);
  }

  private static String[] with(String[] words, String last) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add(last);
    return all.toArray(String[]::new);
  }

  @Test
  void plan_json_isTheTable() throws IOException {
    JsonNode plan = report("plan", "plan", "--config", config.toString(), "--no-timing");
    assertThat(plan.get("estimators")).isNotEmpty();
  }

  @Test
  void version_json_namesKernels() throws IOException {
    assertThat(report("version", "version").get("kernels").textValue())
        .matches("scalar|vector-\\d+");
  }

  @Test
  void repeat_json_hasSpreads() throws IOException {
    JsonNode repeat = replay("replay --repeat", "--repeat", "2");
    assertThat(repeat.get("seeds")).hasSize(2);
    assertThat(shell.error.toString()).isEmpty();
  }

  @Test
  void compare_jsonOfSeveralSeeds_isOneDocument() throws IOException {
    Path other = Files.writeString(folder.resolve("other.properties"), SETTINGS);
    JsonNode repeat =
        replay("replay --repeat --compare", "--repeat", "2", "--compare", other.toString());
    assertThat(repeat.get("seeds")).hasSize(2);
  }

  @Test
  void sweep_json_ranks() throws IOException {
    assertThat(replay("replay --sweep", "--sweep", "eddy.units=4,8").get("ranked")).hasSize(2);
  }

  @Test
  void replay_json_leavesRejectionsToStandardError() throws IOException {
    assertThat(shell.replay(config, rows, folder.resolve("out"), "--json")).isZero();
    assertThat(shell.out).hasToString(Files.readString(folder.resolve("out/metrics.json")));
    assertThat(shell.error.toString()).startsWith("rejected 1, first row 60: ");
  }

  @Test
  void wrongUse_json_printsNoDocument() {
    List<String> command = List.of("plan", "--config", folder.resolve("none").toString(), "--json");
    assertThat(shell.run(command)).isEqualTo(2);
    assertThat(shell.out.toString()).isEmpty();
    assertThat(shell.error.toString()).startsWith("eddy: ").contains("none");
  }
}
