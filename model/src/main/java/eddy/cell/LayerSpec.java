package eddy.cell;

import java.util.Objects;

/**
 * What a recurrent layer consists of.
 *
 * @param cell one of {@link Cells#names()}
 * @param units outputs of the layer
 * @param gates functions of the gates, of gated cells
 * @param start how the weights start
 */
public record LayerSpec(String cell, int units, Gates gates, Start start) {
  public LayerSpec {
    Objects.requireNonNull(cell, "cell");
    Objects.requireNonNull(gates, "gates");
    Objects.requireNonNull(start, "start");
    if (units < 1) {
      throw new IllegalArgumentException("units must be >= 1 but was " + units);
    }
  }

  /** A layer with everything else as the cell has it. */
  public LayerSpec(String cell, int units) {
    this(cell, units, Gates.SMOOTH, Start.AUTO);
  }

  public LayerSpec withCell(String value) {
    return new LayerSpec(value, units, gates, start);
  }

  public LayerSpec withUnits(int value) {
    return new LayerSpec(cell, value, gates, start);
  }

  public LayerSpec withGates(Gates value) {
    return new LayerSpec(cell, units, value, start);
  }

  public LayerSpec withStart(Start value) {
    return new LayerSpec(cell, units, gates, value);
  }
}
