package eddy.benchmark.task;

import eddy.benchmark.Layers;
import eddy.benchmark.LinearLearner;
import eddy.feature.Event;
import eddy.feature.EventSchema;
import eddy.feature.FeatureEncoder;
import eddy.feature.FeatureSpec;
import eddy.feature.FeatureStatistics;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import eddy.gradient.RecurrentState;
import eddy.learn.LearnerSpec;
import eddy.learn.LearnerSpec.Estimator;
import eddy.learn.MemberSpec;
import eddy.math.Kernels;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Trace conditioning: a stimulus announces another one 7 to 13 steps later, among ten distractors;
 * the value G = sum of .9^k US[t+1+k] is learned by semi-gradient TD(0).
 *
 * <p>No target can say this, for the label of a value is the next value. So the recurrent member of
 * the default panel runs alone: default cell, units, encoding, steps and clip, around {@link
 * LinearLearner}. The gradient of v needs the sensitivities of its own step, so these advance only
 * after the update: w -= step * (v - US' - .9 v') dv/dw.
 */
final class TraceConditioningTask implements Task {
  private static final double DISCOUNT = 0.9;

  /** .9^400 is below half a unit in the last place of the value. */
  private static final int SETTLED = 400;

  /** Steps of a block, should the default cell need one. */
  private static final int BLOCK = 64;

  @Override
  public String name() {
    return "trace";
  }

  @Override
  public String measure() {
    return "mean squared error of the last fifth against the true value";
  }

  @Override
  public String references() {
    return "variance .144; eLSTM .0177, Elman TBPTT(12) .0259, SnAp-1 .060, TBPTT(5) .065, RTU .105,"
        + " immediate gradient .133";
  }

  @Override
  public int events() {
    return 200_000;
  }

  @Override
  public List<Trial> trials() {
    return List.of(new Trial("default", 0.020, Side.AT_MOST, TraceConditioningTask::run));
  }

  private static double run(long seed, int events) {
    MemberSpec steps = MemberSpec.of("recurrent-gradient", false);
    Conditioning stream = new Conditioning(seed, events + SETTLED);
    double[] truth = truth(stream, events);
    List<FeatureSpec> features =
        IntStream.range(0, Conditioning.INPUTS)
            .mapToObj(i -> new FeatureSpec("s" + i, false, List.of()))
            .toList();
    LearnerSpec defaults =
        LearnerSpec.of(
                features,
                List.of(new TargetSpec("s0", 0, new Horizon.EventsAhead(1), new Reference.None())))
            .build();
    EventSchema schema = EventSchema.of(features, List.of());
    FeatureEncoder encoder = FeatureEncoder.of(features, schema);
    FeatureStatistics statistics = encoder.newStatistics();
    double[] memory = new double[encoder.memoryLength()];
    Event event = new Event(schema);
    float[] x = new float[encoder.width()];
    Kernels kernels = Kernels.fastest();
    LinearLearner learner =
        new LinearLearner(
            kernels,
            Layers.of(defaults.network().layer(), x.length, Estimator.RTRL, BLOCK, kernels),
            x.length,
            steps,
            seed);
    RecurrentState[] states = learner.newState();
    Tail tail = new Tail(events);
    double value = 0;
    for (int t = 0; t < events; t++) {
      stream.into(t, event.numbers);
      encoder.encode(event, memory, statistics, x, 0);
      encoder.absorb(memory, statistics);
      if (t > 0) {
        double next = learner.ahead(x, states);
        learner.learn(states, (float) (value - stream.reward(t) - DISCOUNT * next));
      }
      value = learner.advance(x, states);
      double error = value - truth[t];
      tail.add(t, error * error);
    }
    return tail.mean();
  }

  private static double[] truth(Conditioning stream, int events) {
    double[] truth = new double[events + SETTLED];
    for (int t = truth.length - 2; t >= 0; t--) {
      truth[t] = stream.reward(t + 1) + DISCOUNT * truth[t + 1];
    }
    return truth;
  }
}
