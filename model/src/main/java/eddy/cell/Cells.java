package eddy.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** The cells by the names that users write; a name gives the groups of cells of one layer. */
public final class Cells {
  private static final Map<String, IntFunction<List<Cell>>> LAYERS =
      new TreeMap<>(
          Map.of(
              "elman", units -> List.of(new Elman(units)),
              "irnn", units -> List.of(new Irnn(units)),
              "indrnn", units -> List.of(new IndRnn(units)),
              "lstm-peephole", units -> List.of(new LstmPeephole(units)),
              "lstm", units -> List.of(new Lstm(units)),
              "gru", units -> List.of(new Gru(units)),
              "elstm", units -> List.of(new Elstm(units)),
              "rtu", units -> List.of(new Rtu(pairs("rtu", units))),
              "mixed", Cells::mixed));

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
    IntFunction<List<Cell>> layer = LAYERS.get(spec.cell());
    if (layer == null) {
      throw new IllegalArgumentException("unknown cell " + spec.cell() + "; known are " + names());
    }
    List<Recurrence> result = new ArrayList<>();
    for (Cell cell : layer.apply(spec.units())) {
      result.add(new CellGroup(cell, inputs));
    }
    return List.copyOf(result);
  }

  /** Half the outputs from element-wise LSTM units, half from pairs of trace units. */
  private static List<Cell> mixed(int units) {
    if (units % 4 != 0) {
      throw new IllegalArgumentException(
          "cell mixed needs units in multiples of 4 but was given " + units);
    }
    return List.of(new Elstm(units / 2), new Rtu(units / 4));
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
