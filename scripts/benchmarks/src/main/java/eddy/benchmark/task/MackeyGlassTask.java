package eddy.benchmark.task;

import eddy.feature.Event;
import eddy.feature.FeatureSpec;
import eddy.feature.FieldKind;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import eddy.learn.KeyState;
import eddy.learn.LearnerSpec;
import eddy.learn.Outcome;
import eddy.learn.Prequential;
import eddy.learn.Weights;
import eddy.math.RandomStream;
import java.util.List;

/**
 * Mackey-Glass: the next value of a chaotic series with a delay of 17 (beta .2, gamma .1, exponent
 * 10, Euler steps of 1), standardised, in eight lanes of one stream whose keys start anew every 200
 * events.
 */
final class MackeyGlassTask implements Task {
  private static final int LANES = 8;
  private static final int DELAY = 17;
  private static final int SEQUENCE = 200;
  private static final int TRANSIENT = 1000;

  @Override
  public String name() {
    return "mackey-glass";
  }

  @Override
  public String measure() {
    return "mean squared error of the last fifth / variance";
  }

  @Override
  public String references() {
    return "published: SnAp-1 .0050, GRU TBPTT(25) .0059, exact tanh .018; eLSTM .0023";
  }

  @Override
  public int events() {
    return LANES * 15_000;
  }

  @Override
  public List<Trial> trials() {
    return List.of(new Trial("default", 0.005, Side.AT_MOST, MackeyGlassTask::run));
  }

  private static LearnerSpec spec(long seed) {
    return LearnerSpec.of(
            List.of(new FeatureSpec("value", false, List.of())),
            List.of(
                new TargetSpec(
                    "value", 0, new Horizon.EventsAhead(1), new Reference.Past("value", 0))))
        .seed(seed)
        .build();
  }

  private static double run(long seed, int events) {
    Prequential learner = Prequential.of(spec(seed));
    Weights weights = learner.newWeights();
    KeyState[] keys = new KeyState[LANES];
    double[][] series = series(seed, events / LANES + 1);
    Event event = new Event(learner.schema());
    int value = learner.schema().index("value", FieldKind.NUMBER);
    Tail tail = new Tail(events);
    for (int i = 0; i < events; i++) {
      int lane = i % LANES;
      int t = i / LANES;
      if (t % SEQUENCE == 0) {
        keys[lane] = learner.newKeyState();
      }
      event.position = i;
      event.numbers[value] = series[lane][t];
      Outcome outcome = learner.observe(event, keys[lane], weights);
      if (outcome.settledOrigins > 0) {
        double error = outcome.settlements[0].prediction[0].model - series[lane][t];
        tail.add(i, error * error);
      }
    }
    return tail.mean();
  }

  /** Lanes from different starts, together of mean 0 and variance 1. */
  private static double[][] series(long seed, int length) {
    RandomStream random = new RandomStream(seed);
    double[][] series = new double[LANES][];
    double sum = 0;
    double squares = 0;
    for (int lane = 0; lane < LANES; lane++) {
      series[lane] = lane(random, length);
      for (double value : series[lane]) {
        sum += value;
        squares += value * value;
      }
    }
    double mean = sum / (LANES * length);
    double deviation = StrictMath.sqrt(squares / (LANES * length) - mean * mean);
    for (double[] lane : series) {
      for (int t = 0; t < length; t++) {
        lane[t] = (lane[t] - mean) / deviation;
      }
    }
    return series;
  }

  private static double[] lane(RandomStream random, int length) {
    double[] all = new double[DELAY + TRANSIENT + length];
    for (int t = 0; t <= DELAY; t++) {
      all[t] = random.uniform(0.5, 1.5);
    }
    for (int t = DELAY; t + 1 < all.length; t++) {
      double delayed = all[t - DELAY];
      all[t + 1] = 0.9 * all[t] + 0.2 * delayed / (1 + StrictMath.pow(delayed, 10));
    }
    double[] lane = new double[length];
    System.arraycopy(all, all.length - length, lane, 0, length);
    return lane;
  }
}
