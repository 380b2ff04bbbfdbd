package eddy.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eddy.math.Kernels;
import eddy.math.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every recurrence must keep: its pull-back is the derivative of its own step. */
class RecurrenceContractTest {
  private static final Kernels KERNELS = Kernels.fastest();
  private static final float[] TIMES = {0f, 0.3f, 1f, 2.5f};
  private static final float STEP = 4e-3f;
  private static final double TOLERANCE = 4e-3;
  private static final int INPUTS = 5;
  private static final int UNITS = 8;

  static Stream<Recurrence> recurrences() {
    List<Recurrence> all = new ArrayList<>();
    for (String name : Cells.names()) {
      LayerSpec spec = new LayerSpec(name, UNITS);
      List<Recurrence> layer = Cells.layer(spec, INPUTS);
      all.addAll(layer);
      layer.forEach(recurrence -> all.add(recurrence.summed()));
      if (Cells.gated().contains(name)) {
        all.addAll(Cells.layer(spec.withGates(Gates.HARD), INPUTS));
      }
    }
    for (boolean residual : new boolean[] {false, true}) {
      for (String name : List.of("lstm", "jordan", "mixed-time")) {
        all.add(stack(name, residual));
      }
    }
    all.add(stack("rtu", true).summed());
    return all.stream();
  }

  private static Recurrence stack(String name, boolean residual) {
    LayerSpec spec = new LayerSpec(name, UNITS);
    List<List<Recurrence>> layers = new ArrayList<>();
    for (int inputs : new int[] {INPUTS, UNITS, UNITS}) {
      layers.add(Cells.layer(spec, inputs));
    }
    return new Stack(layers, residual);
  }

  /** A loss v . s' + q . output(s') of one step, and everything that it depends on. */
  private static final class Step {
    final Recurrence recurrence;
    final float dt;
    final float[] values;
    final float[] x;
    final float[] state;
    final float[] v;
    final float[] q;

    Step(Recurrence recurrence, float dt) {
      this.recurrence = recurrence;
      this.dt = dt;
      RandomStream random = new RandomStream(6);
      values = recurrence.newWeights(random).values;
      for (int i = 0; i < values.length; i++) {
        values[i] += (float) random.uniform(-0.3, 0.3);
      }
      x = random(random, recurrence.inputs());
      state = random(random, recurrence.stateLength());
      v = random(random, recurrence.stateLength());
      q = random(random, recurrence.outputs());
    }

    private static float[] random(RandomStream random, int length) {
      float[] values = new float[length];
      for (int i = 0; i < length; i++) {
        values[i] = (float) random.uniform(-0.9, 0.9);
      }
      return values;
    }

    double loss() {
      float[] next = new float[state.length];
      float[] output = new float[q.length];
      recurrence.step(KERNELS, recurrence.weightsOf(values), x, dt, state, next);
      recurrence.output(KERNELS, next, output, 0);
      return dot(v, next) + dot(q, output);
    }

    private static double dot(float[] a, float[] b) {
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        sum += (double) a[i] * b[i];
      }
      return sum;
    }

