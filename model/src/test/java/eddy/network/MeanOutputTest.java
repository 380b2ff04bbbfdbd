package eddy.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eddy.cell.CellGroup;
import eddy.cell.CellWeights;
import eddy.cell.LayerSpec;
import eddy.cell.Recurrence;
import eddy.gradient.GradientEstimator;
import eddy.gradient.RecurrentState;
import eddy.gradient.UnitTraces;
import eddy.gradient.WindowedBptt;
import eddy.math.Kernels;
import eddy.math.RandomStream;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mean of a network's outputs against the outputs of the same network, averaged here. */
class MeanOutputTest {
  private static final Kernels KERNELS = Kernels.fastest();
  private static final int INPUTS = 3;
  private static final int STEPS = 9;

  private static RecurrentLayer layer(NetworkSpec spec) {
    List<Recurrence> recurrences = spec.recurrences(INPUTS);
    List<GradientEstimator> estimators =
        recurrences.stream()
            .<GradientEstimator>map(each -> new WindowedBptt(each, KERNELS, STEPS))
            .toList();
    return new RecurrentLayer(KERNELS, recurrences, estimators, spec.mean());
  }

  @ParameterizedTest
  @ValueSource(strings = {"lstm", "jordan", "rtu", "mixed"})
  void output_mean_equalsTheAverageOfTheOutputs(String cell) {
    NetworkSpec last = NetworkSpec.of(new LayerSpec(cell, 8));
    RecurrentLayer plain = layer(last);
    RecurrentLayer mean = layer(last.withMean());
    CellWeights[] weights = plain.newWeights(new RandomStream(3));
    RecurrentState[] plainState = plain.newState(true);
    RecurrentState[] meanState = mean.newState(true);
    RandomStream random = new RandomStream(4);
    double[] sum = new double[plain.outputs()];
    float[] output = new float[plain.outputs()];
    for (int t = 1; t <= STEPS; t++) {
      float[] x = new float[INPUTS];
      for (int i = 0; i < INPUTS; i++) {
        x[i] = (float) random.nextGaussian();
      }
      plain.advance(weights, x, 1f, plainState);
      plain.output(weights, plainState, 0, output);
      mean.advance(weights, x, 1f, meanState);
      float[] averaged = new float[mean.outputs()];
      mean.output(weights, meanState, 0, averaged);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += output[i];
        assertThat((double) averaged[i]).isCloseTo(sum[i] / t, within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lstm", "jordan", "rtu", "mixed"})
  void addGradient_mean_equalsCentralDifferences(String cell) {
    RecurrentLayer mean = layer(NetworkSpec.of(new LayerSpec(cell, 8)).withMean());
    CellWeights[] weights = mean.newWeights(new RandomStream(3));
    float[][] gradients = new float[mean.blocks()][];
    for (int g = 0; g < gradients.length; g++) {
      gradients[g] = new float[mean.parameters(g)];
    }
    RecurrentState[] states = mean.newState(true);
    run(mean, weights, states);
    float[] output = new float[mean.outputs()];
    mean.output(weights, states, 0, output);
    mean.addGradient(weights, states, 0, output, adjoint(mean), gradients);
    for (int g = 0; g < gradients.length; g++) {
      for (int p = 0; p < gradients[g].length; p += 7) {
        float before = weights[g].values[p];
        weights[g].values[p] = before + 1e-2f;
        double up = loss(mean, weights);
        weights[g].values[p] = before - 1e-2f;
        double down = loss(mean, weights);
        weights[g].values[p] = before;
        assertThat((double) gradients[g][p])
            .as("weight %d of block %d", p, g)
            .isCloseTo((up - down) / 2e-2, within(2e-3));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"elstm", "rtu", "mixed"})
  void addGradient_unitTracesOfSums_equalFullBackPropagation(String cell) {
    NetworkSpec spec = NetworkSpec.of(new LayerSpec(cell, 8)).withMean();
    List<Recurrence> recurrences = spec.recurrences(INPUTS);
    List<GradientEstimator> traces =
        recurrences.stream()
            .<GradientEstimator>map(each -> new UnitTraces((CellGroup) each, KERNELS))
            .toList();
    float[][] exact = gradients(layer(spec));
    float[][] online = gradients(new RecurrentLayer(KERNELS, recurrences, traces, true));
    for (int g = 0; g < exact.length; g++) {
      double difference = 0;
      double norm = 0;
      for (int p = 0; p < exact[g].length; p++) {
        difference += Math.pow(online[g][p] - exact[g][p], 2);
        norm += Math.pow(exact[g][p], 2);
      }
      assertThat(Math.sqrt(difference / norm)).as("block %d", g).isLessThan(1e-5);
    }
  }

  private static float[][] gradients(RecurrentLayer layer) {
    float[][] gradients = new float[layer.blocks()][];
    for (int g = 0; g < gradients.length; g++) {
      gradients[g] = new float[layer.parameters(g)];
    }
    CellWeights[] weights = layer.newWeights(new RandomStream(3));
    RecurrentState[] states = layer.newState(true);
    run(layer, weights, states);
    float[] output = new float[layer.outputs()];
    layer.output(weights, states, 0, output);
    layer.addGradient(weights, states, 0, output, adjoint(layer), gradients);
    return gradients;
  }

  private static float[] adjoint(RecurrentLayer layer) {
    RandomStream random = new RandomStream(5);
    float[] adjoint = new float[layer.outputs()];
    for (int i = 0; i < adjoint.length; i++) {
      adjoint[i] = (float) random.uniform(-1, 1);
    }
    return adjoint;
  }

  private static double loss(RecurrentLayer layer, CellWeights[] weights) {
    layer.refresh(weights);
    RecurrentState[] states = layer.newState(true);
    run(layer, weights, states);
    float[] output = new float[layer.outputs()];
    layer.output(weights, states, 0, output);
    float[] adjoint = adjoint(layer);
    double sum = 0;
    for (int i = 0; i < output.length; i++) {
      sum += (double) adjoint[i] * output[i];
    }
    return sum;
  }

  private static void run(RecurrentLayer layer, CellWeights[] weights, RecurrentState[] states) {
    RandomStream random = new RandomStream(4);
    for (int t = 0; t < STEPS; t++) {
      float[] x = new float[INPUTS];
      for (int i = 0; i < INPUTS; i++) {
        x[i] = (float) random.nextGaussian();
      }
      layer.advance(weights, x, 1f, states);
    }
  }
}
