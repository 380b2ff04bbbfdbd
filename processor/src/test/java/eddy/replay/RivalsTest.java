package eddy.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eddy.baseline.Baselines;
import eddy.config.EddyConfig;
import eddy.event.CsvSource;
import eddy.event.Decoded;
import eddy.event.EventSource;
import eddy.feature.Event;
import eddy.learn.KeyState;
import eddy.learn.Outcome;
import eddy.learn.Prequential;
import eddy.learn.Spread;
import eddy.learn.Weights;
import eddy.report.ScoredLine;
import eddy.report.ScoredTarget.Estimate;
import eddy.report.ScoredTarget.OfClass;
import eddy.report.ScoredTarget.OfNumber;
import eddy.report.ScoredTarget.Opinion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RivalsTest {
  private static final double EXACT = 1e-12;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"value@+3", "value", "value@+PT5M"})
  void runningMean_anyTarget_isThatOfTheLabelsSeenAtTheOrigin(String target) throws IOException {
    List<ScoredLine> lines = run(config(target), only("running-mean"));
    assertThat(lines).hasSizeGreaterThan(350);
    int compared = 0;
    for (ScoredLine line : lines) {
      double sum = 0;
      int count = 0;
      for (ScoredLine other : lines) {
        if (other.key().equals(line.key()) && isSeen(other, line)) {
          sum += number(other).label();
          count++;
        }
      }
      if (count > 0) {
        compared++;
        assertThat(number(line).rivals().get(0).value())
            .isCloseTo(sum / count, within(EXACT * 100));
      }
    }
    assertThat(compared).isGreaterThan(lines.size() - 20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kind:category(8)@+2", "kind:category(8)"})
  void priorClass_anyTarget_isByWittenAndBellsCounts(String target) throws IOException {
    List<ScoredLine> lines = run(config(target), only("prior-class"));
    assertThat(lines).hasSizeGreaterThan(350);
    for (ScoredLine line : lines) {
      OfClass scored = (OfClass) line.targets().get(0);
      Set<String> distinct = new HashSet<>();
      int same = 0;
      int count = 0;
      for (ScoredLine other : lines) {
        if (isSeen(other, line)) {
          String label = ((OfClass) other.targets().get(0)).label();
          distinct.add(label);
          same += label.equals(scored.label()) ? 1 : 0;
          count++;
        }
      }
      double expected =
          count == 0 ? 1.0 / 8 : (same + distinct.size() / 8.0) / (count + distinct.size());
      assertThat(scored.rivals().get(0).probability()).isCloseTo(expected, within(EXACT));
    }
  }

  /** Whether a label had been seen when the prediction of a line was made. */
  private static boolean isSeen(ScoredLine label, ScoredLine line) {
    return label.labelRow() <= line.originRow()
        && !(label.labelRow() == line.originRow() && label.originRow() == line.originRow());
  }

  @Test
  void run_withRivals_leavesWhatTheLearnerSaysAsItIs() throws IOException {
    EddyConfig config = config("value@+3");
    List<ScoredLine> alone = run(config, Baselines.NONE);
    List<ScoredLine> beside = run(config, Baselines.ALL);
    assertThat(beside)
        .extracting(line -> number(line).predicted())
        .isEqualTo(alone.stream().map(line -> number(line).predicted()).toList());
    assertThat(alone).allSatisfy(line -> assertThat(number(line).rivals()).isEmpty());
  }

  /** A learner that is told to stop says the same as one that is copied and told to. */
  @Test
  void frozen_afterSoManyEvents_saysWhatThePausedLearnerSays() throws IOException {
    EddyConfig config = config("value@+3,kind:category(8)");
    List<ScoredLine> lines = new ArrayList<>();
    Prequential learner = config.newPrequential();
    Rivals rivals =
        Rivals.of(Baselines.NONE, config.learnerSpec(), learner)
            .withFrozen(config.newPrequential(), config.learnerSpec(), 150);
    assertThat(rivals.names()).containsExactly(List.of("frozen"), List.of("frozen"));
    try (EventSource source = CsvSource.open(events(), config.schema(), "key", "time")) {
      new Replay(learner, config.learnerSpec(), lines::add).rivals(rivals).run(List.of(source));
    }
    int next = 0;
    int differing = 0;
    Prequential paused = config.newPrequential();
    Weights weights = paused.newWeights();
    Map<String, KeyState> keys = new HashMap<>();
    try (EventSource source = CsvSource.open(events(), config.schema(), "key", "time")) {
      for (int row = 0; source.next(); row++) {
        Event event = ((Decoded.Accepted) source.decoded()).event();
        KeyState key = keys.computeIfAbsent(source.key(), unseen -> paused.newKeyState());
        paused.pace(row < 150, 1);
        Outcome outcome = paused.observe(event, key, weights);
        for (int i = 0; i < outcome.settledOrigins; i++) {
          Outcome.Settlement settlement = outcome.settlements[i];
          ScoredLine line = lines.get(next++);
          assertThat(line.originRow()).isEqualTo(settlement.originPosition);
          if (settlement.settled[0]) {
            double expected = settlement.prediction[0].model;
            assertThat(number(line).rivals()).containsExactly(new Estimate(expected));
            differing += expected == number(line).model() ? 0 : 1;
          } else {
            OfClass scored = (OfClass) line.targets().get(1);
            Outcome.Prediction said = settlement.prediction[1];
            String name = said.model < 0 ? null : paused.className(weights, 1, (int) said.model);
            int slot = (int) settlement.label[1];
            int rank = scored.label().equals(name) ? 1 : Math.max(2, said.rank(slot));
            assertThat(scored.rivals()).containsExactly(new Opinion(name, said.probability, rank));
          }
        }
      }
    }
    assertThat(next).isEqualTo(lines.size());
    assertThat(differing).isBetween(200, 250); // from the events after that were predicted
  }

  @Test
  void frozen_learnerOfQuantiles_saysItsOwn() throws IOException {
    EddyConfig config =
        EddyConfig.of(
            Map.of(
                "eddy.features", "value:lag(1)",
                "eddy.targets", "value@+3",
                "eddy.units", "4",
                "eddy.panel", "single",
                "eddy.loss", "quantile(0.1,0.5,0.9)"));
    Prequential learner = config.newPrequential();
    List<ScoredLine> lines = new ArrayList<>();
    Rivals rivals =
        Rivals.of(Baselines.NONE, config.learnerSpec(), learner)
            .withFrozen(config.newPrequential(), config.learnerSpec(), 150);
    try (EventSource source = CsvSource.open(events(), config.schema(), "key", "time")) {
      new Replay(learner, config.learnerSpec(), lines::add).rivals(rivals).run(List.of(source));
    }
    for (ScoredLine line : lines) {
      Estimate frozen = number(line).rivals().get(0);
      if (line.originRow() >= 150) {
        Spread.Quantiles own = (Spread.Quantiles) frozen.spread();
        assertThat(own).isNotEqualTo(number(line).spread());
        assertThat(own.values().get(1)).as("the median").isEqualTo(frozen.value());
      } else if (!Double.isNaN(number(line).model())) {
        assertThat(frozen).isEqualTo(new Estimate(number(line).model(), number(line).spread()));
      }
    }
  }

  private static Baselines only(String name) {
    return new Baselines(List.of(name), 0);
  }

  private static OfNumber number(ScoredLine line) {
    return (OfNumber) line.targets().get(0);
  }

  private static EddyConfig config(String target) {
    return EddyConfig.of(
        Map.of(
            "eddy.features", "value:lag(1)",
            "eddy.targets", target,
            "eddy.units", "4"));
  }

  /** Two keys that come by turns, a minute between rows. */
  private Path events() throws IOException {
    Random random = new Random(5);
    StringBuilder text = new StringBuilder("key,time,value,kind\n");
    for (int row = 0; row < 400; row++) {
      text.append(random.nextInt(2)).append(',').append(row * 60_000L).append(',');
      text.append(random.nextInt(100)).append(",k").append(random.nextInt(4)).append('\n');
    }
    Path file = folder.resolve("events.csv");
    return Files.writeString(file, text);
  }

  private List<ScoredLine> run(EddyConfig config, Baselines baselines) throws IOException {
    List<ScoredLine> lines = new ArrayList<>();
    Prequential learner = config.newPrequential();
    try (EventSource source = CsvSource.open(events(), config.schema(), "key", "time")) {
      new Replay(learner, config.learnerSpec(), lines::add)
          .rivals(Rivals.of(baselines, config.learnerSpec(), learner))
          .run(List.of(source));
    }
    return lines;
  }
}
