package eddy.window;

import eddy.cell.CellWeights;
import eddy.gradient.RecurrentState;
import eddy.math.Alignment;
import eddy.math.Kernels;
import eddy.math.RandomStream;
import eddy.network.Network;

/**
 * A network that looks at a window anew at every event: its weights are those of its composition,
 * and a key's state is the ring of its newest inputs.
 */
interface WindowNetwork extends Network {
  /** What it consists of. */
  Composition composition();

  Kernels kernels();

  @Override
  default int blocks() {
    return composition().blocks();
  }

  @Override
  default int parameters(int block) {
    return composition().parameters(block);
  }

  @Override
  default Alignment align(int block, Alignment inputs, float share) {
    return composition().align(block, inputs, share);
  }

  @Override
  default CellWeights[] newWeights(RandomStream random) {
    return composition().newWeights(random);
  }

  @Override
  default void refresh(CellWeights[] weights) {
    composition().refresh(kernels(), weights);
  }

  @Override
  default RecurrentState[] newState(boolean traced) {
    return composition().newState();
  }

  @Override
  default void forward(CellWeights[] weights, float[] x, float dt, RecurrentState[] states) {
    composition().ring().push(x, dt, states[0]);
  }

  @Override
  default void advance(CellWeights[] weights, float[] x, float dt, RecurrentState[] states) {
    composition().ring().push(x, dt, states[0]);
  }

  @Override
  default String estimator() {
    return composition().estimator();
  }
}
