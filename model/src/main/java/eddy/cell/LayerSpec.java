package eddy.cell;

import java.util.Objects;

/**
 * What a recurrent layer consists of.
 *
 * @param cell one of {@link Cells#names()}
 * @param units outputs of the layer
 */
public record LayerSpec(String cell, int units) {
  public LayerSpec {
    Objects.requireNonNull(cell, "cell");
    if (units < 1) {
      throw new IllegalArgumentException("units must be >= 1 but was " + units);
    }
  }
}
