package eddy.cell;

/**
 * The weights of one recurrence, and what is computed from them alone.
 *
 * <p>Layout of the values of a {@link CellGroup}: own [ownWeights][U], input [I][inputGates * U],
 * recurrent [U][recurrentGates * U], bias [biasGates * U]. After every change of values, {@link
 * Recurrence#refresh} renews derived and parts; only values are state.
 */
public final class CellWeights {
  private static final float[] NOTHING = {};
  private static final CellWeights[] NONE = {};

  public final float[] values;
  public final float[] derived;

  /** Copies of slices of the values, of a recurrence that is made of others. */
  final CellWeights[] parts;

  public CellWeights(float[] values, float[] derived) {
    this.values = values;
    this.derived = derived;
    parts = NONE;
  }

  CellWeights(float[] values, CellWeights[] parts) {
    this.values = values;
    this.parts = parts;
    derived = NOTHING;
  }

  void requireLength(int parameters) {
    if (values.length != parameters) {
      throw new IllegalArgumentException(
          "expected " + parameters + " weights but got " + values.length);
    }
  }
}
