package eddy.readout;

import eddy.math.Alignment;
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
 * <p>Weights of the slices' outputs, one {@link LinearMap} after another, zero at the start, then
 * [F][H] of the hidden units. Hidden units stand beside the features rather than between, so that
 * the linear part learns at once. Rows of features that were zero cost nothing, nor does their
 * update where the optimiser leaves weights without gradient alone. Active rows of sparse features
 * are added to z.
 */
public final class GradientReadout implements Readout {
  private final Kernels kernels;
  private final int features;
  private final int dense;
  private final int hidden;
  private final Slice[] slices;
  private final LinearMap[] maps;
  private final int[] mapAt;
  private final int hiddenAt;
  private final GradientStep descent;
  private final SparseTable table;
  private final float[] seen;
  private final float[] seenAdjoint;
  private final float[] adjoint;
  private final float[] gradient;

  /** What was touched since the last update: by slice, then of the hidden units. */
  private final boolean[] learned;

  private final Rows[] touched;
  private float error;

  /**
   * A readout over {@code features} features for slices of {@code outputs} outputs.
   *
   * @param dense first features, rarely zero, whose adjoint is asked for
   * @param rows sparse features besides
   */
  public GradientReadout(
      Kernels kernels,
      int features,
      int dense,
      RowRange rows,
      int hidden,
      int outputs,
      List<Slice> slices,
      GradientStep descent) {
    this.kernels = kernels;
    this.features = features;
    this.dense = dense;
    this.hidden = hidden;
    this.slices = slices.toArray(Slice[]::new);
    this.descent = descent;
    table = new SparseTable(rows, outputs, this.slices);
    int count = slices.size();
    maps = new LinearMap[count];
    mapAt = new int[count];
    touched = new Rows[count + 1];
    learned = new boolean[count];
    int at = 0;
    for (int s = 0; s < count; s++) {
      maps[s] = new LinearMap(kernels, hidden + features, hidden + dense, this.slices[s].count());
      mapAt[s] = at;
      touched[s] = new Rows(maps[s].rows());
      at += maps[s].length();
    }
    hiddenAt = at;
    touched[count] = new Rows(hidden > 0 ? features : 0);
    seen = new float[hidden + features];
    seenAdjoint = new float[hidden + dense];
    adjoint = new float[outputs];
    gradient = new float[parameters()];
  }

  @Override
  public int parameters() {
    return hiddenAt + features * hidden;
  }

  @Override
  public long sparseBytes() {
    return table.bytes(descent.slotsPerWeight());
  }

  @Override
  public ReadoutWeights newWeights(RandomStream random) {
    float[] values = new float[parameters()];
    double bound = StrictMath.sqrt(3.0 / features);
    for (int i = hiddenAt; i < values.length; i++) {
      values[i] = (float) random.uniform(-bound, bound);
    }
    float[] slots = new float[descent.slotsPerWeight() * values.length];
    SparseRows rows = table.newRows(descent.slotsPerWeight());
    return new ReadoutWeights(values, slots, new double[Clip.MEMORY], rows);
  }

  @Override
  public void outputs(ReadoutWeights weights, float[] f, int[] rows, float[] z) {
    look(weights, f);
    for (int s = 0; s < slices.length; s++) {
      maps[s].outputs(weights.values, mapAt[s], seen, z, slices[s].at());
    }
    table.addOutputs(weights.rows, rows, z);
  }

  private void look(ReadoutWeights weights, float[] f) {
    System.arraycopy(f, 0, seen, hidden, features);
    if (hidden > 0) {
      Arrays.fill(seen, 0, hidden, 0f);
      kernels.addProduct(
          1, dense, hidden, f, 0, dense, weights.values, hiddenAt, hidden, seen, 0, hidden);
      int rest = hiddenAt + dense * hidden;
      kernels.addRows(f, dense, features - dense, weights.values, rest, hidden, seen, 0);
      kernels.tanh(seen, 0, hidden);
    }
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
    int s = Slice.number(slices, slice);
    int at = slice.at();
    slice.loss().adjoint(kernels, z, at, slice.count(), label, adjoint, at);
    maps[s].addOuter(adjoint, at, seen, gradient, mapAt[s]);
    learned[s] = true;
    touched[s].mark(seen, hidden + dense);
    Arrays.fill(seenAdjoint, 0f);
    maps[s].addAdjoint(weights.values, mapAt[s], adjoint, at, seenAdjoint);
    for (int i = 0; i < dense; i++) {
      featureAdjoint[i] += seenAdjoint[hidden + i];
    }
    if (hidden > 0) {
      learnHidden(weights, f, featureAdjoint);
    }
    table.learn(slice, rows);
    float size = kernels.optimizers().magnitude(adjoint, at, slice.count());
    error += size;
    return size;
  }

