package eddy.benchmark;

import eddy.cell.CellGroup;
import eddy.cell.Cells;
import eddy.cell.LayerSpec;
import eddy.cell.Recurrence;
import eddy.gradient.BlockRtrl;
import eddy.gradient.GradientEstimator;
import eddy.gradient.UnitTraces;
import eddy.gradient.WindowedBptt;
import eddy.learn.LearnerSpec.Estimator;
import eddy.math.Kernels;
import eddy.network.Network;
import eddy.network.RecurrentLayer;
import java.util.ArrayList;
import java.util.List;

/** Recurrent layers out of the model's public pieces, for what a learner's targets cannot say. */
public final class Layers {
  private Layers() {}

  /**
   * One layer, each of its recurrences with the estimator asked for.
   *
   * @param steps of a window or a block
   */
  public static Network of(
      LayerSpec spec, int inputs, Estimator estimator, int steps, Kernels kernels) {
    List<Recurrence> recurrences = Cells.layer(spec, inputs);
    List<GradientEstimator> estimators = new ArrayList<>();
    for (Recurrence recurrence : recurrences) {
      estimators.add(estimator(recurrence, estimator, steps, kernels));
    }
    return new RecurrentLayer(kernels, recurrences, estimators);
  }

  private static GradientEstimator estimator(
      Recurrence recurrence, Estimator estimator, int steps, Kernels kernels) {
    if (estimator == Estimator.TBPTT) {
      return new WindowedBptt(recurrence, kernels, steps);
    }
    boolean ownUnits = estimator == Estimator.SNAP1;
    if (recurrence instanceof CellGroup group && (ownUnits || group.elementWise())) {
      return new UnitTraces(group, kernels);
    }
    if (ownUnits) {
      throw new IllegalArgumentException("snap1 needs gated cells, but got " + recurrence.name());
    }
    return new BlockRtrl(recurrence, kernels, steps);
  }
}
