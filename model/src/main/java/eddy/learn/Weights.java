package eddy.learn;

import eddy.cell.CellWeights;
import eddy.feature.Dictionary;
import eddy.feature.FeatureStatistics;

/**
 * What the keys of one scope share: learned values, optimiser memory, running statistics.
 *
 * <p>Owned by one task; changed by {@link Prequential#observe} only.
 */
public final class Weights {
  /** By group of cells. */
  final CellWeights[] cells;

  /** Optimiser memory of the cells [group][slots * P]. */
  final float[][] cellSlots;

  /** Readout weights [O][F]. */
  final float[] readout;

  final float[] readoutSlots;

  /** Running sizes of the gradients, of cells and readout. */
  final double[] clip;

  final FeatureStatistics features;

  /** Running statistics of each target's head. */
  final double[][] heads;

  /** Classes of each target, null for numbers. */
  final Dictionary[] classes;

  long updates;
  long skipped;

  Weights(
      CellWeights[] cells,
      float[][] cellSlots,
      float[] readout,
      float[] readoutSlots,
      double[] clip,
      FeatureStatistics features,
      double[][] heads,
      Dictionary[] classes) {
    this.cells = cells;
    this.cellSlots = cellSlots;
    this.readout = readout;
    this.readoutSlots = readoutSlots;
    this.clip = clip;
    this.features = features;
    this.heads = heads;
    this.classes = classes;
  }

  /** Number of updates so far. */
  public long updates() {
    return updates;
  }

  /** Number of updates that were not made because their gradient was not finite. */
  public long skipped() {
    return skipped;
  }
}
