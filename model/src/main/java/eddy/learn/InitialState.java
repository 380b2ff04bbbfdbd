package eddy.learn;

import eddy.feature.Dictionary;
import eddy.feature.FeatureEncoder;
import eddy.feature.TargetSpec;
import eddy.math.RandomStream;
import java.util.Arrays;

/** Makes what a learner begins with: weights drawn from the spec's seed, states of new keys. */
final class InitialState {
  private final LearnerSpec spec;
  private final FeatureEncoder features;
  private final Targets targets;
  private final Lookahead lookahead;
  private final double inputPower;
  private final Member[] members;
  private final Origin origin;
  private final Origins origins;

  InitialState(
      LearnerSpec spec, Blueprint blueprint, Member[] members, Origin origin, Origins origins) {
    this.spec = spec;
    this.members = members;
    this.origin = origin;
    this.origins = origins;
    features = blueprint.features;
    targets = blueprint.targets;
    lookahead = blueprint.lookahead;
    inputPower = blueprint.inputPower();
  }

  /** Weights that nothing has been learned into. */
  Weights weights() {
    double[][] statistics = new double[targets.count()][];
    Dictionary[] classes = new Dictionary[targets.count()];
    for (int t = 0; t < statistics.length; t++) {
      statistics[t] = new double[targets.heads[t].statistics()];
      TargetSpec target = spec.targets().get(t);
      classes[t] = target.category() ? new Dictionary(target.slots()) : null;
    }
    Weights weights =
        new Weights(
            memberWeights(),
            new double[targets.count()][members.length],
            features.newStatistics(),
            statistics,
            classes);
    if (spec.scope() == LearnerSpec.Scope.GLOBAL) {
      weights.base = memberWeights();
    }
    return weights;
  }

  private MemberWeights[] memberWeights() {
    RandomStream random = new RandomStream(spec.seed());
    return Arrays.stream(members)
        .map(m -> m.newWeights(random, inputPower))
        .toArray(MemberWeights[]::new);
  }

  /** State of a key before its first event. */
  KeyState key() {
    double[] unseen = new double[targets.count()];
    Arrays.fill(unseen, Double.NaN);
    int waiting = targets.farthest;
    return new KeyState(
        Arrays.stream(members).map(Member::newState).toArray(MemberState[]::new),
        new double[features.memoryLength()],
        unseen,
        new double[targets.referenceLength],
        new float[waiting * (features.width() + 1)],
        new int[waiting * origin.active.length],
        new float[waiting * origin.z.length * targets.outputs],
        new double[waiting * origin.heads.length],
        new long[waiting],
        new long[waiting],
        lookahead.newPassed(),
        new long[spec.arrivals().window()],
        origins.newWaiting());
  }
}
