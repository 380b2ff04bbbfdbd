package eddy.window;

import eddy.cell.CellWeights;
import eddy.gradient.RecurrentState;
import eddy.math.Kernels;
import java.util.Arrays;

/**
 * Layers that read a window in both directions and look at one of its inputs, some before the
 * newest (Schuster and Paliwal 1997), or at the mean over all of them.
 *
 * <p>Exact by full back-propagation through the window: nothing is carried from one window to the
 * next. A key's state is the ring of its newest inputs. Holds scratch: one per thread.
 */
final class Bidirectional implements WindowNetwork {
  private final Composition composition;
  private final InputRing ring;
  private final Kernels kernels;
  private final LayerStack stack;
  private final int lookahead;
  private final boolean mean;
  private final Summary summary = new Summary(true);
  private final float[] shown;
  private int count;
  private boolean usable;

  Bidirectional(Composition composition, Kernels kernels, int lookahead, boolean mean) {
    this.composition = composition;
    this.kernels = kernels;
    this.lookahead = lookahead;
    this.mean = mean;
    ring = composition.ring();
    stack = composition.stack(kernels);
    shown = new float[stack.width()];
  }

  @Override
  public int outputs() {
    return shown.length;
  }

  @Override
  public Composition composition() {
    return composition;
  }

  @Override
  public Kernels kernels() {
    return kernels;
  }

  @Override
  public void unroll(CellWeights[] weights, RecurrentState[] states) {
    count = ring.read(states[0], stack.inputs(), stack.dts());
    usable = false;
    Arrays.fill(shown, 0f);
    if (count <= lookahead) {
      return;
    }
    int seen = count - 1 - lookahead;
    stack.run(weights, count, mean ? count - 1 : seen, mean ? 0 : seen);
    if (mean) {
      summary.of(stack.top(), count, shown.length, shown);
    } else {
      System.arraycopy(stack.top(), seen * shown.length, shown, 0, shown.length);
    }
    usable = Composition.finiteOrZero(shown);
  }

  @Override
  public void output(CellWeights[] weights, RecurrentState[] states, int lane, float[] output) {
    System.arraycopy(shown, 0, output, 0, shown.length);
  }

  @Override
  public void addGradient(
      CellWeights[] weights,
      RecurrentState[] states,
      int lane,
      float[] output,
      float[] adjoint,
      float[][] gradients) {
    if (!usable) {
      return;
    }
    stack.beginPullBack();
    if (mean) {
      summary.addAdjoint(adjoint, count, shown.length, stack.topAdjoint());
    } else {
      int at = (count - 1 - lookahead) * shown.length;
      System.arraycopy(adjoint, 0, stack.topAdjoint(), at, shown.length);
    }
    stack.pullBack(weights, gradients);
  }
}
