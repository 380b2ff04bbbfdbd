package eddy.network;

import eddy.cell.Cells;
import eddy.cell.Delays;
import eddy.cell.LayerSpec;
import eddy.cell.Recurrence;
import eddy.cell.Stack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What a recurrent network consists of.
 *
 * @param kind how the layers are put together
 * @param layer every layer
 * @param layers number of layers, each reading the one below
 * @param residual whether a layer's input is added to its output where the widths agree; the lowest
 *     layer of a recurrent network reads features, and has nothing to add
 * @param lookahead events after the one that is labelled, for bidirectional networks
 * @param mean whether the readout sees the mean of the outputs since the start of the sequence, or
 *     of the window, rather than the last ones
 */
public record NetworkSpec(
    Kind kind, LayerSpec layer, int layers, boolean residual, int lookahead, boolean mean) {
  /** How the layers are put together. */
  public enum Kind {
    /** One after another through time. */
    RECURRENT("recurrent"),
    /** One forward and one backward through a window, side by side. */
    BIDIRECTIONAL("bidirectional"),
    /** One that reads a window, one that unrolls the horizons from what the first has read. */
    ENCODER_DECODER("encoder-decoder"),
    /** The same, and every horizon attends to the whole window. */
    ATTENTION("encoder-decoder-attention");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** How users write it. */
    public String text() {
      return text;
    }

    /** Whether such a network reads a whole window anew at every event. */
    public boolean readsWindow() {
      return this != RECURRENT;
    }

    /** All of them as users write them. */
    public static List<String> texts() {
      return Arrays.stream(values()).map(Kind::text).toList();
    }

    /**
     * The kind that users write so.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static Kind of(String text) {
      return Arrays.stream(values())
          .filter(kind -> kind.text.equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "unknown network " + text + "; known are " + texts()));
    }
  }

  public NetworkSpec {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(layer, "layer");
    if (layers < 1) {
      throw new IllegalArgumentException("layers must be >= 1 but was " + layers);
    }
    Delays line = Delays.of(layer.cell());
    if (line != null && (kind != Kind.RECURRENT || layers > 1 || mean)) {
      throw new IllegalArgumentException(
          layer.cell()
              + " is a delay line without cells: one layer, whose last state is shown, and no other"
              + " kind of network");
    }
    if (lookahead < 0) {
      throw new IllegalArgumentException("lookahead must be >= 0 but was " + lookahead);
    }
    if (lookahead > 0 && kind != Kind.BIDIRECTIONAL) {
      throw new IllegalArgumentException(
          "only a bidirectional network can look ahead, but lookahead was "
              + lookahead
              + " and the network is "
              + kind.text());
    }
  }

  /** One recurrent layer. */
  public static NetworkSpec of(LayerSpec layer) {
    return new NetworkSpec(Kind.RECURRENT, layer, 1, false, 0, false);
  }

  /** How far a network without cells looks back; null for networks of cells. */
  public Delays delays() {
    return Delays.of(layer.cell());
  }

  /** The same network with another layer. */
  public NetworkSpec withLayer(LayerSpec value) {
    return new NetworkSpec(kind, value, layers, residual, lookahead, mean);
  }

  /** The same network with another number of layers. */
  public NetworkSpec withLayers(int number, boolean addTheirInput) {
    return new NetworkSpec(kind, layer, number, addTheirInput, lookahead, mean);
  }

  /** The same layers put together in another way. */
  public NetworkSpec withKind(Kind value, int after) {
    return new NetworkSpec(value, layer, layers, residual, after, mean);
  }

  /** The same network whose readout sees the mean of its outputs. */
  public NetworkSpec withMean() {
    return new NetworkSpec(kind, layer, layers, residual, lookahead, true);
  }

  /**
   * The recurrences of a recurrent network, which stand side by side and together give its outputs:
   * those of one layer, or one {@link Stack} of several.
   *
   * @throws IllegalArgumentException for an unknown cell, or what it cannot have
   */
  public List<Recurrence> recurrences(int inputs) {
    List<Recurrence> result = Cells.layer(layer, inputs);
    if (layers > 1) {
      List<List<Recurrence>> all = new ArrayList<>();
      all.add(result);
      while (all.size() < layers) {
        all.add(Cells.layer(layer, layer.units()));
      }
      result = List.of(new Stack(all, residual));
    }
    return mean ? result.stream().map(Recurrence::summed).toList() : result;
  }

  /**
   * Name for messages and records, such as {@code lstm} or {@code 2 layers of bidirectional lstm}.
   */
  public String name() {
    String cells = kind == Kind.RECURRENT ? cell() : kind.text() + " " + cell();
    return layers > 1 ? layers + " layers of " + cells : cells;
  }

  /** Name of the cell. */
  public String cell() {
    return layer.cell();
  }

  /** Outputs of each layer. */
  public int units() {
    return layer.units();
  }
}
