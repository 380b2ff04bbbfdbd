package eddy.learn;

import eddy.cell.Delays;
import eddy.cell.Recurrence;
import eddy.feature.CategoryContexts;
import eddy.feature.Chain;
import eddy.feature.EventSchema;
import eddy.feature.FeatureEncoder;
import eddy.feature.FeatureSpec;
import eddy.learn.MemberSpec.Readout;
import eddy.math.Kernels;
import eddy.network.DelayLine;
import eddy.network.Network;
import eddy.network.RecurrentLayer;
import eddy.readout.RowRange;
import eddy.window.Composition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What follows from a spec alone: the fields to decode, the inputs, the targets, the recurrences
 * and what they cost, and the members built by that plan.
 */
final class Blueprint {
  /** Longest class that waits for its event, in bytes where it is ASCII. */
  private static final long TEXT_BYTES = 256;

  final EventSchema schema;
  final FeatureEncoder features;
  final Targets targets;
  final Lookahead lookahead;
  private final LearnerSpec spec;
  private final List<Recurrence> recurrences;

  /** First feature that only contexts see. */
  private final int contextsFrom;

  private final int featureCount;

  /** Of networks that read a whole window; null for others. */
  private final Composition composition;

  /** Of networks without cells; null for others. Holds no scratch. */
  private final DelayLine delayLine;

  /** Throws IllegalArgumentException where parts of the spec do not fit together. */
  Blueprint(LearnerSpec spec) {
    this.spec = spec;
    List<FeatureSpec> all = new ArrayList<>(spec.features());
    all.addAll(spec.readoutFeatures());
    int targetsFrom = all.size();
    all.addAll(PastTargets.features(spec.network(), spec.targets()));
    int after = spec.network().lookahead();
    schema = EventSchema.of(all, spec.targets(), after, spec.sequence(), spec.arrivals());
    contextsFrom = all.size();
    if (spec.panel().stream().anyMatch(member -> member.readout() == Readout.CONTEXTS)) {
      all.addAll(CategoryContexts.of(all.subList(0, targetsFrom)));
    }
    featureCount = all.size();
    features = FeatureEncoder.of(all, schema);
    targets = new Targets(spec, schema);
    lookahead = new Lookahead(after, schema, spec.targets(), features);
    int cellInputs = features.offset(spec.features().size());
    Delays delays = spec.network().delays();
    if (delays != null) {
      int targetsAt = features.offset(targetsFrom);
      int width = features.width() - targetsAt;
      int hidden = spec.network().units();
      recurrences = List.of();
      composition = null;
      delayLine = new DelayLine(delays, cellInputs, targetsAt, width, hidden);
      return;
    }
    delayLine = null;
    if (spec.network().kind().readsWindow()) {
      int lanes = targets.lanes.size();
      recurrences = List.of();
      composition = new Composition(spec.network(), cellInputs, spec.window(), lanes);
    } else {
      recurrences = spec.network().recurrences(cellInputs);
      composition = null;
    }
  }

  /** Knows what every estimator costs. */
  Planner planner() {
    int recurrent = (int) spec.panel().stream().filter(MemberSpec::recurrent).count();
    long states = stateLength();
    long waiting =
        (long) targets.farthest
            * (features.width()
                + 1
                + features.activeRows()
                + (spec.panel().size() + 1L) * targets.outputs);
    long doubles = features.memoryLength() + targets.referenceLength + targets.count();
    doubles += (long) targets.farthest * (targets.count() * Head.ORIGIN + 2L);
    doubles += spec.arrivals().window();
    int lagging = (int) targets.lanes.stream().filter(Lane::lags).count();
    boolean leads = targets.lanes.stream().anyMatch(Lane::leads);
    int traced = lagging + (leads ? 1 : 0);
    long floats = recurrent * states * (lagging + 1) + waiting;
    long other = floats * Float.BYTES + doubles * Double.BYTES + lookahead.bytes();
    WaitingShape shape = waitingShape(recurrent, recurrent * states, leads);
    if (delayLine != null) {
      return Planner.ofDelayLine(spec, delayLine.estimator(), other, shape);
    }
    return composition == null
        ? new Planner(spec, recurrences, recurrent * traced, other, shape)
        : Planner.ofWindow(spec, composition.estimator(), other, recurrent * windowMacs(), shape);
  }

  private WaitingShape waitingShape(int recurrent, long states, boolean leads) {
    int floats =
        features.width() + 1 + features.activeRows() + (spec.panel().size() + 1) * targets.outputs;
    // id, flags, lanes, position and timestamp
    int longs = targets.count() * Head.ORIGIN + 5;
    long origin = (long) floats * Float.BYTES + (long) longs * Long.BYTES;
    Lane first = targets.lanes.get(0);
    int labels = first.labelled() ? first.targets().length : 0;
    long early = Waiting.EARLY * ((3L + labels) * Long.BYTES + classes(first) * TEXT_BYTES);
    long closed = 2L * Waiting.REMEMBERED * Long.BYTES;
    long fixed = labels == 0 ? 0 : early + closed;
    return new WaitingShape(
        targets.irregular, first.labelled(), origin, fixed, states, recurrent, leads);
  }

  private long classes(Lane lane) {
    return IntStream.of(lane.targets()).filter(t -> targets.specs.get(t).category()).count();
  }

  private long stateLength() {
    if (delayLine != null) {
      return delayLine.stateLength();
    }
    return composition == null
        ? recurrences.stream().mapToLong(Recurrence::stateLength).sum()
        : composition.stateLength();
  }

  /** Multiply-adds of an event of one network over a window. */
  private long windowMacs() {
    long macs = composition.unrollMacs();
    for (int lane = 0; lane < targets.lanes.size(); lane++) {
      boolean sameEvent = targets.lanes.get(lane).horizon() == 0;
      macs += composition.pullBackMacs(lane) + (sameEvent ? 0 : composition.unrollMacs());
    }
    return macs;
  }

  /** Mean sum of the squares of what the cells read. */
  double inputPower() {
    return spec.features().stream().mapToDouble(feature -> Chain.of(feature).power()).sum();
  }

  /**
   * The members of the panel.
   *
   * @param waiting how origins wait
   * @throws IllegalArgumentException where no estimator fits into the budget
   */
  Member[] members(Kernels kernels, WaitingPlan waiting) {
    Planner planner = planner();
    Candidate chosen = planner.choose();
    return spec.panel().stream()
        .map(
            member ->
                new Member(
                    member,
                    network(member, planner, chosen, kernels),
                    kernels,
                    features,
                    rows(member),
                    targets,
                    waiting))
        .toArray(Member[]::new);
  }

  /** Which hashed rows a member sees, if its readout sees any. */
  private RowRange rows(MemberSpec member) {
    boolean contexts = member.readout() == Readout.CONTEXTS;
    int from = contexts ? contextsFrom : 0;
    int to = contexts ? featureCount : contextsFrom;
    return new RowRange(
        features.firstRow(from),
        features.firstRow(to) - features.firstRow(from),
        features.activeRow(to) - features.activeRow(from));
  }

  private Network network(MemberSpec member, Planner planner, Candidate chosen, Kernels kernels) {
    if (!member.recurrent()) {
      return new RecurrentLayer(kernels, List.of(), List.of());
    }
    if (delayLine != null) {
      return delayLine;
    }
    return composition == null
        ? new RecurrentLayer(
            kernels, recurrences, planner.build(chosen.kind(), kernels), spec.network().mean())
        : composition.build(kernels);
  }
}
