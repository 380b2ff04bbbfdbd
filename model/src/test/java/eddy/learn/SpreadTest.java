package eddy.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import eddy.feature.Event;
import eddy.feature.FeatureSpec;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import eddy.learn.LearnerSpec.Descent;
import eddy.math.RandomStream;
import eddy.optim.Clip;
import eddy.readout.Quantile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What numbers say of their uncertainty: quantiles and deviations, and the bounds of all heads. */
class SpreadTest {
  private static final int EVENTS = 20_000;
  private static final int SCORED = 10_000;
  private static final TargetSpec LABEL =
      new TargetSpec("label", 0, new Horizon.SameEvent(), new Reference.None());
  private static final TargetSpec AHEAD =
      new TargetSpec("label", 0, new Horizon.EventsAhead(2), new Reference.Past("label", 0));

  /** Of shares over the scored events, whose own standard deviation is below 0.005. */
  private static final double SHARE = 0.02;

  private static LearnerSpec.Draft draft(TargetSpec target, String loss) {
    Descent descent = new Descent("adagrad", 0.03, new Clip(Clip.Kind.RELATIVE, 5));
    List<FeatureSpec> features = List.of(new FeatureSpec("x", false, List.of()));
    return LearnerSpec.of(features, List.of(target)).units(4).single(descent, descent).loss(loss);
  }

  /** Takes in every event's outcome. */
  private interface Judge {
    void settled(double x, double label, Outcome.Prediction prediction);
  }

  /** A label of mean 5 + x whose noise is exponential with mean 1 + x, x being 0 or 1. */
  private static void run(String loss, Judge judge) {
    Prequential learner = Prequential.of(draft(LABEL, loss).build());
    Weights weights = learner.newWeights();
    KeyState key = learner.newKeyState();
    RandomStream random = new RandomStream(17);
    Event event = new Event(learner.schema());
    for (int n = 0; n < EVENTS; n++) {
      double x = random.nextDouble() < 0.5 ? 0 : 1;
      double noise = -StrictMath.log(1 - random.nextDouble());
      event.numbers[0] = x;
      event.numbers[1] = 4 + (1 + x) * noise;
      Outcome outcome = learner.observe(event, key, weights);
      if (n >= EVENTS - SCORED) {
        judge.settled(x, event.numbers[1], outcome.settlements[0].prediction[0]);
      }
    }
  }

  @Test
  void quantiles_knownDistribution_coverTheirShares() {
    int[][] below = new int[2][3];
    int[] count = new int[2];
    run(
        "quantile(0.1,0.5,0.9)",
        (x, label, prediction) -> {
          assertThat(prediction.quantiles).isSorted();
          assertThat(prediction.value).isEqualTo(prediction.quantiles[1]);
          count[(int) x]++;
          for (int i = 0; i < 3; i++) {
            below[(int) x][i] += label < prediction.quantiles[i] ? 1 : 0;
          }
        });
    double[] levels = {0.1, 0.5, 0.9};
    for (int x = 0; x < 2; x++) {
      for (int i = 0; i < 3; i++) {
        assertThat((double) below[x][i] / count[x])
            .as("share below quantile %s where x = %d", levels[i], x)
            .isCloseTo(levels[i], within(SHARE));
      }
    }
  }

  @Test
  void gaussian_noiseThatDependsOnAFeature_givesMeanAndDeviation() {
    double[] mean = new double[2];
    double[] deviation = new double[2];
    int[] count = new int[2];
    run(
        "gaussian",
        (x, label, prediction) -> {
          count[(int) x]++;
          mean[(int) x] += prediction.value;
          deviation[(int) x] += prediction.deviation;
        });
    for (int x = 0; x < 2; x++) {
      // 4 plus an exponential of mean 1 + x, whose deviation is its mean
      assertThat(mean[x] / count[x]).as("mean").isCloseTo(5 + x, within(0.1));
      assertThat(deviation[x] / count[x]).as("deviation").isCloseTo(1 + x, within(0.15));
    }
  }

  @Test
  void spread_everyForm_isWhatThePredictionHolds() {
    run(
        "quantile(0.25,0.5)",
        (x, label, prediction) ->
            assertThat(prediction.spread())
                .isEqualTo(
                    new Spread.Quantiles(
                        List.of(0.25, 0.5),
                        List.of(prediction.quantiles[0], prediction.quantiles[1]))));
    run(
        "gaussian",
        (x, label, prediction) ->
            assertThat(prediction.spread()).isEqualTo(new Spread.Deviation(prediction.deviation)));
    run("huber", (x, label, prediction) -> assertThat(prediction.spread()).isSameAs(Spread.NONE));
  }

