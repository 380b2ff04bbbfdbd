package eddy.learn;

import eddy.gradient.RecurrentState;
import eddy.math.Kernels;
import eddy.optim.Clip;
import eddy.optim.Optimizer;
import eddy.optim.Optimizers;
import eddy.readout.LinearReadout;
import java.util.Arrays;

/**
 * A recurrent layer, a readout and the optimisers that move both: predicts, and learns from
 * adjoints of its outputs.
 *
 * <p>Inputs are [x; r]: what the cells read, then what only the readout sees. The readout's
 * features are [layer output; x; r; 1]. Gradients gather in scratch until {@link #update}: one per
 * thread.
 */
final class OnlineLearner {
  private final Kernels kernels;
  private final RecurrentLayer layer;
  private final LinearReadout readout;
  private final int inputs;
  private final Optimizer cellOptimizer;
  private final Clip cellClip;
  private final Optimizer readoutOptimizer;
  private final Clip readoutClip;
  private final float[] features;
  private final float[] featureAdjoint;
  private final float[][] cellGradients;
  private final float[] readoutGradient;

  OnlineLearner(LearnerSpec spec, RecurrentLayer layer, Kernels kernels, int inputs, int outputs) {
    this.kernels = kernels;
    this.layer = layer;
    this.inputs = inputs;
    int width = layer.outputs() + inputs + 1;
    readout = new LinearReadout(kernels, width, outputs);
    cellOptimizer = Optimizers.of(spec.cells().optimizer(), spec.cells().learningRate());
    cellClip = spec.cells().clip();
    readoutOptimizer = Optimizers.of(spec.readout().optimizer(), spec.readout().learningRate());
    readoutClip = spec.readout().clip();
    features = new float[width];
    features[width - 1] = 1f;
    featureAdjoint = new float[width];
    cellGradients = new float[layer.groups()][];
    for (int g = 0; g < cellGradients.length; g++) {
      cellGradients[g] = new float[layer.parameters(g)];
    }
    readoutGradient = new float[readout.parameters()];
  }

  int parameters() {
    return layer.parameters() + readout.parameters();
  }

  int readoutParameters() {
    return readout.parameters();
  }

  int cellSlots() {
    return cellOptimizer.slotsPerWeight();
  }

  int readoutSlots() {
    return readoutOptimizer.slotsPerWeight();
  }

  RecurrentLayer layer() {
    return layer;
  }

  /** Outputs for the states and inputs. Modifies only z [O]. */
  void predict(Weights weights, RecurrentState[] states, float[] x, float[] z) {
    look(states, x);
    readout.outputs(weights.readout, features, z);
  }

  private void look(RecurrentState[] states, float[] x) {
    layer.output(states, features);
    System.arraycopy(x, 0, features, layer.outputs(), inputs);
  }

  /**
   * Gathers the gradient of a loss of outputs from..from+count-1 made with these states and inputs.
   *
   * @param adjoint derivative of the loss by the outputs [O]
   */
  void credit(
      Weights weights, RecurrentState[] states, float[] x, float[] adjoint, int from, int count) {
    look(states, x);
    readout.addGradient(adjoint, from, count, features, readoutGradient);
    Arrays.fill(featureAdjoint, 0f);
    readout.addFeatureAdjoint(weights.readout, adjoint, from, count, featureAdjoint);
    layer.addGradient(weights.cells, states, features, featureAdjoint, cellGradients);
  }

  /**
   * Moves the weights by what was gathered, and forgets it.
   *
   * @return false where the gradient was not usable and the weights stayed as they were
   */
  boolean update(Weights weights) {
    float cellScale = cellClip.scale(squaredNorm(cellGradients), weights.clip, 0);
    float readoutScale = readoutClip.scale(squaredNorm(readoutGradient), weights.clip, Clip.MEMORY);
    boolean usable = !Float.isNaN(cellScale) && !Float.isNaN(readoutScale);
    if (usable) {
      weights.updates++;
      for (int g = 0; g < cellGradients.length; g++) {
        cellOptimizer.update(
            cellGradients[g],
            cellScale,
            weights.updates,
            weights.cells[g].values,
            weights.cellSlots[g]);
      }
      layer.refresh(weights.cells);
      readoutOptimizer.update(
          readoutGradient, readoutScale, weights.updates, weights.readout, weights.readoutSlots);
    } else {
      weights.skipped++;
    }
    for (float[] gradient : cellGradients) {
      Arrays.fill(gradient, 0f);
    }
    Arrays.fill(readoutGradient, 0f);
    return usable;
  }

  private double squaredNorm(float[]... gradients) {
    double sum = 0;
    for (float[] gradient : gradients) {
      sum += kernels.dot(gradient, 0, gradient, 0, gradient.length);
    }
    return sum;
  }
}