    /** Compares a derivative with central differences of the loss by each entry of an argument. */
    void same(String what, float[] derivative, float[] argument) {
      double middle = loss();
      int compared = 0;
      for (int i = 0; i < argument.length; i++) {
        float before = argument[i];
        argument[i] = before + STEP;
        double up = loss();
        double difference = argument[i];
        argument[i] = before - STEP;
        double down = loss();
        difference -= argument[i];
        argument[i] = before;
        // half of a step's bend is what a kink, such as a ReLU's, can add to a central difference
        if (Math.abs(up - 2 * middle + down) < 2 * TOLERANCE * STEP) {
          assertThat((double) derivative[i])
              .as("%s, dt %s, by %s %d", recurrence.name(), dt, what, i)
              .isCloseTo((up - down) / difference, within(TOLERANCE));
          compared++;
        }
      }
      assertThat(compared)
          .as("%s, by %s: entries without a kink", recurrence.name(), what)
          .isGreaterThan(argument.length / 2);
    }
  }

  @ParameterizedTest
  @MethodSource("recurrences")
  void pullBack_randomStep_equalsCentralDifferences(Recurrence recurrence) {
    for (float dt : TIMES) {
      Step step = new Step(recurrence, dt);
      CellWeights weights = recurrence.weightsOf(step.values.clone());
      float[] next = new float[step.state.length];
      // offsets other than 0, as windows and folds use them
      float[] tape = new float[recurrence.tapeLength() + 5];
      recurrence.record(KERNELS, weights, step.x, dt, step.state, next, tape, 5);
      float[] output = new float[step.q.length];
      recurrence.output(KERNELS, next, output, 0);
      float[] adjoint = step.v.clone();
      recurrence.addOutputAdjoint(KERNELS, next, output, step.q, 0, adjoint);
      float[] inputAdjoint = new float[recurrence.inputs()];
      float[] gradient = new float[recurrence.parameters() + 7];
      recurrence.pullBack(KERNELS, weights, tape, 5, adjoint, inputAdjoint, gradient, 7);
      float[] byWeights = Arrays.copyOfRange(gradient, 7, gradient.length);
      step.same("weight", byWeights, step.values);
      step.same("state", adjoint, step.state);
      step.same("input", inputAdjoint, step.x);
    }
  }

  @ParameterizedTest
  @MethodSource("recurrences")
  void record_sameStep_givesTheStateOfStep(Recurrence recurrence) {
    Step step = new Step(recurrence, 1f);
    CellWeights weights = recurrence.weightsOf(step.values);
    float[] stepped = new float[step.state.length];
    float[] recorded = new float[step.state.length];
    recurrence.step(KERNELS, weights, step.x, 1f, step.state, stepped);
    float[] tape = new float[recurrence.tapeLength()];
    recurrence.record(KERNELS, weights, step.x, 1f, step.state, recorded, tape, 0);
    assertThat(recorded).containsExactly(stepped);
  }

  @ParameterizedTest
  @MethodSource("recurrences")
  void refresh_changedValues_equalsWeightsMadeOfThem(Recurrence recurrence) {
    Step step = new Step(recurrence, 1f);
    CellWeights moved = recurrence.newWeights(new RandomStream(1));
    System.arraycopy(step.values, 0, moved.values, 0, step.values.length);
    recurrence.refresh(KERNELS, moved);
    float[] expected = new float[step.state.length];
    float[] actual = new float[step.state.length];
    recurrence.step(KERNELS, recurrence.weightsOf(step.values), step.x, 1f, step.state, expected);
    recurrence.step(KERNELS, moved, step.x, 1f, step.state, actual);
    assertThat(actual).containsExactly(expected);
  }

  @ParameterizedTest
  @MethodSource("recurrences")
  void inputRows_ofOneInputSetToZero_hideThatInputAlone(Recurrence recurrence) {
    RandomStream random = new RandomStream(9);
    float[] values = recurrence.newWeights(random).values;
    for (InputRows rows : recurrence.inputRows()) {
      assertThat(rows.inputs()).isEqualTo(INPUTS);
      int from = rows.at() + 2 * rows.columns();
      Arrays.fill(values, from, from + rows.columns(), 0f);
    }
    for (int input = 0; input < INPUTS; input++) {
      float[] x = {0.1f, 0.2f, 0.3f, 0.4f, 0.5f};
      float[] before = next(recurrence, values, x);
      x[input] += 1f;
      boolean seen = !Arrays.equals(before, next(recurrence, values, x));
      assertThat(seen).as("input " + input).isEqualTo(input != 2);
    }
  }

  private static float[] next(Recurrence recurrence, float[] values, float[] x) {
    float[] next = new float[recurrence.stateLength()];
    float[] state = new float[recurrence.stateLength()];
    CellWeights weights = recurrence.weightsOf(values);
    for (int step = 0; step < 3; step++) {
      recurrence.step(KERNELS, weights, x, 1f, state, next);
      System.arraycopy(next, 0, state, 0, state.length);
    }
    return next;
  }
}
