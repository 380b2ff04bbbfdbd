package eddy.window;

import eddy.cell.CellWeights;
import eddy.cell.Cells;
import eddy.cell.InputRows;
import eddy.cell.Recurrence;
import eddy.gradient.RecurrentState;
import eddy.math.Alignment;
import eddy.math.Kernels;
import eddy.math.RandomStream;
import eddy.network.Network;
import eddy.network.NetworkSpec;
import eddy.network.NetworkSpec.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a network over a window consists of: its costs are known before its memory is taken.
 *
 * <p>Blocks of weights: of every layer from the lowest, forward then backward; then, of an
 * encoder-decoder, the start map, the attention, the decoder's layer.
 */
public final class Composition {
  private final NetworkSpec spec;
  private final int window;
  private final int lanes;
  private final boolean mean;
  private final InputRing ring;
  private final List<List<Recurrence>> layers = new ArrayList<>();
  private final List<Recurrence> decoder;
  private final StartMap.Shape startShape;
  private final Attention.Shape attentionShape;
  private final Block[] blocks;

  /**
   * A network of the spec.
   *
   * @param inputs numbers of an input
   * @param window inputs up to the one that is looked at
   * @param lanes distinct horizons
   */
  public Composition(NetworkSpec spec, int inputs, int window, int lanes) {
    this.spec = spec;
    this.window = window;
    this.lanes = lanes;
    mean = spec.mean();
    boolean bothWays = spec.kind() == Kind.BIDIRECTIONAL;
    int capacity = Math.addExact(window, bothWays ? spec.lookahead() : 0);
    ring = new InputRing(capacity, inputs);
    int width = inputs;
    for (int l = 0; l < spec.layers(); l++) {
      List<Recurrence> layer = Cells.layer(spec.layer(), width);
      layers.add(layer);
      width = (bothWays ? 2 : 1) * layer.stream().mapToInt(Recurrence::outputs).sum();
    }
    decoder = bothWays ? List.of() : Cells.layer(spec.layer(), width);
    int state = decoder.stream().mapToInt(Recurrence::stateLength).sum();
    startShape = new StartMap.Shape(width, state);
    attentionShape = new Attention.Shape(width, width, width);
    List<Block> all = new ArrayList<>();
    for (List<Recurrence> layer : layers) {
      for (int way = 0; way < (bothWays ? 2 : 1); way++) {
        layer.stream().map(Block::of).forEach(all::add);
      }
    }
    if (!bothWays) {
      all.add(startShape);
      if (spec.kind() == Kind.ATTENTION) {
        all.add(attentionShape);
      }
      decoder.stream().map(Block::of).forEach(all::add);
    }
    blocks = all.toArray(Block[]::new);
  }

  /** The network. */
  public Network build(Kernels kernels) {
    return spec.kind() == Kind.BIDIRECTIONAL
        ? new Bidirectional(this, kernels, spec.lookahead(), mean)
        : new EncoderDecoder(this, kernels, lanes, spec.kind() == Kind.ATTENTION, mean);
  }

  /** Floats of state that a key keeps for each lane. */
  public long stateLength() {
    return ring.length();
  }

  /** Multiply-adds of looking at a window, for all lanes. */
  public long unrollMacs() {
    long macs = 0;
    for (int l = 0; l < layers.size(); l++) {
      macs += steps(l) * sum(layers.get(l), false);
    }
    return macs + decoderMacs(lanes, false);
  }

  /** Multiply-adds of pulling the adjoint of a lane back through all of it. */
  public long pullBackMacs(int lane) {
    long macs = 0;
    for (int l = 0; l < layers.size(); l++) {
      macs += steps(l) * sum(layers.get(l), true);
    }
    return macs + decoderMacs(lanes - lane, true);
  }

  /** Steps of a layer, both ways together; only the topmost one goes no farther than it must. */
  private long steps(int layer) {
    if (spec.kind() != Kind.BIDIRECTIONAL) {
      return window;
    }
    boolean whole = mean || layer < layers.size() - 1;
    return whole ? 2L * ring.capacity() : ring.capacity() + 1L;
  }

  private long decoderMacs(int steps, boolean back) {
    if (decoder.isEmpty()) {
      return 0;
    }
    long macs = startShape.parameters() + steps * sum(decoder, back);
    if (spec.kind() == Kind.ATTENTION) {
      macs += window * attentionShape.keyMacs() + steps * attentionShape.stepMacs(window);
    }
    return macs;
  }

  private static long sum(List<Recurrence> layer, boolean back) {
    return layer.stream().mapToLong(back ? Recurrence::pullBackMacs : Recurrence::stepMacs).sum();
  }

  /** Name of how gradients are obtained. */
  public String estimator() {
    return "bptt(" + window + ")";
  }

  InputRing ring() {
    return ring;
  }

  LayerStack stack(Kernels kernels) {
    boolean bothWays = spec.kind() == Kind.BIDIRECTIONAL;
    return new LayerStack(kernels, layers, bothWays, spec.residual(), ring.capacity());
  }

  List<Recurrence> decoder() {
    return decoder;
  }

  StartMap.Shape startShape() {
    return startShape;
  }

  Attention.Shape attentionShape() {
    return attentionShape;
  }

  int blocks() {
    return blocks.length;
  }

  int parameters(int block) {
    return blocks[block].parameters();
  }

  /** Only the lowest layer, each way, reads inputs. */
  Alignment align(int block, Alignment inputs, float share) {
    List<Recurrence> lowest = layers.get(0);
    int readers = (spec.kind() == Kind.BIDIRECTIONAL ? 2 : 1) * lowest.size();
    if (block >= readers) {
      return Alignment.same(parameters(block), share);
    }
    List<InputRows> rows = lowest.get(block % lowest.size()).inputRows();
    return InputRows.align(rows, parameters(block), inputs, share);
  }

  CellWeights[] newWeights(RandomStream random) {
    return Arrays.stream(blocks).map(block -> block.newWeights(random)).toArray(CellWeights[]::new);
  }

  void refresh(Kernels kernels, CellWeights[] weights) {
    for (int b = 0; b < blocks.length; b++) {
      blocks[b].refresh(kernels, weights[b]);
    }
  }

  RecurrentState[] newState() {
    return new RecurrentState[] {new RecurrentState(Math.toIntExact(ring.length()), 0)};
  }

  /** Replaces values by 0 where one of them left the range of float; false where it did. */
  static boolean finiteOrZero(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        Arrays.fill(values, 0f);
        return false;
      }
    }
    return true;
  }
}
