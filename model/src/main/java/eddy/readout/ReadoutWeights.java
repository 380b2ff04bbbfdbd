package eddy.readout;

/** What a readout has learned; the meaning of the arrays is the readout's own. */
public final class ReadoutWeights {
  /** Learned weights. */
  public final float[] values;

  /** Memory of an optimiser. */
  public final float[] slots;

  /** Second-order memory, and running sizes of gradients. */
  public final double[] memory;

  /** Weights of sparse features. */
  public final SparseRows rows;

  ReadoutWeights(float[] values, float[] slots, double[] memory, SparseRows rows) {
    this.values = values;
    this.slots = slots;
    this.memory = memory;
    this.rows = rows;
  }
}
