package eddy.learn;

import eddy.cell.CellGroup;
import eddy.cell.Recurrence;
import eddy.gradient.BlockRtrl;
import eddy.gradient.GradientEstimator;
import eddy.gradient.GradientEstimator.Cost;
import eddy.gradient.UnitTraces;
import eddy.gradient.WindowedBptt;
import eddy.math.Kernels;
import java.util.List;
import java.util.Locale;

/**
 * Chooses the gradient estimator by what it costs, computed from the configuration alone: the same
 * configuration is the same model on every machine.
 */
final class Planner {
  /**
   * An estimator for all groups of a layer.
   *
   * @param kind what was asked for or fallen back to
   * @param keyBytes bytes of state per key
   * @param eventMacs multiply-adds per event
   */
  record Plan(LearnerSpec.Estimator kind, long keyBytes, long eventMacs) {
    boolean fits(LearnerSpec.Budget budget) {
      return keyBytes <= budget.keyBytes() && eventMacs <= budget.eventMacs();
    }
  }

  private final LearnerSpec spec;
  private final List<Recurrence> recurrences;
  private final int lanes;
  private final long otherBytes;

  /**
   * A planner for one layer.
   *
   * @param lanes traces that a key keeps
   * @param otherBytes bytes that a key keeps besides traces
   */
  Planner(LearnerSpec spec, List<Recurrence> recurrences, int lanes, long otherBytes) {
    this.spec = spec;
    this.recurrences = recurrences;
    this.lanes = lanes;
    this.otherBytes = otherBytes;
  }

  /**
   * The most exact estimator inside the budget, or the one that was asked for.
   *
   * @throws IllegalArgumentException where none fits
   */
  Plan choose() {
    if (spec.estimator() != LearnerSpec.Estimator.AUTO) {
      return required(plan(spec.estimator()));
    }
    Plan exact = plan(LearnerSpec.Estimator.RTRL);
    return exact.fits(spec.budget()) ? exact : required(plan(LearnerSpec.Estimator.TBPTT));
  }

  private Plan required(Plan plan) {
    if (!plan.fits(spec.budget())) {
      throw new IllegalArgumentException(
          String.format(
              "cell %s with %d units learned by %s needs %d bytes per key and %d multiply-adds per"
                  + " event, above eddy.budget.key.bytes=%d or eddy.budget.event.macs=%d; raise the"
                  + " budget, or lower eddy.units or eddy.window",
              spec.network().cell(),
              spec.network().units(),
              plan.kind().name().toLowerCase(Locale.ROOT),
              plan.keyBytes(),
              plan.eventMacs(),
              spec.budget().keyBytes(),
              spec.budget().eventMacs()));
    }
    return plan;
  }

  private Plan plan(LearnerSpec.Estimator kind) {
    long floats = 0;
    long macs = 0;
    for (Recurrence recurrence : recurrences) {
      Cost cost = cost(kind, recurrence);
      floats += cost.traceLength();
      macs += cost.macsPerEvent();
    }
    return new Plan(kind, otherBytes + lanes * floats * Float.BYTES, lanes * macs);
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

  /** Builds the estimators of a plan. */
  List<GradientEstimator> build(Plan plan, Kernels kernels) {
    return recurrences.stream().map(each -> build(plan.kind(), each, kernels)).toList();
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

  /** A block near the number of units costs least (docs/design-notes.md). */
  private int block() {
    if (spec.block() > 0) {
      return spec.block();
    }
    return Math.max(16, Math.min(64, Integer.highestOneBit(2 * spec.network().units())));
  }
}
