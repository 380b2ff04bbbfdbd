package eddy.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eddy.learn.Outcome.Source;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyScoresTest {
  @Test
  void of_fewKeys_areTheirMeansRankedByStanding() {
    KeyScores keys = new KeyScores(1);
    for (int i = 0; i < 40; i++) {
      keys.add(line("good", 1, 4));
      keys.add(line("equal", 2, 2));
      keys.add(line("bad", 5, 2));
    }
    keys.add(line("lucky", 0, 1));
    keys.add(line("frozen", 1, 0));
    List<KeyScore> ranked = keys.of(0);
    // (1 - 1/4) 40/50, then 1/11, 0, -1/11, (2 - 5)/5 40/50
    assertThat(ranked)
        .extracting(KeyScore::key)
        .containsExactly("good", "lucky", "equal", "frozen", "bad");
    assertThat(ranked.get(0).meanLoss()).isEqualTo(1);
    assertThat(ranked.get(0).meanBaselineLoss()).isEqualTo(4);
    assertThat(ranked.get(0).skill()).isEqualTo(0.75);
    assertThat(ranked.get(0).standing()).isCloseTo(0.6, within(1e-12));
    assertThat(ranked.get(3).skill()).isNaN();
    assertThat(keys.complete()).isTrue();
    assertThat(KeyScores.better(ranked)).isEqualTo(0.5); // 2 better, 1 equal, 2 worse
    assertThat(KeyScores.worst(ranked, 2))
        .extracting(KeyScore::key)
        .containsExactly("bad", "frozen");
  }

  @Test
  void of_silentBaseline_isNotComparedWith() {
    KeyScores keys = new KeyScores(1);
    keys.add(line("a", 1, Double.NaN));
    assertThat(keys.of(0)).isEmpty();
    assertThat(keys.size()).isEqualTo(1);
  }

  @Test
  void add_moreKeysThanFit_staysBoundedAndKeepsThoseWithManyEvents() {
    KeyScores keys = new KeyScores(1);
    Random random = new Random(5);
    int events = 300_000;
    int heavy = 100; // each with 1 of 1,000 events, more than the 1 in 4,000 that is promised
    int[] counts = new int[heavy];
    for (int i = 0; i < events; i++) {
      int draw = random.nextInt(1000);
      if (draw < heavy) {
        counts[draw]++;
        keys.add(line("heavy" + draw, 1 + draw, 2 + 2 * draw));
      } else {
        keys.add(line("once" + i, 1, 1));
      }
      if (i % 10_000 == 0) {
        assertThat(keys.size()).isLessThanOrEqualTo(KeyScores.MOST);
      }
    }
    assertThat(keys.complete()).isFalse();
    assertThat(keys.size()).isLessThanOrEqualTo(KeyScores.MOST);
    List<KeyScore> best = keys.of(0).subList(0, heavy);
    for (KeyScore key : best) {
      assertThat(key.key()).startsWith("heavy");
      int number = Integer.parseInt(key.key().substring("heavy".length()));
      assertThat(key.meanLoss()).isEqualTo(1 + number);
      assertThat(key.rows()).as("none was ever dropped").isEqualTo(counts[number]);
    }
  }

  private static ScoredLine line(String key, double error, double baselineError) {
    ScoredTarget target =
        new ScoredTarget.OfNumber(100, 100 + error, 100 - baselineError, 100, Source.MODEL);
    return new ScoredLine(0, 1, key, 0, List.of(target));
  }
}
