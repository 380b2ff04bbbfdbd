package eddy.network;

import eddy.cell.LayerSpec;
import java.util.Objects;

/**
 * What a recurrent network consists of.
 *
 * @param kind how the layers are put together
 * @param layer every layer
 * @param layers number of layers, each reading the one below
 * @param residual whether a layer's input is added to its output where the widths agree
 * @param lookahead events after the one that is labelled, for bidirectional networks
 */
public record NetworkSpec(Kind kind, LayerSpec layer, int layers, boolean residual, int lookahead) {
  /** How the layers are put together. */
  public enum Kind {
    /** One after another through time. */
    RECURRENT,
    /** One forward and one backward through a window, side by side. */
    BIDIRECTIONAL,
    /** One that reads a window, one that unrolls the horizons from what the first has read. */
    ENCODER_DECODER,
    /** The same, and every horizon attends to the whole window. */
    ATTENTION
  }

  public NetworkSpec {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(layer, "layer");
    if (layers < 1) {
      throw new IllegalArgumentException("layers must be >= 1 but was " + layers);
    }
    if (lookahead < 0) {
      throw new IllegalArgumentException("lookahead must be >= 0 but was " + lookahead);
    }
  }

  /** One recurrent layer. */
  public static NetworkSpec of(LayerSpec layer) {
    return new NetworkSpec(Kind.RECURRENT, layer, 1, false, 0);
  }

  /** Name of the cell, for messages. */
  public String cell() {
    return layer.cell();
  }

  /** Outputs of each layer. */
  public int units() {
    return layer.units();
  }
}
