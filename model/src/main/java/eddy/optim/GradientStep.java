package eddy.optim;

import eddy.math.Alignment;
import eddy.math.Kernels;
import eddy.math.OptimizerKernels;

/**
 * One step of weights against their gradient, which may stand in several arrays and ranges: begin,
 * measure every range, bound, move every range.
 *
 * <p>Holds scratch: one per thread.
 */
public final class GradientStep {
  private final Kernels kernels;
  private final OptimizerKernels optimizers;
  private final Optimizer optimizer;
  private final Clip clip;
  private final Schedule schedule;
  private final boolean byValue;
  private final Update update = new Update();
  private float pace = 1f;
  private double squaredNorm;

  public GradientStep(Kernels kernels, Optimizer optimizer, Clip clip, Schedule schedule) {
    this.kernels = kernels;
    this.optimizer = optimizer;
    this.clip = clip;
    this.schedule = schedule;
    optimizers = kernels.optimizers();
    byValue = clip.kind() == Clip.Kind.VALUE;
  }

  /** Floats of memory per weight. */
  public int slotsPerWeight() {
    return optimizer.slotsPerWeight();
  }

  /** Whether ranges without gradient may be passed over, by {@link #move} too. */
  public boolean restsAtZero() {
    return optimizer.restsAtZero();
  }

  /** Sets a factor on the learning rate of all updates to come, beside that of its schedule. */
  public void pace(float factor) {
    pace = factor;
  }

  /**
   * Takes in the memory of a foreign optimiser: sums advance, means mix. Modifies only own and
   * base.
   *
   * @param alignment of the weights, one slot of which the arrays hold after another
   */
  public void merge(
      Alignment alignment, float[] own, float[] base, float[] foreign, float[] foreignBase) {
    for (int at = 0; at < own.length; at += alignment.length()) {
      if (optimizer.accumulates()) {
        alignment.advance(own, base, foreign, foreignBase, at);
      } else {
        alignment.mix(own, foreign, at);
      }
    }
  }

  /**
   * Part of its own steps that a partition adds to what all learn, when each adds its own: steps
   * that are divided by sums over all gradients were divided by those of one partition alone, and
   * had all been told together these were as many times as large.
   */
  public float part(int partitions) {
    return optimizer.accumulates() ? (float) (1 / Math.sqrt(partitions)) : 1f;
  }

  /**
   * Begins an update.
   *
   * @param number of the update, from 1
   * @param error size of the output error, see {@link Update#error}
   */
  public void begin(long number, float error) {
    update.number = number;
    update.error = error;
    update.rate = schedule.rate(number) * pace;
    update.magnitude = 0f;
    squaredNorm = 0;
  }

  /** Takes in the size of a range. Modifies the gradient only where it is clipped by value. */
  public void measure(float[] gradient, int at, int length) {
    if (byValue) {
      optimizers.clamp(gradient, (float) clip.bound(), at, length);
    }
    squaredNorm += kernels.squares(gradient, at, length);
    if (optimizer.boundsOvershoot()) {
      update.magnitude += optimizers.magnitude(gradient, at, length);
    }
  }

  /**
   * Bounds what was measured.
   *
   * @param memory [{@value Clip#MEMORY}] running sizes, modified unless the gradient is unusable
   * @return false where the gradient is not finite and nothing must move
   */
  public boolean bound(double[] memory) {
    update.scale = clip.scale(squaredNorm, memory, 0);
    optimizer.prepare(update);
    return !Float.isNaN(update.scale);
  }

  /** Makes the steps of this update larger by a factor from now on. */
  public void widen(float factor) {
    update.rate *= factor;
    optimizer.prepare(update);
  }

  /** Moves the weights of a range. Modifies only weights and slots. */
  public void move(float[] gradient, float[] weights, float[] slots, int at, int length) {
    optimizer.update(optimizers, update, gradient, weights, slots, at, length);
  }
}