  private void learnHidden(ReadoutWeights weights, float[] f, float[] featureAdjoint) {
    for (int h = 0; h < hidden; h++) {
      seenAdjoint[h] *= 1f - seen[h] * seen[h];
    }
    touched[slices.length].mark(f, 0);
    kernels.addOuter(f, 0, features, seenAdjoint, 0, hidden, gradient, hiddenAt);
    kernels.addDots(weights.values, hiddenAt, dense, hidden, seenAdjoint, 0, featureAdjoint, 0);
  }

  @Override
  public void merge(
      ReadoutWeights weights,
      ReadoutWeights base,
      ReadoutWeights foreign,
      ReadoutWeights foreignBase,
      Alignment feature,
      Alignment output,
      float share) {
    Alignment units = Alignment.same(hidden, share);
    Alignment all = Alignment.same(0, share);
    for (int s = 0; s < slices.length; s++) {
      Alignment own = output.slice(slices[s].at(), slices[s].count());
      all = all.then(maps[s].align(units.then(feature), own));
    }
    all = all.then(Alignment.matrix(feature, units));
    all.advance(weights.values, base.values, foreign.values, foreignBase.values, 0);
    descent.merge(all, weights.slots, base.slots, foreign.slots, foreignBase.slots);
    Clip.merge(weights.memory, foreign.memory, share);
    table.merge(descent, weights.rows, base.rows, foreign.rows, foreignBase.rows, output);
  }

  @Override
  public void share(ReadoutWeights weights, ReadoutWeights base, int partitions) {
    float part = descent.part(partitions);
    Alignment.shorten(weights.values, base.values, part);
    for (int i = 0; i < weights.rows.count(); i++) {
      int row = weights.rows.row(i);
      base.rows.require(row);
      Alignment.shorten(weights.rows.values(row), base.rows.values(row), part);
    }
  }

  @Override
  public boolean update(ReadoutWeights weights, long step) {
    descent.begin(step, error);
    error = 0f;
    for (Rows rows : touched) {
      rows.list();
    }
    forEachRange(Pass.MEASURE, weights);
    table.measure(descent, adjoint);
    boolean usable = descent.bound(weights.memory);
    if (usable) {
      move(weights);
    }
    table.clear();
    forEachRange(Pass.CLEAR, weights);
    Arrays.fill(learned, false);
    for (Rows rows : touched) {
      rows.clear();
    }
    return usable;
  }

  private void move(ReadoutWeights weights) {
    if (descent.restsAtZero()) {
      forEachRange(Pass.MOVE, weights);
    } else {
      descent.move(gradient, weights.values, weights.slots, 0, gradient.length);
    }
    table.move(descent, adjoint, weights.rows);
  }

  /** What is done to every range of the gradient that may be other than zero. */
  private enum Pass {
    MEASURE,
    MOVE,
    CLEAR
  }

  private void forEachRange(Pass pass, ReadoutWeights weights) {
    for (int s = 0; s < slices.length; s++) {
      if (learned[s]) {
        range(pass, weights, mapAt[s], maps[s].rowsAt());
        rows(pass, weights, touched[s], mapAt[s] + maps[s].rowsAt(), maps[s].outputs);
      }
    }
    rows(pass, weights, touched[slices.length], hiddenAt, hidden);
  }

  private void rows(Pass pass, ReadoutWeights weights, Rows rows, int at, int width) {
    for (int run = 0; run < rows.runs(); run++) {
      range(pass, weights, at + rows.from(run) * width, rows.length(run) * width);
    }
  }

  private void range(Pass pass, ReadoutWeights weights, int at, int length) {
    switch (pass) {
      case MEASURE -> descent.measure(gradient, at, length);
      case MOVE -> descent.move(gradient, weights.values, weights.slots, at, length);
      case CLEAR -> Arrays.fill(gradient, at, at + length, 0f);
    }
  }
}
