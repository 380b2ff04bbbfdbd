package eddy.learn;

import eddy.cell.Delays;
import eddy.feature.Encoder;
import eddy.feature.Encoders;
import eddy.feature.FeatureSpec;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.network.NetworkSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What {@code narx} reads of the targets' own fields, as features. */
final class PastTargets {
  private PastTargets() {}

  /**
   * One feature for each field that a target predicts: its value now, or one event ago where the
   * value now is what is predicted. Events that lack it are as good as others.
   */
  static List<FeatureSpec> features(NetworkSpec network, List<TargetSpec> targets) {
    Delays delays = network.delays();
    if (delays == null || delays.targets() == 0) {
      return List.of();
    }
    Set<FeatureSpec> result = new LinkedHashSet<>();
    for (TargetSpec target : targets) {
      boolean own = target.horizon() instanceof Horizon.SameEvent;
      List<Encoder> chain = new ArrayList<>();
      if (target.category()) {
        chain.add(Encoders.of("category", List.of(Integer.toString(target.slots()))));
      }
      if (own) {
        chain.add(Encoders.of("lag", List.of("1")));
      }
      result.add(new FeatureSpec(target.field(), true, chain));
    }
    return List.copyOf(result);
  }
}
