package eddy.benchmark.task;

import eddy.math.RandomStream;

/**
 * The stream of trace conditioning: inputs [US, CS, 10 distractors], each 0 or 1.
 *
 * <p>CS lasts 4 steps; US lasts 2, its start 7 to 13 steps after that of CS; the next trial comes
 * 80 to 129 steps after it. Distractor d, when idle, fires with probability 1 / (10 d), for 4
 * steps.
 */
final class Conditioning {
  static final int INPUTS = 12;
  private static final int DISTRACTORS = 10;
  private static final int CS_STEPS = 4;
  private static final int US_STEPS = 2;

  private final boolean[][] on;

  Conditioning(long seed, int steps) {
    RandomStream random = new RandomStream(seed);
    on = new boolean[INPUTS][steps];
    int cs = between(random, 80, 129);
    while (cs < steps) {
      int us = cs + between(random, 7, 13);
      fire(1, cs, CS_STEPS);
      fire(0, us, US_STEPS);
      cs = us + between(random, 80, 129);
    }
    for (int d = 1; d <= DISTRACTORS; d++) {
      int t = 0;
      while (t < steps) {
        if (random.nextDouble() < 1.0 / (10 * d)) {
          fire(1 + d, t, CS_STEPS);
          t += CS_STEPS;
        } else {
          t++;
        }
      }
    }
  }

  private static int between(RandomStream random, int low, int high) {
    return low + (int) ((high - low + 1) * random.nextDouble());
  }

  private void fire(int input, int from, int steps) {
    for (int t = from; t < Math.min(from + steps, on[input].length); t++) {
      on[input][t] = true;
    }
  }

  /** Whether the unconditioned stimulus is on: 1 or 0. */
  double reward(int t) {
    return on[0][t] ? 1 : 0;
  }

  /** The inputs of a step. Modifies only x [INPUTS]. */
  void into(int t, double[] x) {
    for (int i = 0; i < INPUTS; i++) {
      x[i] = on[i][t] ? 1 : 0;
    }
  }
}
