package eddy.readout;

import eddy.math.Kernels;
import eddy.math.RandomStream;
import eddy.optim.Clip;
import eddy.optim.GradientStep;
import java.util.Arrays;
import java.util.List;

/**
 * Outputs as functions of the features, by gradient descent: z = W f, or with hidden units z = V
 * [tanh(U f); f].
 *
 * <p>Weights [O][H + F] of the outputs, zero at the start, then [F][H] of the hidden units. Hidden
 * units stand beside the features rather than between, so that the linear part learns at once.
 * Active rows of sparse features are added to z.
 */
public final class GradientReadout implements Readout {
  private final Kernels kernels;
  private final int features;
  private final int hidden;
  private final Slice[] slices;
  private final GradientStep descent;
  private final SparseTable table;
  private final int outputs;
  private final int width;
  private final float[] seen;
  private final float[] seenAdjoint;
  private final float[] adjoint;
  private final float[] gradient;
  private float error;

  /**
   * A readout over {@code features} features for slices of {@code outputs} outputs.
   *
   * @param rows sparse features besides
   * @param activeRows most of them that are active at once
   */
  public GradientReadout(
      Kernels kernels,
      int features,
      int rows,
      int activeRows,
      int hidden,
      int outputs,
      List<Slice> slices,
      GradientStep descent) {
    this.kernels = kernels;
    this.features = features;
    this.hidden = hidden;
    this.outputs = outputs;
    this.slices = slices.toArray(Slice[]::new);
    this.descent = descent;
    table = new SparseTable(rows, activeRows, outputs, this.slices);
    width = hidden + features;
    seen = new float[width];
    seenAdjoint = new float[width];
    adjoint = new float[outputs];
    gradient = new float[parameters()];
  }

  @Override
  public int parameters() {
    return outputs * width + features * hidden;
  }

  @Override
  public long sparseBytes() {
    return table.bytes(descent.slotsPerWeight());
  }

  @Override
  public ReadoutWeights newWeights(RandomStream random) {
    float[] values = new float[parameters()];
    double bound = StrictMath.sqrt(3.0 / features);
    for (int i = outputs * width; i < values.length; i++) {
      values[i] = (float) random.uniform(-bound, bound);
    }
    float[] slots = new float[descent.slotsPerWeight() * values.length];
    SparseRows rows = table.newRows(descent.slotsPerWeight());
    return new ReadoutWeights(values, slots, new double[Clip.MEMORY], rows);
  }

  @Override
  public void outputs(ReadoutWeights weights, float[] f, int[] rows, float[] z) {
    look(weights, f);
    for (Slice slice : slices) {
      for (int o = slice.at(); o < slice.at() + slice.count(); o++) {
        z[o] = kernels.dot(weights.values, o * width, seen, 0, width);
      }
    }
    table.addOutputs(weights.rows, rows, z);
  }

  private void look(ReadoutWeights weights, float[] f) {
    Arrays.fill(seen, 0, hidden, 0f);
    kernels.addRows(f, 0, features, weights.values, outputs * width, hidden, seen, 0);
    kernels.tanh(seen, 0, hidden);
    System.arraycopy(f, 0, seen, hidden, features);
  }

  @Override
  public float learn(
      ReadoutWeights weights,
      Slice slice,
      float[] f,
      int[] rows,
      float[] z,
      double label,
      float[] featureAdjoint) {
    look(weights, f);
    int at = slice.at();
    int count = slice.count();
    slice.loss().adjoint(z, at, count, label, adjoint, at);
    kernels.addOuter(adjoint, at, count, seen, 0, width, gradient, at * width);
    Arrays.fill(seenAdjoint, 0f);
    kernels.addRows(adjoint, at, count, weights.values, at * width, width, seenAdjoint, 0);
    for (int i = 0; i < features; i++) {
      featureAdjoint[i] += seenAdjoint[hidden + i];
    }
    if (hidden > 0) {
      learnHidden(weights, f, featureAdjoint);
    }
    table.learn(slice, rows);
    float size = kernels.optimizers().magnitude(adjoint, at, count);
    error += size;
    return size;
  }

  private void learnHidden(ReadoutWeights weights, float[] f, float[] featureAdjoint) {
    int at = outputs * width;
    for (int h = 0; h < hidden; h++) {
      seenAdjoint[h] *= 1f - seen[h] * seen[h];
    }
    kernels.addOuter(f, 0, features, seenAdjoint, 0, hidden, gradient, at);
    for (int i = 0; i < features; i++) {
      featureAdjoint[i] += kernels.dot(weights.values, at + i * hidden, seenAdjoint, 0, hidden);
    }
  }

  @Override
  public boolean update(ReadoutWeights weights, long step) {
    descent.begin(step, error);
    error = 0f;
    descent.measure(gradient, 0, gradient.length);
    table.measure(descent, adjoint);
    boolean usable = descent.bound(weights.memory);
    if (usable) {
      descent.move(gradient, weights.values, weights.slots, 0, gradient.length);
      table.move(descent, adjoint, weights.rows);
    }
    table.clear();
    Arrays.fill(gradient, 0f);
    return usable;
  }
}
