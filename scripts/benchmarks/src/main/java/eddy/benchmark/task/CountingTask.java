package eddy.benchmark.task;

import eddy.feature.Encoders;
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
 * a^n b^n: the next character of strings S a..a b..b E with n uniform in 1..16, a key of its own
 * each, in eight lanes of one stream. Tells whether something counts.
 */
final class CountingTask implements Task {
  private static final int LANES = 8;
  private static final int LONGEST = 16;
  private static final String SYMBOLS = "4";

  @Override
  public String name() {
    return "counting";
  }

  @Override
  public String measure() {
    return "accuracy of the last fifth";
  }

  @Override
  public String references() {
    return "best possible .9479; published: exact .940, RFLO .909, SnAp-1 .903, TBPTT(25) .901";
  }

  @Override
  public int events() {
    return LANES * 20_000;
  }

  @Override
  public List<Trial> trials() {
    return List.of(new Trial("default", 0.940, Side.AT_LEAST, CountingTask::run));
  }

  private static LearnerSpec spec(long seed) {
    return LearnerSpec.of(
            List.of(
                new FeatureSpec("char", false, List.of(Encoders.of("category", List.of(SYMBOLS))))),
            List.of(
                new TargetSpec(
                    "char",
                    Integer.parseInt(SYMBOLS),
                    new Horizon.EventsAhead(1),
                    new Reference.None())))
        .seed(seed)
        .build();
  }

  private static double run(long seed, int events) {
    Prequential learner = Prequential.of(spec(seed));
    Weights weights = learner.newWeights();
    RandomStream random = new RandomStream(seed);
    KeyState[] keys = new KeyState[LANES];
    int[] n = new int[LANES];
    int[] at = new int[LANES];
    Event event = new Event(learner.schema());
    int symbol = learner.schema().index("char", FieldKind.CATEGORY);
    Tail tail = new Tail(events);
    for (int i = 0; i < events; i++) {
      int lane = i % LANES;
      if (keys[lane] == null || at[lane] > 2 * n[lane] + 1) {
        keys[lane] = learner.newKeyState();
        n[lane] = 1 + (int) (LONGEST * random.nextDouble());
        at[lane] = 0;
      }
      event.position = i;
      event.categories[symbol] = symbol(at[lane]++, n[lane]);
      Outcome outcome = learner.observe(event, keys[lane], weights);
      if (outcome.settledOrigins > 0) {
        Outcome.Settlement settlement = outcome.settlements[0];
        tail.add(i, settlement.prediction[0].model == settlement.label[0] ? 1 : 0);
      }
    }
    return tail.mean();
  }

  private static String symbol(int at, int n) {
    if (at == 0) {
      return "S";
    }
    return at <= n ? "a" : at <= 2 * n ? "b" : "E";
  }
}
