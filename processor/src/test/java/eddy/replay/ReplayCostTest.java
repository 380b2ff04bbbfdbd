package eddy.replay;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.config.EddyConfig;
import eddy.event.CsvSource;
import eddy.event.EventSource;
import eddy.learn.Prequential;
import eddy.report.RunCost;
import eddy.report.Scores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCostTest {
  private static final String EXACT = "irnn/block-rtrl(4) in single";
  private static final String FALLBACK = "irnn/tbptt(4) in single";
  private static final int ROWS = 40; // of each key

  @TempDir Path folder;

  private Prequential learner;
  private Replay.Learned last;

  @Test
  void run_keyWhoseSensitivitiesExplode_countsEventsByEstimator() throws IOException {
    ReplaySummary summary = replay("eddy.weights", "partition");
    RunCost cost = summary.run().cost().orElseThrow();
    assertThat(cost.fallbacks()).isPositive();
    assertThat(cost.learners()).containsOnlyKeys(EXACT, FALLBACK);
    assertThat(cost.learners().keySet().iterator().next()).isEqualTo(summary.run().learner());
    assertThat(cost.learners().get(EXACT)).as("the calm key, and a few").isGreaterThan(ROWS);
    assertThat(cost.learners().get(EXACT) + cost.learners().get(FALLBACK)).isEqualTo(2 * ROWS);
  }

  @Test
  void run_twoKeys_measuresEveryEventAndWhatIsKept() throws IOException {
    ReplaySummary summary = replay("eddy.weights", "partition");
    RunCost cost = summary.run().cost().orElseThrow();
    assertThat(cost.latency().count()).isEqualTo(2 * ROWS);
    assertThat(cost.latency().p50()).isPositive().isLessThanOrEqualTo(cost.latency().max());
    assertThat(cost.keys()).isEqualTo(2);
    assertThat(cost.weightSets()).isEqualTo(1);
    assertThat(cost.keyBytes()).isEqualTo(learner.encode(last.state()).length);
    assertThat(cost.weightsBytes()).isEqualTo(learner.encode(last.weights()).length);
    assertThat(cost.stateBytes()).isEqualTo(2 * cost.keyBytes() + cost.weightsBytes());
    assertThat(summary.run().predictions()).isEqualTo(2 * ROWS);
  }

  @Test
  void run_weightsByKey_countsASetForEach() throws IOException {
    RunCost cost = replay("eddy.weights", "key").run().cost().orElseThrow();
    assertThat(cost.weightSets()).isEqualTo(2);
    assertThat(cost.stateBytes()).isEqualTo(2 * (cost.keyBytes() + cost.weightsBytes()));
  }

  @Test
  void run_twoKeys_coverageLeavesOutThoseThatStillWait() throws IOException {
    Scores scores = Scores.of(config("eddy.weights", "partition").targets());
    ReplaySummary summary = replay(scores, "eddy.weights", "partition");
    assertThat(summary.run().labelCoverage(scores.scored()))
        .isEqualTo((2 * ROWS - 2) / (2.0 * ROWS));
  }

  private ReplaySummary replay(String key, String value) throws IOException {
    return replay(Scores.of(config(key, value).targets()), key, value);
  }

  private ReplaySummary replay(Scores scores, String key, String value) throws IOException {
    EddyConfig config = config(key, value);
    StringBuilder rows = new StringBuilder("key,x\n");
    for (int i = 0; i < ROWS; i++) {
      rows.append("wild,200000\ncalm,0.001\n");
    }
    Path csv = Files.writeString(Files.createTempFile(folder, "input", ".csv"), rows);
    learner = config.newPrequential();
    Replay replay = new Replay(learner, config.learnerSpec(), scores::add);
    try (EventSource source = CsvSource.open(csv, config.schema(), "key", null)) {
      ReplaySummary summary = replay.run(List.of(source));
      last = replay.last();
      return summary;
    }
  }

  private static EddyConfig config(String key, String value) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "eddy.features", "x:raw",
                "eddy.targets", "x@+1",
                "eddy.cell", "irnn",
                "eddy.units", "4",
                "eddy.learner", "rtrl",
                "eddy.block", "4",
                "eddy.panel", "single",
                "eddy.learning.rate", "1e-9",
                "eddy.readout.learning.rate", "1e-9"));
    settings.put(key, value);
    return EddyConfig.of(settings);
  }
}
