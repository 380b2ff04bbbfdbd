package eddy.learn;

import eddy.cell.Cells;
import eddy.cell.Recurrence;
import eddy.feature.EventSchema;
import eddy.feature.FeatureEncoder;
import eddy.feature.FeatureSpec;
import eddy.math.Kernels;
import eddy.network.Network;
import eddy.network.RecurrentLayer;
import java.util.ArrayList;
import java.util.List;

/**
 * What follows from a spec alone: the fields to decode, the inputs, the targets, the recurrences
 * and what they cost, and the members built by that plan.
 */
final class Blueprint {
  final EventSchema schema;
  final FeatureEncoder features;
  final Targets targets;
  private final LearnerSpec spec;
  private final List<Recurrence> recurrences;

  /** Throws IllegalArgumentException where parts of the spec do not fit together. */
  Blueprint(LearnerSpec spec) {
    this.spec = spec;
    List<FeatureSpec> all = new ArrayList<>(spec.features());
    all.addAll(spec.readoutFeatures());
    schema = EventSchema.of(all, spec.targets());
    features = FeatureEncoder.of(all, schema);
    targets = new Targets(spec, schema);
    recurrences = Cells.layer(spec.network().layer(), features.offset(spec.features().size()));
  }

  /** Knows what every estimator costs. */
  Planner planner() {
    int recurrent = (int) spec.panel().stream().filter(MemberSpec::recurrent).count();
    long states = recurrences.stream().mapToLong(Recurrence::stateLength).sum();
    long waiting =
        (long) targets.farthest
            * (features.width() + 1 + (spec.panel().size() + 1L) * targets.outputs);
    long doubles = features.memoryLength() + targets.referenceLength + targets.count();
    doubles += (long) targets.farthest * (targets.count() * Head.ORIGIN + 2L);
    int lagging = (int) targets.lanes.stream().filter(lane -> !lane.leads()).count();
    int traced = lagging + (lagging < targets.lanes.size() ? 1 : 0);
    long floats = recurrent * states * (lagging + 1) + waiting;
    long other = floats * Float.BYTES + doubles * Double.BYTES;
    return new Planner(spec, recurrences, recurrent * traced, other);
  }

  /**
   * The members of the panel.
   *
   * @throws IllegalArgumentException where no estimator fits into the budget
   */
  Member[] members(Kernels kernels) {
    Planner planner = planner();
    Candidate chosen = planner.choose();
    return spec.panel().stream()
        .map(
            member ->
                new Member(
                    member,
                    network(member, planner, chosen, kernels),
                    kernels,
                    features.width(),
                    targets))
        .toArray(Member[]::new);
  }

  private Network network(MemberSpec member, Planner planner, Candidate chosen, Kernels kernels) {
    return member.recurrent()
        ? new RecurrentLayer(kernels, recurrences, planner.build(chosen.kind(), kernels))
        : new RecurrentLayer(kernels, List.of(), List.of());
  }
}
