package eddy.learn;

import eddy.cell.Delays;
import eddy.feature.CategoryContexts;
import eddy.feature.Chain;
import eddy.feature.FeatureSpec;
import eddy.feature.TargetSpec;
import eddy.learn.LearnerSpec.Scope;
import eddy.learn.MemberSpec.Readout;
import eddy.network.NetworkSpec;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which members the default panel has: all, but for the second-order ones where a class target has
 * so many classes, or so many features, that the largest of them would cost more than the rest of
 * the panel; but for the second-order reader of a delay line that shows as many; and but for
 * contexts where no class is predicted, where no sequences of categories are named, and where each
 * key has weights of its own, which would see too little of each sequence.
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
      NetworkSpec network,
      Scope scope) {
    List<FeatureSpec> past = PastTargets.features(network, targets);
    long inputs =
        1 + Stream.of(features, readoutFeatures, past).mapToLong(AutomaticPanel::width).sum();
    Delays delays = network.delays();
    boolean line = delays != null;
    long shown = line ? delays.shown(width(features), width(past)) : network.units();
    long classes = targets.stream().mapToLong(TargetSpec::slots).max().orElse(0);
    // the largest reads the layer too
    long width = inputs + shown;
    boolean fits = 2 * width * width + 3 * width * classes <= BOUND;
    boolean sequences = classes > 0 && scope != Scope.KEY && hasContexts(features, readoutFeatures);
    List<String> known = sequences ? MemberSpec.names() : MemberSpec.usual();
    return known.stream()
        .filter(name -> fits || !bounded(MemberSpec.of(name, true), classes > 0, line))
        .toArray(String[]::new);
  }

  static boolean hasContexts(List<FeatureSpec> features, List<FeatureSpec> readoutFeatures) {
    return !CategoryContexts.of(Stream.of(features, readoutFeatures).flatMap(List::stream).toList())
        .isEmpty();
  }

  private static long width(List<FeatureSpec> features) {
    return features.stream()
        .mapToLong(feature -> Chain.of(feature).width() + (feature.optional() ? 1 : 0))
        .sum();
  }

  private static boolean bounded(MemberSpec member, boolean classes, boolean line) {
    return member.readout() == Readout.SECOND_ORDER && (classes || line && member.recurrent());
  }
}
