package eddy.learn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RankTest {
  @Test
  void rank_slotsWithEqualShares_standBeforeTheOneAskedFor() {
    Outcome.Prediction prediction = prediction(0.4f, 0.2f, 0.3f, 0.05f, 0.05f);
    assertThat(prediction.rank(0)).isEqualTo(1);
    assertThat(prediction.rank(1)).isEqualTo(3);
    assertThat(prediction.rank(2)).isEqualTo(2);
    assertThat(prediction.rank(3)).isEqualTo(5);
    assertThat(prediction.rank(4)).isEqualTo(5);
  }

  @Test
  void rank_untrained_isTheLast() {
    assertThat(prediction(0.25f, 0.25f, 0.25f, 0.25f).rank(0)).isEqualTo(4);
  }

  @Test
  void rank_noNumber_isTheLast() {
    assertThat(prediction(0.5f, Float.NaN, 0.5f).rank(1)).isEqualTo(3);
  }

  private static Outcome.Prediction prediction(float... given) {
    Outcome.Prediction prediction = new Outcome.Prediction(given.length, Spread.NONE);
    System.arraycopy(given, 0, prediction.distribution, 0, given.length);
    return prediction;
  }
}
