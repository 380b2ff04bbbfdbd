package eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
  private final Shell shell = new Shell();
  private final StringWriter out = shell.out;
  private final StringWriter error = shell.error;

  @TempDir Path folder;

  private int run(String settings, String... more) throws IOException {
    Path config = folder.resolve("plan.properties");
    Files.writeString(config, "eddy.features=value\neddy.targets=value@+1\n" + settings);
    String[] arguments = new String[more.length + 3];
    arguments[0] = "plan";
    arguments[1] = "--config";
    arguments[2] = config.toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return shell.run(List.of(arguments));
  }

  @Test
  void plan_exactIsTooLarge_showsItAndChoosesTheWindow() throws IOException {
    int code =
        run(
            "eddy.cell=lstm\neddy.units=64\neddy.budget.key.bytes=1000000\n",
            "--json",
            "--no-timing");
    assertThat(error.toString()).isEmpty();
    assertThat(code).isZero();
    JsonNode estimators = new ObjectMapper().readTree(out.toString()).get("estimators");
    assertThat(estimators.findValuesAsText("learner")).containsExactly("rtrl", "snap1", "tbptt");
    assertThat(estimators.findValuesAsText("fits").get(0)).isEqualTo("false");
    assertThat(estimators.findValuesAsText("chosen")).containsExactly("false", "false", "true");
    assertThat(estimators.findValues("event_microseconds")).isEmpty();
  }

  @Test
  void plan_timed_measuresEveryEstimator() throws IOException {
    assertThat(run("eddy.units=8\n")).isZero();
    assertThat(out.toString())
        .contains("unit-traces", "tbptt(32)", "budget: 262,144 bytes per key")
        .doesNotContain("  -  ");
  }

  @Test
  void plan_nothingFits_saysSoAndStillShowsTheTable() throws IOException {
    assertThat(run("eddy.budget.key.bytes=100\n", "--no-timing")).isZero();
    assertThat(out.toString()).contains("tbptt(32) does not fit: raise the budget");
  }

  @Test
  void plan_panelWithoutCells_isWrongConfiguration() throws IOException {
    assertThat(run("eddy.panel=linear\n")).isEqualTo(2);
    assertThat(error.toString()).contains("eddy.panel: no member has cells");
  }

  @Test
  void plan_stateOfAllKeys_isShownAndReckoned() throws IOException {
    assertThat(run("eddy.expected.keys=2000\n", "--no-timing")).isZero();
    assertThat(out.toString()).contains("of 2,000 keys (eddy.expected.keys)", "restore: ");
    out.getBuffer().setLength(0);

    assertThat(run("eddy.expected.keys=2000\neddy.heap.bytes=10\n", "--json", "--no-timing"))
        .isZero();
    JsonNode state = new ObjectMapper().readTree(out.toString()).get("state");
    assertThat(state.get("stored_bytes").asLong())
        .isEqualTo(2000 * state.get("key_bytes").asLong() + state.get("weights_bytes").asLong());
    assertThat(state.get("problems").get(0).asText()).startsWith("eddy.heap.bytes=10: one key");
  }
}
