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
import eddy.learn.LearnerSpec.Descent;
import eddy.learn.LearnerSpec.Estimator;
import eddy.learn.Outcome;
import eddy.learn.Prequential;
import eddy.learn.Weights;
import eddy.math.RandomStream;
import java.util.List;

/**
 * Add(6,10): x is a fair coin, P(y = 1) = 1/2 + x[t-6] / 2 - x[t-10] / 4. Tells whether credit
 * reaches six and ten events back, where the state does not hold them without being taught.
 *
 * <p>Two controls have to fail. A default panel over the last five events shows that the task needs
 * memory. The references' own learner by TBPTT(5), Elman cells under a linear readout, shows that
 * it needs credit too: its exact twin stands beside it. The default cells begin as oscillators,
 * which hold the past untaught, and so pass by any gradient; they are shown with no bar.
 */
final class AddTask implements Task {
  private static final int NEAR = 6;
  private static final int FAR = 10;

  /** Two dense members keep more sensitivities than the default budget allows a key. */
  private static final LearnerSpec.Budget WIDE = new LearnerSpec.Budget(4_000_000, 20_000_000);

  private static final Descent ADAM = new Descent("adam", 1e-3, Descent.CLIP);

  @Override
  public String name() {
    return "add";
  }

  @Override
  public String measure() {
    return "cross-entropy of the last fifth, nats";
  }

  @Override
  public String references() {
    return "nothing known .6616, lag 6 alone .5192, both .4545; exact Elman .484, RTU .491,"
        + " TBPTT(12) .481, TBPTT(5) .661";
  }

  @Override
  public int events() {
    return 60_000;
  }

  @Override
  public List<Trial> trials() {
    return List.of(
        new Trial("default", 0.50, Side.AT_MOST, (seed, events) -> run(draft(seed), seed, events)),
        new Trial(
            "eddy.cell=tdnn(5), eddy.learner=tbptt, eddy.window=5",
            0.65,
            Side.ABOVE,
            (seed, events) -> run(shortSighted(draft(seed).cell("tdnn(5)")), seed, events)),
        new Trial(
            "eddy.panel=single, eddy.cell=elman, eddy.learner=rtrl",
            0.50,
            Side.AT_MOST,
            (seed, events) ->
                run(single(seed).budget(WIDE).estimator(Estimator.RTRL), seed, events)),
        new Trial(
            "eddy.panel=single, eddy.cell=elman, eddy.learner=tbptt, eddy.window=5",
            0.65,
            Side.ABOVE,
            (seed, events) -> run(shortSighted(single(seed)), seed, events)),
        new Trial(
            "eddy.cell=elman, eddy.learner=rtrl",
            0.50,
            Side.AT_MOST,
            (seed, events) ->
                run(elman(seed).budget(WIDE).estimator(Estimator.RTRL), seed, events)),
        Trial.shown(
            "eddy.cell=elman, eddy.learner=tbptt, eddy.window=5",
            (seed, events) -> run(shortSighted(elman(seed)), seed, events)),
        Trial.shown(
            "eddy.learner=tbptt, eddy.window=5",
            (seed, events) -> run(shortSighted(draft(seed)), seed, events)));
  }

  private static LearnerSpec.Draft elman(long seed) {
    return draft(seed).cell("elman");
  }

  /** One learner whose readout is linear, as in the references: it finds less in a state. */
  private static LearnerSpec.Draft single(long seed) {
    return elman(seed).single(ADAM, ADAM);
  }

  private static LearnerSpec.Draft shortSighted(LearnerSpec.Draft draft) {
    return draft.estimator(Estimator.TBPTT).window(5);
  }

  /** The default configuration over this stream. */
  private static LearnerSpec.Draft draft(long seed) {
    return LearnerSpec.of(
            List.of(new FeatureSpec("x", false, List.of(Encoders.of("category", List.of("2"))))),
            List.of(new TargetSpec("y", 2, new Horizon.SameEvent(), new Reference.None())))
        .seed(seed);
  }

  private static double run(LearnerSpec.Draft draft, long seed, int events) {
    Prequential learner = Prequential.of(draft.build());
    KeyState key = learner.newKeyState();
    Weights weights = learner.newWeights();
    RandomStream random = new RandomStream(seed);
    Event event = new Event(learner.schema());
    int x = learner.schema().index("x", FieldKind.CATEGORY);
    int y = learner.schema().index("y", FieldKind.CATEGORY);
    int[] past = new int[FAR + 1];
    Tail tail = new Tail(events);
    for (int t = 0; t < events; t++) {
      int coin = random.nextDouble() < 0.5 ? 1 : 0;
      past[t % past.length] = coin;
      double probability = 0.5 + 0.5 * back(past, t, NEAR) - 0.25 * back(past, t, FAR);
      event.position = t;
      event.categories[x] = Integer.toString(coin);
      event.categories[y] = random.nextDouble() < probability ? "1" : "0";
      Outcome outcome = learner.observe(event, key, weights);
      tail.add(t, -StrictMath.log(outcome.settlements[0].prediction[0].probability));
    }
    return tail.mean();
  }

  private static int back(int[] past, int t, int lag) {
    return t < lag ? 0 : past[(t - lag) % past.length];
  }
}
