package eddy.optim;

import eddy.math.Alignment;

/**
 * A bound on the norm of a gradient, or on each of its elements.
 *
 * <p>Relative clipping bounds it by a multiple of its own running root mean square: a fixed bound
 * would cut exactly the rare, informative errors of classes. Memory is passed in. Stateless.
 *
 * @param kind what the gradient is bounded by
 * @param bound a multiple of the running size, the largest norm, or the largest element
 */
public record Clip(Kind kind, double bound) {
  /** What the gradient is bounded by. */
  public enum Kind {
    NONE,
    RELATIVE,
    NORM,
    /** Each element by itself, before its norm is taken: {@link GradientStep#measure}. */
    VALUE
  }

  public Clip {
    if (!(bound > 0) || Double.isInfinite(bound)) {
      throw new IllegalArgumentException("clip must be positive and finite but was " + bound);
    }
  }

  /** Doubles of memory: mean square of the norm, and the number of gradients in it. */
  public static final int MEMORY = 2;

  private static final double WINDOW = 1000;

  /**
   * A gradient counts at most so many limits in the running size of a full window, so that with the
   * default bound a single one does not double it.
   */
  private static final double SPIKE = 10;

  /** A larger norm is no gradient any more: squares would leave the range of float. */
  private static final double OVERFLOW = 1e15;

  /** What {@link #scale} returns for a gradient that must not be used. */
  public static final float UNUSABLE = Float.NaN;

  /**
   * The factor that brings a gradient within the bound.
   *
   * @param squaredNorm of the gradient
   * @param memory [{@value #MEMORY}] from at, modified unless the gradient is unusable
   * @return a factor in (0, 1], or {@link #UNUSABLE} where the norm is not finite or beyond 1e15
   */
  public float scale(double squaredNorm, double[] memory, int at) {
    double norm = Math.sqrt(squaredNorm);
    if (!(norm < OVERFLOW)) {
      return UNUSABLE;
    }
    if (kind == Kind.NONE || kind == Kind.VALUE) {
      return 1f;
    }
    double limit = kind == Kind.NORM ? bound : limit(norm, memory, at);
    return norm > limit ? (float) (limit / norm) : 1f;
  }

  /** Takes in the running size of a foreign gradient. Modifies only memory. */
  public static void merge(double[] memory, double[] foreign, double share) {
    double part = Alignment.part(memory[1], foreign[1], share);
    memory[0] = Alignment.mix(memory[0], foreign[0], part);
    memory[1] = Math.max(memory[1], foreign[1]);
  }

  private double limit(double norm, double[] memory, int at) {
    double count = memory[at + 1];
    double limit = count == 0 ? norm : bound * Math.sqrt(memory[at]);
    double window = Math.min(count + 1, WINDOW);
    // one spike must not open the gate, rare large gradients must not shut it for ever: those that
    // come once in a hundred events and carry all there is to learn would be cut to the background
    double most = Math.max(1, SPIKE * Math.sqrt(window / WINDOW)) * limit;
    double counted = memory[at] > 0 ? Math.min(norm, most) : norm;
    memory[at] += (counted * counted - memory[at]) / window;
    memory[at + 1] = window;
    return memory[at] > 0 && limit > 0 ? limit : norm;
  }
}
