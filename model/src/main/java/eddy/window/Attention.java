package eddy.window;

import eddy.cell.CellWeights;
import eddy.math.Kernels;
import eddy.math.RandomStream;
import java.util.Arrays;

/**
 * Additive attention of every decoder step over a window (Bahdanau, Cho and Bengio 2015).
 *
 * <p>With the decoder's last output s and what the encoder shows at position i, h_i: t_i = tanh(W s
 * + U h_i + b), e_i = v t_i, a = softmax(e), context = sum of a_i h_i. Weights W [D][A], U [E][A],
 * b [A], v [A]. Scratch: one per thread.
 */
final class Attention {
  /**
   * Shape of the weights.
   *
   * @param queries numbers of the decoder's output, D
   * @param keys numbers that the encoder shows at a position, E
   * @param hidden numbers in which both are compared, A
   */
  record Shape(int queries, int keys, int hidden) implements Block {
    int keysAt() {
      return queries * hidden;
    }

    int biasAt() {
      return keysAt() + keys * hidden;
    }

    int scoreAt() {
      return biasAt() + hidden;
    }

    @Override
    public int parameters() {
      return Math.addExact(Math.multiplyExact(queries + keys, hidden), 2 * hidden);
    }

    /** Multiply-adds of making the keys of a position, or of pulling them back. */
    long keyMacs() {
      return (long) keys * hidden;
    }

    /** Multiply-adds of one decoder step over so many positions. */
    long stepMacs(int positions) {
      return (long) queries * hidden + (long) positions * (10L * hidden + keys);
    }

    @Override
    public CellWeights newWeights(RandomStream random) {
      float[] values = new float[parameters()];
      Block.fill(random, queries, values, 0, keysAt());
      Block.fill(random, keys, values, keysAt(), biasAt());
      Block.fill(random, hidden, values, scoreAt(), values.length);
      return new CellWeights(values, new float[0]);
    }
  }

  private static final float[] ONE = {1f};

  private final Kernels kernels;
  private final Shape shape;
  private final int capacity;
  private final float[] keys;
  private final float[] keyAdjoints;

  /** By decoder step: the query's input [D], t [N][A], a [N]. */
  private final float[] queryInputs;

  private final float[] compared;
  private final float[] shares;
  private final float[] query;
  private final float[] scores;
  private final float[] slopes;
  private int count;

  Attention(Kernels kernels, Shape shape, int capacity, int steps) {
    this.kernels = kernels;
    this.shape = shape;
    this.capacity = capacity;
    keys = new float[capacity * shape.hidden()];
    keyAdjoints = new float[keys.length];
    queryInputs = new float[steps * shape.queries()];
    compared = new float[Math.multiplyExact(steps, keys.length)];
    shares = new float[steps * capacity];
    query = new float[shape.hidden()];
    scores = new float[capacity];
    slopes = new float[keys.length];
  }

  /** Takes a window of {@code positions} values [N][E]. */
  void begin(CellWeights weights, float[] values, int positions) {
    count = positions;
    int hidden = shape.hidden();
    for (int i = 0; i < count; i++) {
      System.arraycopy(weights.values, shape.biasAt(), keys, i * hidden, hidden);
    }
    int width = shape.keys();
    kernels.addProduct(
        count,
        width,
        hidden,
        values,
        0,
        width,
        weights.values,
        shape.keysAt(),
        hidden,
        keys,
        0,
        hidden);
  }

