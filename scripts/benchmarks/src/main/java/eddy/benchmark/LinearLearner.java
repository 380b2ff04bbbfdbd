package eddy.benchmark;

import eddy.cell.CellWeights;
import eddy.gradient.RecurrentState;
import eddy.learn.MemberSpec;
import eddy.math.Kernels;
import eddy.math.RandomStream;
import eddy.network.Network;
import eddy.optim.Clip;
import eddy.optim.GradientStep;
import java.util.Arrays;

/**
 * A network with one linear output v = w [h; x; 1], both moved by clipped gradients: an event of
 * learning and nothing around it.
 *
 * <p>Holds scratch: one per thread.
 */
public final class LinearLearner {
  private static final float EVENLY = 1f;

  private final Kernels kernels;
  private final Network network;
  private final CellWeights[] weights;
  private final float[][] gradients;
  private final float[][] slots;
  private final GradientStep step;
  private final double[] size = new double[Clip.MEMORY];
  private final float[] readout;
  private final float[] readoutGradient;
  private final float[] readoutSlots;
  private final GradientStep readoutStep;
  private final double[] readoutSize = new double[Clip.MEMORY];
  private final float[] features;
  private final float[] ahead;
  private final float[] adjoint;
  private final RecurrentState[] next;
  private long updates;

  /**
   * A learner whose readout starts at zero.
   *
   * @param inputs numbers that the network reads
   * @param steps how cells and readout move
   */
  public LinearLearner(Kernels kernels, Network network, int inputs, MemberSpec steps, long seed) {
    this.kernels = kernels;
    this.network = network;
    step = steps.cells().newStep(kernels);
    readoutStep = steps.outputs().newStep(kernels);
    weights = network.newWeights(new RandomStream(seed));
    gradients = new float[network.blocks()][];
    slots = new float[network.blocks()][];
    for (int b = 0; b < gradients.length; b++) {
      gradients[b] = new float[network.parameters(b)];
      slots[b] = new float[step.slotsPerWeight() * network.parameters(b)];
    }
    int width = network.outputs() + inputs + 1;
    readout = new float[width];
    readoutGradient = new float[width];
    readoutSlots = new float[readoutStep.slotsPerWeight() * width];
    features = new float[width];
    ahead = new float[width];
    adjoint = new float[width];
    next = network.newState(false);
  }

  /** State of a key before its first event. */
  public RecurrentState[] newState() {
    return network.newState(true);
  }

  /**
   * Makes one step with sensitivities. Modifies only states.
   *
   * @return the value after it
   */
  public float advance(float[] x, RecurrentState[] states) {
    network.advance(weights, x, EVENLY, states);
    return value(x, states, features);
  }

  /** The value after a step that is not made. Modifies nothing but scratch. */
  public float ahead(float[] x, RecurrentState[] states) {
    for (int g = 0; g < states.length; g++) {
      System.arraycopy(states[g].state, 0, next[g].state, 0, next[g].state.length);
      next[g].steps = states[g].steps;
    }
    network.forward(weights, x, EVENLY, next);
    return value(x, next, ahead);
  }

  private float value(float[] x, RecurrentState[] states, float[] seen) {
    network.output(weights, states, 0, seen);
    System.arraycopy(x, 0, seen, network.outputs(), seen.length - 1 - network.outputs());
    seen[seen.length - 1] = 1f;
    return kernels.dot(readout, 0, seen, 0, seen.length);
  }

  /**
   * Moves all weights. Modifies only weights.
   *
   * @param states as {@link #advance} last left them
   * @param error derivative of the loss by the value that it gave
   */
  public void learn(RecurrentState[] states, float error) {
    updates++;
    for (int i = 0; i < readout.length; i++) {
      readoutGradient[i] = error * features[i];
      adjoint[i] = error * readout[i];
    }
    network.addGradient(weights, states, 0, features, adjoint, gradients);
    moveCells(Math.abs(error));
    moveReadout(Math.abs(error));
  }

  private void moveCells(float error) {
    step.begin(updates, error);
    for (float[] gradient : gradients) {
      step.measure(gradient, 0, gradient.length);
    }
    boolean usable = step.bound(size);
    for (int b = 0; b < gradients.length; b++) {
      if (usable) {
        step.move(gradients[b], weights[b].values, slots[b], 0, gradients[b].length);
      }
      Arrays.fill(gradients[b], 0f);
    }
    network.refresh(weights);
  }

  private void moveReadout(float error) {
    readoutStep.begin(updates, error);
    readoutStep.measure(readoutGradient, 0, readout.length);
    if (readoutStep.bound(readoutSize)) {
      readoutStep.move(readoutGradient, readout, readoutSlots, 0, readout.length);
    }
  }
}
