package eddy.learn;

import eddy.math.Elementary;
import eddy.math.Kernels;
import eddy.readout.Slice;
import java.util.Arrays;

/**
 * Mixes what the members of a panel say about one target, by how well they did lately.
 *
 * <p>Numbers: weights proportional to (discounted mean squared error)^-8, rho = .9995, a spike
 * counting at most 9 (three running sizes). Classes: the geometric mean of the members'
 * probabilities, by weights proportional to exp(-L / 2) with L the sum of log-losses discounted by
 * .99. Memory: one double per member. Holds scratch: one per thread.
 */
final class Mixture {
  private static final double RHO = 0.9995;
  private static final double SPIKE = 9;
  private static final double FLOOR = 1e-12;
  private static final double FORGET = 0.99;
  private static final double TRUST = 0.5;

  private final Kernels kernels;
  private final Member[] members;
  private final double[] share;
  private final float[] probabilities;

  Mixture(Kernels kernels, Member[] members, int outputs) {
    this.kernels = kernels;
    this.members = members;
    share = new double[members.length];
    probabilities = new float[outputs];
  }

  /**
   * What the panel says: a number, or the probabilities of all classes.
   *
   * @param z by member, raw outputs
   * @param mixed modified: the target's outputs [count] from at
   */
  void mix(double[] memory, int target, Slice slice, float[][] z, float[] mixed) {
    boolean classes = slice.classes();
    int at = slice.at();
    int count = slice.count();
    computeShares(memory, target, classes);
    Arrays.fill(mixed, at, at + count, 0f);
    for (int m = 0; m < members.length; m++) {
      float part = (float) share[m];
      if (part == 0f) {
        continue;
      }
      for (int o = at; o < at + count; o++) {
        mixed[o] = Math.fma(part, z[m][o], mixed[o]);
      }
    }
    if (classes) {
      kernels.softmax(mixed, at, count, mixed, at);
    }
  }

  private void computeShares(double[] memory, int target, boolean classes) {
    double best = Double.POSITIVE_INFINITY;
    for (int m = 0; m < members.length; m++) {
      if (members[m].predicts(target)) {
        best = Math.min(best, memory[m]);
      }
    }
    double sum = 0;
    for (int m = 0; m < members.length; m++) {
      share[m] = 0;
      if (members[m].predicts(target)) {
        share[m] = classes ? byLogLoss(memory[m] - best) : bySquare(best, memory[m]);
        sum += share[m];
      }
    }
    for (int m = 0; m < members.length; m++) {
      share[m] /= sum;
    }
  }

  private static double byLogLoss(double excess) {
    return Elementary.exp((float) (-TRUST * excess));
  }

  private static double bySquare(double best, double square) {
    double ratio = (best + FLOOR) / (square + FLOOR);
    double second = ratio * ratio;
    double fourth = second * second;
    return fourth * fourth;
  }

  /**
   * Takes in how each member did. Modifies only memory.
   *
   * @param z by member, raw outputs at the origin, in today's units
   * @param label the normalised number, or the slot of the class
   */
  void score(double[] memory, int target, Slice slice, double label, float[][] z) {
    int at = slice.at();
    int count = slice.count();
    for (int m = 0; m < members.length; m++) {
      if (!members[m].predicts(target)) {
        continue;
      }
      if (slice.classes()) {
        kernels.softmax(z[m], at, count, probabilities, at);
        double probability = probabilities[at + (int) label];
        double loss = -StrictMath.log(Math.max(probability, Float.MIN_NORMAL));
        memory[m] = FORGET * memory[m] + loss;
      } else {
        double error = z[m][at] - label;
        memory[m] = RHO * memory[m] + (1 - RHO) * Math.min(error * error, SPIKE);
      }
    }
  }
}
