package eddy.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eddy.cell.CellGroup;
import eddy.cell.CellWeights;
import eddy.cell.Gates;
import eddy.cell.LayerSpec;
import eddy.cell.Recurrence;
import eddy.gradient.BlockRtrl;
import eddy.gradient.GradientEstimator;
import eddy.gradient.RecurrentState;
import eddy.gradient.UnitTraces;
import eddy.gradient.WindowedBptt;
import eddy.math.Kernels;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Variants of recurrent networks under every exact estimator against full back-propagation through
 * time in float64: hard gates, irregular gaps, stacks, mean outputs
 * (src/test/resources/eddy/oracles/variants.json, by scripts/oracles/variants.py).
 */
class VariantOracleTest {
  private static final double TOLERANCE = 1e-5;
  private static final Kernels KERNELS = Kernels.fastest();

  /** A way to build the estimator of a recurrence, with a name. */
  private record Exact(String name, Function<Recurrence, GradientEstimator> of) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Arguments> cases() throws IOException {
    List<Arguments> cases = new ArrayList<>();
    for (JsonNode values : read()) {
      NetworkSpec spec = spec(values);
      int steps = values.get("x").size();
      for (int block : new int[] {1, 4}) {
        cases.add(
            exact("block-rtrl " + block, spec, values, r -> new BlockRtrl(r, KERNELS, block)));
      }
      cases.add(exact("tbptt", spec, values, r -> new WindowedBptt(r, KERNELS, steps)));
      if (spec.recurrences(1).stream().allMatch(VariantOracleTest::unitsLearnApart)) {
        cases.add(exact("unit-traces", spec, values, r -> new UnitTraces((CellGroup) r, KERNELS)));
      }
    }
    return cases.stream();
  }

  private static Arguments exact(
      String name, NetworkSpec spec, JsonNode values, Function<Recurrence, GradientEstimator> of) {
    return Arguments.of(spec, new Exact(name, of), values);
  }

  private static boolean unitsLearnApart(Recurrence recurrence) {
    return recurrence instanceof CellGroup group && group.elementWise();
  }

  private static NetworkSpec spec(JsonNode values) {
    Gates gates = Gates.valueOf(values.get("gates").asText().toUpperCase(Locale.ROOT));
    LayerSpec layer =
        new LayerSpec(values.get("cell").asText(), values.get("units").asInt()).withGates(gates);
    NetworkSpec spec =
        NetworkSpec.of(layer)
            .withLayers(values.get("layers").asInt(), values.get("residual").asBoolean());
    return values.get("mean").asBoolean() ? spec.withMean() : spec;
  }

  private static JsonNode read() throws IOException {
    try (InputStream in =
        VariantOracleTest.class.getResourceAsStream("/eddy/oracles/variants.json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void addGradient_fixedWeights_equalsFullBackPropagation(
      NetworkSpec spec, Exact exact, JsonNode values) {
    assertThat(largestError(spec, exact.of, values)).isLessThanOrEqualTo(TOLERANCE);
  }

  @Test
  void addGradient_windowOfTwoSteps_differsFromFullBackPropagation() throws IOException {
    // the control: these references do tell a truncated gradient from an exact one
    for (JsonNode values : read()) {
      NetworkSpec spec = spec(values);
      assertThat(largestError(spec, r -> new WindowedBptt(r, KERNELS, 2), values))
          .as(spec.toString())
          .isGreaterThan(1e-3);
    }
  }

  /** Of outputs and gradients of all steps that the reference has. */
  private static double largestError(
      NetworkSpec spec, Function<Recurrence, GradientEstimator> of, JsonNode values) {
    List<Recurrence> recurrences = spec.recurrences(values.get("inputs").asInt());
    RecurrentLayer network =
        new RecurrentLayer(
            KERNELS, recurrences, recurrences.stream().map(of).toList(), spec.mean());
    CellWeights[] weights = weights(recurrences, floats(values.get("weights")));
    RecurrentState[] states = network.newState(true);
    float[] output = new float[network.outputs()];
    float[] adjoint = floats(values.get("adjoint"));
    double largest = 0;
    int compared = 0;
    for (int t = 0; t < values.get("x").size(); t++) {
      float dt = (float) values.get("dt").get(t).asDouble();
      network.advance(weights, floats(values.get("x").get(t)), dt, states);
      network.output(weights, states, 0, output);
      largest = Math.max(largest, error(output, values.get("output").get(t)));
      JsonNode expected = values.get("gradient").get(Integer.toString(t));
      if (expected != null) {
        float[][] gradients = new float[network.blocks()][];
        for (int g = 0; g < gradients.length; g++) {
          gradients[g] = new float[network.parameters(g)];
        }
        network.addGradient(weights, states, 0, output, adjoint, gradients);
        largest = Math.max(largest, error(joined(gradients, network.parameters()), expected));
        compared++;
      }
    }
    assertThat(compared).isGreaterThanOrEqualTo(3);
    return largest;
  }

  private static CellWeights[] weights(List<Recurrence> recurrences, float[] flat) {
    CellWeights[] weights = new CellWeights[recurrences.size()];
    int at = 0;
    for (int g = 0; g < weights.length; g++) {
      float[] own = new float[recurrences.get(g).parameters()];
      System.arraycopy(flat, at, own, 0, own.length);
      weights[g] = recurrences.get(g).weightsOf(own);
      at += own.length;
    }
    assertThat(at).as("weights of the reference").isEqualTo(flat.length);
    return weights;
  }

  private static float[] joined(float[][] blocks, int length) {
    float[] joined = new float[length];
    int at = 0;
    for (float[] block : blocks) {
      System.arraycopy(block, 0, joined, at, block.length);
      at += block.length;
    }
    return joined;
  }

  private static float[] floats(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) array.get(i).asDouble();
    }
    return values;
  }

  /** ||actual - expected|| / ||expected||. */
  private static double error(float[] actual, JsonNode expected) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < actual.length; i++) {
      double value = expected.get(i).asDouble();
      difference += (actual[i] - value) * (actual[i] - value);
      norm += value * value;
    }
    return Math.sqrt(difference / norm);
  }
}
