package eddy.learn;

import eddy.feature.Chain;
import eddy.feature.FeatureSpec;
import eddy.feature.TargetSpec;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which members the default panel has: all, but for second-order ones where a class target has so
 * many classes, or so many features, that one of them would cost more than the rest of the panel.
 *
 * <p>With F features and O classes such a member takes 2 F^2 + 3 F O multiply-adds an event.
 * Decided by the spec alone, so that the same configuration is the same model everywhere.
 */
final class AutomaticPanel {
  /** Multiply-adds an event for one class target. */
  static final long BOUND = 40_000;

  private AutomaticPanel() {}

  static String[] names(
      List<FeatureSpec> features,
      List<FeatureSpec> readoutFeatures,
      List<TargetSpec> targets,
      int units) {
    long inputs =
        1
            + Stream.concat(features.stream(), readoutFeatures.stream())
                .mapToLong(AutomaticPanel::width)
                .sum();
    long classes = targets.stream().mapToLong(TargetSpec::slots).max().orElse(0);
    return MemberSpec.names().stream()
        .filter(name -> fits(MemberSpec.of(name, true), inputs, units, classes))
        .toArray(String[]::new);
  }

  private static long width(FeatureSpec feature) {
    return Chain.of(feature).width() + (feature.optional() ? 1 : 0);
  }

  private static boolean fits(MemberSpec member, long inputs, long units, long classes) {
    long width = inputs + (member.recurrent() ? units : 0);
    return classes == 0
        || member.readout() != MemberSpec.Readout.SECOND_ORDER
        || 2 * width * width + 3 * width * classes <= BOUND;
  }
}
