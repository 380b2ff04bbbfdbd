package eddy.window;

import eddy.cell.CellWeights;
import eddy.cell.Recurrence;
import eddy.math.Kernels;
import eddy.math.RandomStream;

/** Some weights of a network that start, and are renewed, together. */
interface Block {
  int parameters();

  CellWeights newWeights(RandomStream random);

  /** Renews what is derived from the weights. Modifies only weights. */
  default void refresh(Kernels kernels, CellWeights weights) {}

  /** The weights of a recurrence. */
  static Block of(Recurrence recurrence) {
    return new Block() {
      @Override
      public int parameters() {
        return recurrence.parameters();
      }

      @Override
      public CellWeights newWeights(RandomStream random) {
        return recurrence.newWeights(random);
      }

      @Override
      public void refresh(Kernels kernels, CellWeights weights) {
        recurrence.refresh(kernels, weights);
      }
    };
  }

  /** Fills weights uniformly with variance 1 / inputs. Modifies only weights. */
  static void fill(RandomStream random, int inputs, float[] weights, int from, int to) {
    double bound = StrictMath.sqrt(3.0 / inputs);
    for (int i = from; i < to; i++) {
      weights[i] = (float) random.uniform(-bound, bound);
    }
  }
}