  /**
   * The context of a decoder step. Modifies only context [E].
   *
   * @param step from 0
   * @param output the decoder's output before the step, from at
   */
  void attend(
      CellWeights weights, int step, float[] output, int at, float[] values, float[] context) {
    int hidden = shape.hidden();
    System.arraycopy(output, at, queryInputs, step * shape.queries(), shape.queries());
    Arrays.fill(query, 0f);
    kernels.addRows(output, at, shape.queries(), weights.values, 0, hidden, query, 0);
    int from = step * capacity * hidden;
    for (int i = 0; i < count; i++) {
      for (int a = 0; a < hidden; a++) {
        compared[from + i * hidden + a] = keys[i * hidden + a] + query[a];
      }
    }
    kernels.tanh(compared, from, count * hidden);
    Arrays.fill(scores, 0, count, 0f);
    kernels.addDots(compared, from, count, hidden, weights.values, shape.scoreAt(), scores, 0);
    kernels.softmax(scores, 0, count, shares, step * capacity);
    Arrays.fill(context, 0f);
    kernels.addRows(shares, step * capacity, count, values, 0, shape.keys(), context, 0);
  }

  /** Starts pulling back. */
  void beginPullBack() {
    Arrays.fill(keyAdjoints, 0, count * shape.hidden(), 0f);
  }

  /**
   * Pulls an adjoint of a step's context back.
   *
   * @param valueAdjoints [N][E], added to; what comes through the keys is added by {@link
   *     #pullBackKeys}
   * @param outputAdjoint of the decoder's output before the step [D], replaced
   */
  void pullBack(
      CellWeights weights,
      int step,
      float[] contextAdjoint,
      float[] values,
      float[] valueAdjoints,
      float[] gradient,
      float[] outputAdjoint) {
    int width = shape.keys();
    int hidden = shape.hidden();
    int shareAt = step * capacity;
    kernels.addOuter(shares, shareAt, count, contextAdjoint, 0, width, valueAdjoints, 0);
    Arrays.fill(scores, 0, count, 0f);
    kernels.addDots(values, 0, count, width, contextAdjoint, 0, scores, 0);
    float mean = kernels.dot(shares, shareAt, scores, 0, count);
    for (int i = 0; i < count; i++) {
      scores[i] = shares[shareAt + i] * (scores[i] - mean);
    }
    int from = shareAt * hidden;
    kernels.addRows(scores, 0, count, compared, from, hidden, gradient, shape.scoreAt());
    differentiate(weights, from);
    Arrays.fill(query, 0f);
    kernels.addRows(scores, 0, count, slopes, 0, hidden, query, 0);
    for (int i = 0; i < count; i++) {
      kernels.addOuter(scores, i, 1, slopes, i * hidden, hidden, keyAdjoints, i * hidden);
    }
    kernels.addOuter(
        queryInputs, step * shape.queries(), shape.queries(), query, 0, hidden, gradient, 0);
    Arrays.fill(outputAdjoint, 0f);
    kernels.addDots(weights.values, 0, shape.queries(), hidden, query, 0, outputAdjoint, 0);
  }

  /** Slopes of the scores by what the tanh is taken of, v (1 - t^2) [n][A]. */
  private void differentiate(CellWeights weights, int from) {
    int hidden = shape.hidden();
    for (int i = 0; i < count * hidden; i += hidden) {
      for (int a = 0; a < hidden; a++) {
        float t = compared[from + i + a];
        slopes[i + a] = weights.values[shape.scoreAt() + a] * (1f - t * t);
      }
    }
  }

  /** Pulls back what all steps left at the keys. Modifies only valueAdjoints and gradient. */
  void pullBackKeys(CellWeights weights, float[] values, float[] valueAdjoints, float[] gradient) {
    int width = shape.keys();
    int hidden = shape.hidden();
    kernels.addTransposedProduct(
        width,
        count,
        hidden,
        values,
        0,
        width,
        keyAdjoints,
        0,
        hidden,
        gradient,
        shape.keysAt(),
        hidden);
    for (int i = 0; i < count; i++) {
      int at = i * hidden;
      kernels.addOuter(ONE, 0, 1, keyAdjoints, at, hidden, gradient, shape.biasAt());
      kernels.addDots(
          weights.values, shape.keysAt(), width, hidden, keyAdjoints, at, valueAdjoints, i * width);
    }
  }
}
