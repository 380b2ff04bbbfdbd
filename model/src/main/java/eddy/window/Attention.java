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
  private final float[] before;
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
    before = new float[shape.hidden()];
  }

  /** Takes a window of {@code positions} values [N][E]. */
  void begin(CellWeights weights, float[] values, int positions) {
    count = positions;
    int hidden = shape.hidden();
    for (int i = 0; i < count; i++) {
      System.arraycopy(weights.values, shape.biasAt(), keys, i * hidden, hidden);
      kernels.addRows(
          values,
          i * shape.keys(),
          shape.keys(),
          weights.values,
          shape.keysAt(),
          hidden,
          keys,
          i * hidden);
    }
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
    for (int i = 0; i < count; i++) {
      scores[i] = kernels.dot(compared, from + i * hidden, weights.values, shape.scoreAt(), hidden);
    }
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
    float mean = 0f;
    for (int i = 0; i < count; i++) {
      scores[i] = kernels.dot(contextAdjoint, 0, values, i * width, width);
      mean = Math.fma(shares[shareAt + i], scores[i], mean);
    }
    Arrays.fill(query, 0f);
    for (int i = 0; i < count; i++) {
      float score = shares[shareAt + i] * (scores[i] - mean);
      int at = (shareAt + i) * hidden;
      for (int a = 0; a < hidden; a++) {
        float t = compared[at + a];
        gradient[shape.scoreAt() + a] = Math.fma(score, t, gradient[shape.scoreAt() + a]);
        before[a] = score * weights.values[shape.scoreAt() + a] * (1f - t * t);
        query[a] += before[a];
        keyAdjoints[i * hidden + a] += before[a];
      }
    }
    kernels.addOuter(
        queryInputs, step * shape.queries(), shape.queries(), query, 0, hidden, gradient, 0);
    for (int d = 0; d < shape.queries(); d++) {
      outputAdjoint[d] = kernels.dot(weights.values, d * hidden, query, 0, hidden);
    }
  }

  /** Pulls back what all steps left at the keys. Modifies only valueAdjoints and gradient. */
  void pullBackKeys(CellWeights weights, float[] values, float[] valueAdjoints, float[] gradient) {
    int width = shape.keys();
    int hidden = shape.hidden();
    for (int i = 0; i < count; i++) {
      int at = i * hidden;
      kernels.addOuter(values, i * width, width, keyAdjoints, at, hidden, gradient, shape.keysAt());
      kernels.addOuter(ONE, 0, 1, keyAdjoints, at, hidden, gradient, shape.biasAt());
      for (int e = 0; e < width; e++) {
        valueAdjoints[i * width + e] +=
            kernels.dot(weights.values, shape.keysAt() + e * hidden, keyAdjoints, at, hidden);
      }
    }
  }
}
