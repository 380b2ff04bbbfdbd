package eddy.cell;

import eddy.math.Kernels;
import eddy.math.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Layers on top of each other as one recurrence: each reads what the one below shows after the same
 * step, and the readout sees the topmost.
 *
 * <p>State, weights and tapes are those of all layers, from the lowest, one after another; a layer
 * may be several recurrences side by side. Residual: every layer but the lowest, which reads no
 * outputs, adds what it reads to what it shows. As one recurrence it is learned exactly by windowed
 * back-propagation within the window, and by block RTRL always, at the joint cost: S * P floats of
 * the states and weights of all layers together. Holds scratch: one per thread.
 */
public final class Stack implements Recurrence {
  private final boolean residual;
  private final StackedLayer[] layers;
  private final List<Recurrence> parts;
  private final StackedLayer top;

  /**
   * A stack.
   *
   * @param layers from the lowest; each reads as many numbers as the one below has outputs
   * @param residual whether layers add what they read to what they show; all are of one width then
   */
  public Stack(List<List<Recurrence>> layers, boolean residual) {
    this.residual = residual;
    List<StackedLayer> all = new ArrayList<>();
    StackedLayer below = null;
    for (List<Recurrence> layer : layers) {
      StackedLayer next = new StackedLayer(layer, below);
      if (below != null) {
        requireFit(below, next);
      }
      all.add(next);
      below = next;
    }
    this.layers = all.toArray(StackedLayer[]::new);
    parts = layers.stream().flatMap(List::stream).toList();
    top = below;
  }

  private void requireFit(StackedLayer below, StackedLayer layer) {
    int width = below.shown.length;
    boolean reads = layer.parts().stream().allMatch(part -> part.inputs() == width);
    if (!reads || residual && layer.shown.length != width) {
      throw new IllegalArgumentException(
          String.format(
              "a layer of %d outputs over %d inputs does not fit onto one of %d outputs%s",
              layer.shown.length,
              layer.inputs(),
              width,
              residual ? "; to add its input it needs as many outputs" : ""));
    }
  }

  @Override
  public String name() {
    return layers.length + " layers of " + parts.get(0).name();
  }

  @Override
  public int inputs() {
    return layers[0].inputs();
  }

  @Override
  public List<NamedWeights> named(int layer) {
    List<NamedWeights> all = new ArrayList<>();
    for (int l = 0; l < layers.length; l++) {
      all.addAll(layers[l].named(layer + l));
    }
    return all;
  }

  @Override
  public List<InputRows> inputRows() {
    return layers[0].inputRows();
  }

  @Override
  public int outputs() {
    return top.shown.length;
  }

  @Override
  public int stateLength() {
    return top.stateEnd;
  }

  @Override
  public int parameters() {
    return top.weightsEnd;
  }

  @Override
  public int tapeLength() {
    return top.tapeEnd;
  }

  @Override
  public long stepMacs() {
    return parts.stream().mapToLong(Recurrence::stepMacs).sum();
  }

  @Override
  public long pullBackMacs() {
    return parts.stream().mapToLong(Recurrence::pullBackMacs).sum();
  }

  @Override
  public CellWeights newWeights(RandomStream random, double inputPower) {
    float[] values = new float[parameters()];
    int at = 0;
    int lowest = layers[0].parts().size();
    for (int i = 0; i < parts.size(); i++) {
      Recurrence part = parts.get(i);
      double power = i < lowest ? inputPower : part.inputs();
      System.arraycopy(part.newWeights(random, power).values, 0, values, at, part.parameters());
      at += part.parameters();
    }
    return weightsOf(values);
  }

  @Override
  public CellWeights weightsOf(float[] values) {
    CellWeights[] ofParts =
        parts.stream()
            .map(part -> part.weightsOf(new float[part.parameters()]))
            .toArray(CellWeights[]::new);
    CellWeights weights = new CellWeights(values, ofParts);
    weights.requireLength(parameters());
    refresh(Kernels.scalar(), weights);
    return weights;
  }

  @Override
  public void refresh(Kernels kernels, CellWeights weights) {
    for (StackedLayer layer : layers) {
      layer.refresh(kernels, weights);
    }
  }

  @Override
  public void step(
      Kernels kernels, CellWeights weights, float[] x, float dt, float[] state, float[] next) {
    record(kernels, weights, x, dt, state, next, null, 0);
  }

  @Override
  public void record(
      Kernels kernels,
      CellWeights weights,
      float[] x,
      float dt,
      float[] state,
      float[] next,
      float[] tape,
      int at) {
    float[] input = x;
    for (StackedLayer layer : layers) {
      layer.step(kernels, weights, input, dt, state, next, tape, at);
      if (residual && layer != layers[0]) {
        add(input, layer.shown, 0);
      }
      input = layer.shown;
    }
  }

  private static void add(float[] added, float[] sum, int at) {
    for (int i = 0; i < added.length; i++) {
      sum[at + i] += added[i];
    }
  }

  @Override
  public void pullBack(
      Kernels kernels,
      CellWeights weights,
      float[] tape,
      int at,
      float[] adjoint,
      float[] inputAdjoint,
      float[] gradient,
      int gradientAt) {
    // what the readout makes of the topmost layer is in its state's adjoint already
    Arrays.fill(top.shownAdjoint, 0f);
    for (int l = layers.length - 1; l >= 0; l--) {
      StackedLayer layer = layers[l];
      float[] below = inputAdjoint;
      if (l > 0) {
        below = layers[l - 1].shownAdjoint;
        Arrays.fill(below, 0f);
        if (residual) {
          add(layer.shownAdjoint, below, 0);
        }
      }
      layer.pullBack(kernels, weights, tape, at, adjoint, below, gradient, gradientAt);
    }
  }

  /** What the topmost layer shows; with residuals the sum of all, as each adds those below. */
  @Override
  public void output(Kernels kernels, float[] state, float[] output, int at) {
    Arrays.fill(output, at, at + outputs(), 0f);
    for (int l = lowestShown(); l < layers.length; l++) {
      layers[l].show(kernels, state);
      add(layers[l].shown, output, at);
    }
  }

  private int lowestShown() {
    return residual ? 0 : layers.length - 1;
  }

  @Override
  public void addOutputAdjoint(
      Kernels kernels,
      float[] state,
      float[] output,
      float[] adjoint,
      int at,
      float[] stateAdjoint) {
    for (int l = lowestShown(); l < layers.length; l++) {
      layers[l].addShownAdjoint(kernels, state, adjoint, at, stateAdjoint);
    }
  }
}
