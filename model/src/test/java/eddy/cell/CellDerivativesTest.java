package eddy.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eddy.math.Kernels;
import eddy.math.RandomStream;
import eddy.math.ScalarKernels;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The three derivatives of every cell against central differences of its own step. */
class CellDerivativesTest {
  private static final float DT = 1.5f;
  private static final float STEP = 1e-2f;
  private static final double TOLERANCE = 1e-3;

  private Cell cell;
  private float[] gates;
  private float[] own;
  private float[] state;

  static Iterable<String> cells() {
    return Cells.names();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void differentiate_randomStep_equalsCentralDifferences(String name) {
    for (Recurrence each : Cells.layer(new LayerSpec(name, 8), 3)) {
      if (!(each instanceof CellGroup group)) {
        continue;
      }
      cell = group.cell();
      RandomStream random = new RandomStream(6);
      CellShape shape = cell.shape();
      int units = cell.units();
      gates = away(random, (shape.gates() + 1) * units);
      own = away(random, shape.ownWeights() * units);
      state = away(random, shape.planes() * units);
      Derivatives derivatives = derivatives();
      for (int r = 0; r < shape.planes(); r++) {
        for (int g = 0; g < shape.gates(); g++) {
          same(name + " by gate", derivatives.byGate, derivatives.gate(r, g), gates, g, r);
        }
        for (int q = 0; q < shape.planes(); q++) {
          same(name + " by state", derivatives.byState, derivatives.state(r, q), state, q, r);
        }
        for (int w = 0; w < shape.ownWeights(); w++) {
          same(name + " by own weight", derivatives.byOwn, derivatives.own(r, w), own, w, r);
        }
      }
    }
  }

  /** Within (-1, 1), but not so near to 0 that a step crosses it, where a ReLU has its kink. */
  private static float[] away(RandomStream random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      double size = random.uniform(0.1, 0.9);
      values[i] = (float) (random.nextDouble() < 0.5 ? size : -size);
    }
    return values;
  }

  private float[] derived(float[] weights) {
    float[] derived = new float[cell.shape().derivedValues() * cell.units()];
    cell.derive(Kernels.fastest(), weights, new double[Cell.SCRATCH * cell.units()], derived);
    return derived;
  }

  private Derivatives derivatives() {
    float[] activated = gates.clone();
    float[] next = new float[state.length];
    float[] derived = derived(own);
    cell.activate(new ScalarKernels(), activated, own, derived, DT, state, next);
    Derivatives out = new Derivatives(cell);
    cell.differentiate(activated, own, derived, DT, state, next, out);
    return out;
  }

  private float[] next() {
    float[] next = new float[state.length];
    cell.activate(new ScalarKernels(), gates.clone(), own, derived(own), DT, state, next);
    return next;
  }

  /** Moves all units of one row of an argument at once: a unit depends on no other one. */
  private void same(String what, float[] derivative, int at, float[] argument, int row, int plane) {
    int units = cell.units();
    float[] before = argument.clone();
    float[][] sides = new float[2][];
    for (int side = 0; side < 2; side++) {
      for (int u = 0; u < units; u++) {
        argument[row * units + u] = before[row * units + u] + (side == 0 ? STEP : -STEP);
      }
      sides[side] = next();
      System.arraycopy(before, 0, argument, 0, before.length);
    }
    int compared = 0;
    for (int u = 0; u < units; u++) {
      float up = sides[0][plane * units + u];
      float down = sides[1][plane * units + u];
      // a step across the kink of a ReLU has no derivative
      if ((up == 0) == (down == 0)) {
        assertThat((double) derivative[at + u])
            .as("%s, row %d of plane %d, unit %d", what, row, plane, u)
            .isCloseTo((up - down) / (2.0 * STEP), within(TOLERANCE));
        compared++;
      }
    }
    assertThat(compared).as(Arrays.toString(sides[0])).isGreaterThanOrEqualTo(units / 2);
  }
}
