package eddy.cell;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** The cells by the names that users write; a name gives the groups of cells of one layer. */
public final class Cells {
  /** Recurrences of one layer, given units and inputs. */
  private interface Layer {
    List<Recurrence> of(int units, int inputs);
  }

  private static final Map<String, Layer> LAYERS =
      new TreeMap<>(
          Map.ofEntries(
              entry("elman", Elman::new),
              entry("irnn", Irnn::new),
              entry("indrnn", IndRnn::new),
              entry("lstm-peephole", LstmPeephole::new),
              entry("lstm", Lstm::new),
              entry("gru", Gru::new),
              entry("elstm", Elstm::new),
              entry("rtu", units -> new Rtu(pairs("rtu", units))),
              Map.entry("mixed", Cells::mixed),
              Map.entry("gru-reset-before", (u, i) -> List.of(new GruResetBefore(u, i))),
              Map.entry("jordan", (u, i) -> List.of(new Jordan(u, i)))));

  private Cells() {}

  /** Known names in alphabetical order. */
  public static List<String> names() {
    return List.copyOf(LAYERS.keySet());
  }

  /**
   * The recurrences that stand side by side in a layer and together give its outputs.
   *
   * @throws IllegalArgumentException for an unknown name or a number of units it cannot have
   */
  public static List<Recurrence> layer(LayerSpec spec, int inputs) {
    Layer layer = LAYERS.get(spec.cell());
    if (layer == null) {
      throw new IllegalArgumentException("unknown cell " + spec.cell() + "; known are " + names());
    }
    return layer.of(spec.units(), inputs);
  }

  private static Map.Entry<String, Layer> entry(String name, IntFunction<Cell> cell) {
    return Map.entry(name, (units, inputs) -> List.of(new CellGroup(cell.apply(units), inputs)));
  }

  /** Half the outputs from element-wise LSTM units, half from pairs of trace units. */
  private static List<Recurrence> mixed(int units, int inputs) {
    if (units % 4 != 0) {
      throw new IllegalArgumentException(
          "cell mixed needs units in multiples of 4 but was given " + units);
    }
    return List.of(
        new CellGroup(new Elstm(units / 2), inputs), new CellGroup(new Rtu(units / 4), inputs));
  }

  private static int pairs(String name, int units) {
    if (units % 2 != 0) {
      throw new IllegalArgumentException(
          "cell "
              + name
              + " works in pairs and needs an even number of units but was given "
              + units);
    }
    return units / 2;
  }
}
