package eddy.learn;

import eddy.cell.CellGroup;
import eddy.cell.Recurrence;
import eddy.gradient.BlockRtrl;
import eddy.gradient.GradientEstimator;
import eddy.gradient.GradientEstimator.Cost;
import eddy.gradient.UnitTraces;
import eddy.gradient.WindowedBptt;
import eddy.math.Kernels;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Chooses the gradient estimator by what it costs, computed from the configuration alone: the same
 * configuration is the same model on every machine.
 */
final class Planner {
  private final LearnerSpec spec;
  private final List<Recurrence> recurrences;
  private final int traces;
  private final long otherBytes;
  private final WaitingShape shape;

  /** The only way to learn a network that is no recurrence; null for others. */
  private final Candidate only;

  /**
   * A planner for one layer.
   *
   * @param traces traces that a key keeps
   * @param otherBytes bytes that a key keeps besides traces
   * @param shape of origins that wait, beyond that
   */
  Planner(
      LearnerSpec spec,
      List<Recurrence> recurrences,
      int traces,
      long otherBytes,
      WaitingShape shape) {
    this(spec, recurrences, traces, otherBytes, shape, null);
  }

  private Planner(
      LearnerSpec spec,
      List<Recurrence> recurrences,
      int traces,
      long otherBytes,
      WaitingShape shape,
      Candidate only) {
    this.spec = spec;
    this.recurrences = recurrences;
    this.traces = traces;
    this.otherBytes = otherBytes;
    this.shape = shape;
    this.only = only;
  }

  /** A planner for networks over a window, which are functions of it and carry nothing on. */
  static Planner ofWindow(
      LearnerSpec spec, String estimator, long otherBytes, long eventMacs, WaitingShape shape) {
    LearnerSpec.Estimator kind = LearnerSpec.Estimator.TBPTT;
    // a step only keeps an input
    WaitingPlan waiting = shape.plan(spec, otherBytes, 0, 0);
    long keyBytes = otherBytes + waiting.bytes();
    boolean fits = fits(spec, keyBytes, eventMacs);
    Candidate window = new Candidate(kind, estimator, true, keyBytes, eventMacs, waiting, fits);
    return new Planner(spec, List.of(), 0, otherBytes, shape, window);
  }

  /** A planner for a delay line, whose gradient is that of its readout whatever is asked for. */
  static Planner ofDelayLine(LearnerSpec spec, String name, long otherBytes, WaitingShape shape) {
    boolean asked = spec.estimator() != LearnerSpec.Estimator.AUTO;
    LearnerSpec.Estimator kind = asked ? spec.estimator() : LearnerSpec.Estimator.RTRL;
    WaitingPlan waiting = shape.plan(spec, otherBytes, 0, 0);
    long keyBytes = otherBytes + waiting.bytes();
    boolean fits = fits(spec, keyBytes, 0);
    Candidate line = new Candidate(kind, name, true, keyBytes, 0, waiting, fits);
    return new Planner(spec, List.of(), 0, otherBytes, shape, line);
  }

  private static boolean fits(LearnerSpec spec, long keyBytes, long eventMacs) {
    return keyBytes <= spec.budget().keyBytes() && eventMacs <= spec.budget().eventMacs();
  }

  /** Every estimator that the recurrences can have, the most exact one first. */
  List<Candidate> candidates() {
    if (only != null) {
      return List.of(only);
    }
    List<Candidate> result = new ArrayList<>(List.of(candidate(LearnerSpec.Estimator.RTRL)));
    boolean cells = recurrences.stream().allMatch(CellGroup.class::isInstance);
    if (cells && !elementWise()) {
      result.add(candidate(LearnerSpec.Estimator.SNAP1));
    }
    result.add(candidate(LearnerSpec.Estimator.TBPTT));
    return result;
  }

  /**
   * The most exact one inside the budget, or the one that was asked for, whether it fits or not.
   *
   * @throws IllegalArgumentException where the network cannot have it
   */
  Candidate chosen() {
    if (only != null) {
      return spec.network().delays() == null ? requireWindow() : only;
    }
    Candidate exact = candidate(LearnerSpec.Estimator.RTRL);
    return switch (spec.estimator()) {
      // snap1 is never taken unasked: it is biased however short the sequence
      case AUTO -> exact.fits() ? exact : candidate(LearnerSpec.Estimator.TBPTT);
      case RTRL -> exact;
      // of units that learn apart, their own sensitivities are all there are
      case SNAP1 -> elementWise() ? exact : candidate(LearnerSpec.Estimator.SNAP1);
      case TBPTT -> candidate(LearnerSpec.Estimator.TBPTT);
    };
  }

