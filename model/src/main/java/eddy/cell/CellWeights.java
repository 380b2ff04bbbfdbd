package eddy.cell;

/**
 * The weights of one group of cells, and what is computed from them alone.
 *
 * <p>Layout of values: own [ownWeights][U], input [I][inputGates * U], recurrent [U][recurrentGates
 * * U], bias [biasGates * U]. After every change of values, {@link CellGroup#refresh} renews
 * derived; only values are state.
 */
public final class CellWeights {
  public final float[] values;
  public final float[] derived;

  public CellWeights(float[] values, float[] derived) {
    this.values = values;
    this.derived = derived;
  }
}
