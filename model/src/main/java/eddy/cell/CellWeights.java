package eddy.cell;

/**
 * The weights of one recurrence, and what is computed from them alone.
 *
 * <p>Layout of the values of a {@link CellGroup}: own [ownWeights][U], input [I][inputGates * U],
 * recurrent [U][recurrentGates * U], bias [biasGates * U]. After every change of values, {@link
 * Recurrence#refresh} renews derived; only values are state.
 */
public final class CellWeights {
  public final float[] values;
  public final float[] derived;

  public CellWeights(float[] values, float[] derived) {
    this.values = values;
    this.derived = derived;
  }

  void requireLength(int parameters) {
    if (values.length != parameters) {
      throw new IllegalArgumentException(
          "expected " + parameters + " weights but got " + values.length);
    }
  }
}
