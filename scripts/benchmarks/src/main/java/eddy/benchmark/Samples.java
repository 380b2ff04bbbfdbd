package eddy.benchmark;

import eddy.math.RandomStream;

/**
 * The inputs and labels that every learner is fed, round and round: normal inputs, and a label that
 * depends on what came three and six events ago, so that there is something to learn.
 */
final class Samples {
  static final int COUNT = 1024;

  final float[][] x;
  final float[] y;

  Samples(int inputs) {
    RandomStream random = new RandomStream(1);
    x = new float[COUNT][inputs];
    y = new float[COUNT];
    for (float[] row : x) {
      for (int i = 0; i < inputs; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    for (int t = 0; t < COUNT; t++) {
      y[t] = x[(t + COUNT - 3) % COUNT][0] + 0.5f * x[(t + COUNT - 6) % COUNT][1];
    }
  }

  /** The label as one of some classes, about equally many events each. */
  int slot(int t, int classes) {
    double part = 0.5 + 0.5 * StrictMath.tanh(0.75 * y[t]);
    return Math.min(classes - 1, (int) (classes * part));
  }
}