  private Candidate requireWindow() {
    LearnerSpec.Estimator asked = spec.estimator();
    if (asked == LearnerSpec.Estimator.RTRL || asked == LearnerSpec.Estimator.SNAP1) {
      throw new IllegalArgumentException(
          "a network of kind "
              + spec.network().kind().text()
              + " reads its whole window at every event and carries nothing that "
              + asked.name().toLowerCase(Locale.ROOT)
              + " could learn from; write auto or tbptt");
    }
    return only;
  }

  /**
   * The same.
   *
   * @throws IllegalArgumentException where it does not fit
   */
  Candidate choose() {
    Candidate chosen = chosen();
    if (!chosen.fits()) {
      throw new IllegalArgumentException(
          String.format(
              "%s with %d units learned by %s needs %d bytes per key and %d multiply-adds per"
                  + " event, above eddy.budget.key.bytes=%d or eddy.budget.event.macs=%d; raise the"
                  + " budget, or lower eddy.units, eddy.layers or eddy.window",
              spec.network().name(),
              spec.network().units(),
              chosen.kind().name().toLowerCase(Locale.ROOT),
              chosen.keyBytes(),
              chosen.eventMacs(),
              spec.budget().keyBytes(),
              spec.budget().eventMacs()));
    }
    return chosen;
  }

  private Candidate candidate(LearnerSpec.Estimator kind) {
    long floats = 0;
    long macs = 0;
    Set<String> names = new LinkedHashSet<>();
    for (Recurrence recurrence : recurrences) {
      Cost cost = cost(kind, recurrence);
      floats += cost.traceLength();
      macs += cost.macsPerEvent();
      names.add(name(kind, recurrence));
    }
    long ownBytes = otherBytes + traces * floats * Float.BYTES;
    WaitingPlan waiting = shape.plan(spec, ownBytes, floats, shape.members() * macs);
    long keyBytes = ownBytes + waiting.bytes();
    long eventMacs = (traces + shape.steps(waiting)) * macs;
    return new Candidate(
        kind,
        String.join("+", names),
        kind == LearnerSpec.Estimator.RTRL,
        keyBytes,
        eventMacs,
        waiting,
        fits(spec, keyBytes, eventMacs));
  }

  private String name(LearnerSpec.Estimator kind, Recurrence recurrence) {
    return switch (kind) {
      case SNAP1 -> UnitTraces.name(cells(recurrence));
      case TBPTT -> WindowedBptt.name(spec.window());
      case RTRL, AUTO ->
          elementWise(recurrence) ? UnitTraces.name(cells(recurrence)) : BlockRtrl.name(block());
    };
  }

  private Cost cost(LearnerSpec.Estimator kind, Recurrence recurrence) {
    return switch (kind) {
      case SNAP1 -> UnitTraces.cost(cells(recurrence));
      case TBPTT -> WindowedBptt.cost(recurrence, spec.window());
      case RTRL, AUTO ->
          elementWise(recurrence)
              ? UnitTraces.cost(cells(recurrence))
              : BlockRtrl.cost(recurrence, block());
    };
  }

  /** Builds the estimators of a candidate. */
  List<GradientEstimator> build(LearnerSpec.Estimator kind, Kernels kernels) {
    return recurrences.stream().map(each -> build(kind, each, kernels)).toList();
  }

  private GradientEstimator build(
      LearnerSpec.Estimator kind, Recurrence recurrence, Kernels kernels) {
    return switch (kind) {
      case SNAP1 -> new UnitTraces(cells(recurrence), kernels);
      case TBPTT -> new WindowedBptt(recurrence, kernels, spec.window());
      case RTRL, AUTO ->
          elementWise(recurrence)
              ? new UnitTraces(cells(recurrence), kernels)
              : new BlockRtrl(recurrence, kernels, block());
    };
  }

  private boolean elementWise() {
    return recurrences.stream().allMatch(Planner::elementWise);
  }

  private static boolean elementWise(Recurrence recurrence) {
    return recurrence instanceof CellGroup group && group.elementWise();
  }

  private static CellGroup cells(Recurrence recurrence) {
    if (recurrence instanceof CellGroup group) {
      return group;
    }
    throw new IllegalArgumentException(
        "snap1 needs a cell whose units learn apart, but "
            + recurrence.name()
            + " is none; use rtrl or tbptt");
  }

  /** A block of one to two times the number of units costs least (docs/design-notes.md). */
  private int block() {
    if (spec.block() > 0) {
      return spec.block();
    }
    return Math.max(16, Math.min(64, spec.network().units() * 3 / 2));
  }
}
