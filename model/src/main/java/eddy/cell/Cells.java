package eddy.cell;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The cells by the names that users write; a name gives the recurrences of one layer. */
public final class Cells {
  /** Recurrences of one layer. */
  private interface Layer {
    List<Recurrence> of(LayerSpec spec, int inputs);
  }

  private static final Map<String, Layer> LAYERS =
      new TreeMap<>(
          Map.ofEntries(
              entry("elman", spec -> new Elman(spec.units())),
              entry("irnn", spec -> new Irnn(spec.units())),
              entry("indrnn", spec -> new IndRnn(spec.units())),
              entry("lstm-peephole", spec -> new LstmPeephole(spec.units(), spec.gates())),
              entry("lstm", spec -> new Lstm(spec.units(), spec.gates())),
              entry("gru", spec -> new Gru(spec.units(), spec.gates())),
              Map.entry("gru-reset-before", Cells::gruResetBefore),
              Map.entry("jordan", Cells::jordan),
              entry("elstm", spec -> new Elstm(spec.units(), spec.gates())),
              entry("rtu", spec -> new Rtu(parts(spec, 2))),
              entry("rtu-time", spec -> new TimedRtu(parts(spec, 2))),
              Map.entry("mixed", (spec, inputs) -> mixed(new Rtu(parts(spec, 4)), spec, inputs)),
              Map.entry(
                  "mixed-time",
                  (spec, inputs) -> mixed(new TimedRtu(parts(spec, 4)), spec, inputs))));

  /** Cells with gates that keep a memory: these have hard gates and forget biases. */
  private static final Set<String> GATED =
      Set.of("lstm", "lstm-peephole", "gru", "gru-reset-before", "elstm");

  private Cells() {}

  /** Known names in alphabetical order. */
  public static List<String> names() {
    return List.copyOf(LAYERS.keySet());
  }

  /** Names of the cells that have hard gates and forget biases, in alphabetical order. */
  public static List<String> gated() {
    return GATED.stream().sorted().toList();
  }

  /** Everything that users may write for a cell: all names, and the forms of delay lines. */
  public static List<String> forms() {
    return Stream.concat(names().stream(), Delays.forms().stream()).sorted().toList();
  }

  /**
   * The recurrences that stand side by side in a layer and together give its outputs.
   *
   * @throws IllegalArgumentException for an unknown name or what the cell cannot have
   */
  public static List<Recurrence> layer(LayerSpec spec, int inputs) {
    Layer layer = LAYERS.get(spec.cell());
    if (layer == null) {
      throw new IllegalArgumentException("unknown cell " + spec.cell() + "; known are " + forms());
    }
    if (spec.gates() != Gates.SMOOTH) {
      requireGates(spec.cell(), "smooth");
    }
    if (spec.start().forgetBias().kind() != ForgetBias.Kind.AUTO) {
      requireGates(spec.cell(), "auto");
    }
    return layer.of(spec, inputs);
  }

  private static void requireGates(String cell, String otherwise) {
    if (!GATED.contains(cell)) {
      throw new IllegalArgumentException(
          "cell "
              + cell
              + " has no such gates; write "
              + otherwise
              + ", or a cell of "
              + String.join(", ", gated()));
    }
  }

  private static Map.Entry<String, Layer> entry(String name, Function<LayerSpec, Cell> cell) {
    return Map.entry(
        name, (spec, inputs) -> List.of(new CellGroup(cell.apply(spec), inputs, spec.start())));
  }

  private static List<Recurrence> gruResetBefore(LayerSpec spec, int inputs) {
    return List.of(new GruResetBefore(spec.units(), spec.gates(), inputs, spec.start()));
  }

  private static List<Recurrence> jordan(LayerSpec spec, int inputs) {
    return List.of(new Jordan(spec.units(), inputs, spec.start()));
  }

  /** Half the outputs from element-wise LSTM units, half from pairs of trace units. */
  private static List<Recurrence> mixed(Cell pairs, LayerSpec spec, int inputs) {
    Cell elstm = new Elstm(spec.units() / 2, spec.gates());
    return List.of(
        new CellGroup(elstm, inputs, spec.start()), new CellGroup(pairs, inputs, spec.start()));
  }

  /** A number of units that must be whole parts of the outputs. */
  private static int parts(LayerSpec spec, int size) {
    if (spec.units() % size != 0) {
      throw new IllegalArgumentException(
          "cell "
              + spec.cell()
              + " needs units in multiples of "
              + size
              + " but was given "
              + spec.units());
    }
    return spec.units() / size;
  }
}
