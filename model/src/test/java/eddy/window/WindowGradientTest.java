package eddy.window;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.cell.CellWeights;
import eddy.cell.Cells;
import eddy.cell.LayerSpec;
import eddy.gradient.RecurrentState;
import eddy.math.Kernels;
import eddy.math.RandomStream;
import eddy.network.Network;
import eddy.network.NetworkSpec;
import eddy.network.NetworkSpec.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks over a window against PyTorch's autograd, and against central differences. */
class WindowGradientTest {
  private static final double TOLERANCE = 1e-5;
  private static final Kernels KERNELS = Kernels.fastest();

  static List<WindowOracle> oracles() {
    return WindowOracle.all();
  }

  @ParameterizedTest
  @MethodSource("oracles")
  void addGradient_sequenceLongerThanTheWindow_equalsAutograd(WindowOracle oracle) {
    Network network = oracle.composition().build(KERNELS);
    CellWeights[] weights = oracle.weights(network);
    RecurrentState[] states = network.newState(true);
    for (int t = 0; t < oracle.steps(); t++) {
      network.advance(weights, oracle.input(t), 1f, states);
    }
    network.unroll(weights, states);
    for (int lane = 0; lane < oracle.lanes(); lane++) {
      float[] output = new float[network.outputs()];
      network.output(weights, states, lane, output);
      assertThat(relativeError(output, oracle.output(lane)))
          .as("output of lane %d", lane)
          .isLessThanOrEqualTo(TOLERANCE);
      float[][] gradients = gradients(network);
      network.addGradient(weights, states, lane, output, oracle.adjoint(lane), gradients);
      for (int block = 0; block < gradients.length; block++) {
        assertThat(relativeError(gradients[block], oracle.gradient(lane, block)))
            .as("gradient of lane %d by block %d", lane, block)
            .isLessThanOrEqualTo(TOLERANCE);
      }
    }
  }

  static Stream<Arguments> networks() {
    List<Arguments> cases = new ArrayList<>();
    for (String cell : Cells.names()) {
      LayerSpec layer = new LayerSpec(cell, 4);
      cases.add(Arguments.of(new NetworkSpec(Kind.BIDIRECTIONAL, layer, 1, false, 2, false), 1));
      cases.add(Arguments.of(new NetworkSpec(Kind.BIDIRECTIONAL, layer, 2, true, 1, false), 1));
      cases.add(Arguments.of(new NetworkSpec(Kind.ENCODER_DECODER, layer, 2, true, 0, false), 2));
      cases.add(Arguments.of(new NetworkSpec(Kind.ATTENTION, layer, 1, false, 0, false), 3));
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void addGradient_everyCell_equalsCentralDifferences(NetworkSpec spec, int lanes) {
    // inputs as wide as a layer both ways, so that every layer can be residual
    int inputs = 8;
    for (boolean mean : new boolean[] {false, spec.lookahead() == 0}) {
      NetworkSpec shown = mean ? spec.withMean() : spec;
      Network network = new Composition(shown, inputs, 5, lanes).build(KERNELS);
      RandomStream random = new RandomStream(3);
      CellWeights[] weights = network.newWeights(random);
      RecurrentState[] states = network.newState(true);
      float[] x = new float[inputs];
      for (int t = 0; t < 9; t++) {
        fill(random, x);
        network.advance(weights, x, 0.5f + (float) random.nextDouble(), states);
      }
      float[] adjoint = new float[network.outputs()];
      fill(random, adjoint);
      for (int lane = 0; lane < lanes; lane++) {
        assertDirection(network, weights, states, lane, adjoint, random);
      }
    }
  }

  /** The derivative along a random direction of all weights, float32 against differences. */
  private static void assertDirection(
      Network network,
      CellWeights[] weights,
      RecurrentState[] states,
      int lane,
      float[] adjoint,
      RandomStream random) {
    float[][] direction = gradients(network);
    float[][] gradients = gradients(network);
    network.unroll(weights, states);
    float[] output = new float[network.outputs()];
    network.output(weights, states, lane, output);
    network.addGradient(weights, states, lane, output, adjoint, gradients);
    for (int b = 0; b < direction.length; b++) {
      fill(random, direction[b]);
      double slope = 0;
      for (int p = 0; p < direction[b].length; p++) {
        slope += direction[b][p] * gradients[b][p];
      }
      double step = 1e-4; // small, so that hardly any unit crosses its kink
      double above = loss(network, weights, states, lane, adjoint, b, direction[b], step);
      double below = loss(network, weights, states, lane, adjoint, b, direction[b], -step);
      assertThat((above - below) / (2 * step))
          .as("slope of lane %d along block %d", lane, b)
          .isCloseTo(slope, org.assertj.core.data.Offset.offset(1e-2 * (1 + Math.abs(slope))));
    }
  }

  private static double loss(
      Network network,
      CellWeights[] weights,
      RecurrentState[] states,
      int lane,
      float[] adjoint,
      int block,
      float[] direction,
      double step) {
    float[] kept = weights[block].values.clone();
    for (int p = 0; p < kept.length; p++) {
      weights[block].values[p] += (float) (step * direction[p]);
    }
    network.refresh(weights);
    network.unroll(weights, states);
    float[] output = new float[network.outputs()];
    network.output(weights, states, lane, output);
    System.arraycopy(kept, 0, weights[block].values, 0, kept.length);
    network.refresh(weights);
    double loss = 0;
    for (int i = 0; i < output.length; i++) {
      loss += (double) output[i] * adjoint[i];
    }
    return loss;
  }

  private static float[][] gradients(Network network) {
    float[][] gradients = new float[network.blocks()][];
    for (int b = 0; b < gradients.length; b++) {
      gradients[b] = new float[network.parameters(b)];
    }
    return gradients;
  }

  private static void fill(RandomStream random, float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
  }

  /** ||actual - expected|| / ||expected||, the norm of the difference where nothing is expected. */
  private static double relativeError(float[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += (actual[i] - expected[i]) * (actual[i] - expected[i]);
      norm += expected[i] * expected[i];
    }
    return norm == 0 ? Math.sqrt(difference) : Math.sqrt(difference / norm);
  }
}