  @Test
  void renew_unitOfTheOriginOutgrown_keepsValueAndSpreadInTheFieldsUnits() {
    for (String loss : new String[] {"quantile(0.1,0.5,0.9)", "gaussian", "huber"}) {
      LearnerSpec spec = draft(AHEAD, loss).build();
      Prequential learner = Prequential.of(spec);
      Targets targets = new Targets(spec, learner.schema());
      Weights weights = learner.newWeights();
      Head head = targets.heads[0];
      Outcome.Prediction before = new Outcome.Prediction(0, spec.spread());
      Outcome.Prediction after = new Outcome.Prediction(0, spec.spread());
      float[] z = {0.5f, -0.25f, 1.5f};
      double[] origin = new double[Head.ORIGIN];
      weights.heads[0] = new double[] {100, 0, 4};
      head.predict(weights, z, 0, 7, 7, before, origin, 0);
      weights.heads[0] = new double[] {101, 0, 5.76};
      head.renew(weights, origin, 0, z, 0);
      head.predict(weights, z, 0, 7, 7, after, new double[Head.ORIGIN], 0);
      assertThat(after.value).as(loss).isCloseTo(before.value, within(1e-5));
      assertThat(after.quantiles).as(loss).containsExactly(before.quantiles, within(1e-5));
      if (loss.equals("gaussian")) {
        assertThat(after.deviation).isCloseTo(before.deviation, within(1e-5));
      }
    }
  }

  @Test
  void predict_anyOutputs_staysWithinTenUnitsOfTheBase() {
    float[] extremes = {0, 30, -30, 1e30f, -1e30f, Float.NaN, Float.POSITIVE_INFINITY};
    for (String loss : new String[] {"huber", "squared", "gaussian", "quantile(0.1,0.5,0.9)"}) {
      LearnerSpec spec = draft(AHEAD, loss).build();
      Prequential learner = Prequential.of(spec);
      Head head = new Targets(spec, learner.schema()).heads[0];
      Weights weights = learner.newWeights();
      weights.heads[0] = new double[] {100, 0, 4};
      Outcome.Prediction out = new Outcome.Prediction(0, spec.spread());
      for (float a : extremes) {
        for (float b : extremes) {
          float[] z = {a, b, a};
          head.predict(weights, z, 0, 7, 7, out, new double[Head.ORIGIN], 0);
          assertThat(out.model).as("%s of %s, %s", loss, a, b).isBetween(7 - 20.0, 7 + 20.0);
          for (double quantile : out.quantiles) {
            assertThat(quantile).as("%s of %s, %s", loss, a, b).isBetween(7 - 20.0, 7 + 20.0);
          }
          assertThat(out.quantiles).isSorted();
          if (loss.equals("gaussian")) {
            assertThat(out.deviation).isBetween(0.0199, 20.001);
          }
        }
      }
    }
  }

  @Test
  void predict_probabilityOfAnyOutput_staysWithinZeroAndOne() {
    for (float z : new float[] {-1e30f, -3, 0, 3, Float.POSITIVE_INFINITY}) {
      Outcome.Prediction out = new Outcome.Prediction(0, Spread.NONE);
      new ProbabilityHead()
          .predict(null, new float[] {z}, 0, 0, Double.NaN, out, new double[Head.ORIGIN], 0);
      assertThat(out.value).isBetween(0.0, 1.0);
    }
  }

  @Test
  void of_severalOutputsInAPanel_isRefused() {
    LearnerSpec spec = draft(LABEL, "gaussian").panel("linear", "recurrent-gradient").build();
    assertThatThrownBy(() -> Prequential.of(spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("eddy.panel=single");
  }

  @Test
  void stored_andRead_predictsTheSameQuantiles() {
    Prequential learner = Prequential.of(draft(AHEAD, "quantile(0.1,0.5,0.9)").build());
    Weights weights = learner.newWeights();
    KeyState key = learner.newKeyState();
    RandomStream random = new RandomStream(1);
    Event event = new Event(learner.schema());
    for (int n = 0; n < 50; n++) {
      event.numbers[0] = random.nextGaussian();
      event.numbers[1] = random.nextGaussian();
      learner.observe(event, key, weights);
    }
    byte[] keyBytes = learner.encode(key);
    byte[] weightBytes = learner.encode(weights);
    double[] quantiles = learner.observe(event, key, weights).predictions[0].quantiles.clone();
    assertThat(
            learner.observe(
                    event, learner.decodeKeyState(keyBytes), learner.decodeWeights(weightBytes))
                .predictions[0]
                .quantiles)
        .containsExactly(quantiles)
        .hasSize(new Quantile(List.of(0.1, 0.5, 0.9)).numberOutputs());
  }

  @Test
  void predict_beforeAnyLabel_givesAValueAndNoSpread() {
    for (String loss : new String[] {"quantile(0.1,0.5,0.9)", "gaussian"}) {
      Prequential learner = Prequential.of(draft(AHEAD, loss).build());
      Weights weights = learner.newWeights();
      KeyState key = learner.newKeyState();
      Event event = new Event(learner.schema());
      event.numbers[0] = 1;
      event.numbers[1] = 1000;
      Outcome outcome = learner.observe(event, key, weights);
      assertThat(outcome.predictions[0].value).isEqualTo(1000);
      for (double quantile : outcome.predictions[0].quantiles) {
        assertThat(quantile).isNaN();
      }
      assertThat(outcome.predictions[0].deviation).isNaN();
      for (int n = 0; n < 3; n++) {
        event.numbers[1] = 1000 + n;
        outcome = learner.observe(event, key, weights);
      }
      boolean quantiles = outcome.predictions[0].quantiles.length > 0;
      assertThat(quantiles ? outcome.predictions[0].quantiles[2] : outcome.predictions[0].deviation)
          .isPositive();
    }
  }
}
