package eddy.benchmark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * That the tasks are what they claim to be and their command says what it found; no bar is held.
 */
class TasksTest {
  private final StringWriter out = new StringWriter();

  private int run(String... arguments) {
    StringWriter progress = new StringWriter();
    return new CommandLine(new Tasks())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(progress))
        .execute(arguments);
  }

  @Test
  void tasks_shortRun_writesEveryRowWithFiniteValues(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("tasks.json");
    assertThat(run("--events", "600", "--seeds", "2", "--json", file.toString())).isIn(0, 1);
    JsonNode rows = new ObjectMapper().readTree(file.toFile()).get("rows");
    int trials = Tasks.ALL.stream().mapToInt(task -> task.trials().size()).sum();
    assertThat(rows).hasSize(trials);
    for (JsonNode row : rows) {
      assertThat(row.get("seeds")).hasSize(2);
      assertThat(row.get("mean").asDouble()).as(row.get("task").asText()).isFinite().isPositive();
      assertThat(out.toString()).contains(row.get("configuration").asText());
    }
  }

  @Test
  void tasks_trialWithoutBar_isShownAndNeverMissed(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("tasks.json");
    run("--task", "add", "--events", "200", "--seeds", "1", "--json", file.toString());
    int shown = 0;
    for (JsonNode row : new ObjectMapper().readTree(file.toFile()).get("rows")) {
      boolean bar = !row.get("bar").isNull();
      shown += bar ? 0 : 1;
      assertThat(bar || row.get("reached").asBoolean()).isTrue();
    }
    assertThat(shown).isEqualTo(2);
    assertThat(out.toString()).containsPattern("eddy.cell=elman, eddy.learner=tbptt.*\\| - ");
  }

  @Test
  void tasks_unknownName_isWrongUse() {
    assertThat(run("--task", "copy")).isEqualTo(CommandLine.ExitCode.USAGE);
  }

  @Test
  void measure_sameSeed_isTheSameToTheBit() {
    Task.Run run = new AddTask().trials().get(0).run();
    assertThat(run.measure(3, 500)).isEqualTo(run.measure(3, 500));
    assertThat(run.measure(3, 500)).isNotEqualTo(run.measure(4, 500));
  }

  @Test
  void conditioning_longStream_firesAsOftenAsItsRatesSay() {
    int steps = 400_000;
    Conditioning stream = new Conditioning(5, steps);
    double[] on = new double[Conditioning.INPUTS];
    double[] x = new double[Conditioning.INPUTS];
    for (int t = 0; t < steps; t++) {
      stream.into(t, x);
      for (int i = 0; i < x.length; i++) {
        on[i] += x[i] / steps;
      }
    }
    // a trial takes 10 + 104.5 steps on average
    assertThat(on[0]).isCloseTo(2 / 114.5, within(5e-4));
    assertThat(on[1]).isCloseTo(4 / 114.5, within(5e-4));
    for (int d = 1; d <= 10; d++) {
      // idle for 10 d - 1 steps on average before it fires for 4
      assertThat(on[1 + d]).isCloseTo(4.0 / (10 * d - 1 + 4), within(6e-3));
    }
  }

  @Test
  void tail_tenEvents_isTheMeanOfTheLastTwo() {
    Tail tail = new Tail(10);
    for (int i = 0; i < 10; i++) {
      tail.add(i, i);
    }
    assertThat(tail.mean()).isEqualTo(8.5);
  }
}
