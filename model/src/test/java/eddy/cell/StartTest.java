package eddy.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import eddy.math.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The defining property of every way in which weights start. */
class StartTest {
  private static final int UNITS = 64;
  private static final int INPUTS = 20;

  private static Start matrices(Init init) {
    return new Start(init, ForgetBias.AUTO);
  }

  private static CellGroup group(String cell, Start start) {
    LayerSpec spec = new LayerSpec(cell, UNITS).withStart(start);
    return (CellGroup) Cells.layer(spec, INPUTS).get(0);
  }

  private static float[] values(CellGroup group) {
    return group.newWeights(new RandomStream(11)).values;
  }

  /** Q^T Q of one gate's recurrent matrix, element (i, j). */
  private static double gram(CellGroup group, float[] values, int gate, int i, int j) {
    double sum = 0;
    for (int row = 0; row < UNITS; row++) {
      int at = group.recurrentAt() + row * group.recurrentColumns() + gate * UNITS;
      sum += (double) values[at + i] * values[at + j];
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({"elman,AUTO", "lstm,AUTO", "lstm,ORTHOGONAL", "gru,ORTHOGONAL", "irnn,ORTHOGONAL"})
  void newWeights_orthogonal_columnsOfEveryGateAreOrthonormal(String cell, Init init) {
    CellGroup group = group(cell, matrices(init));
    float[] values = values(group);
    boolean identity = true;
    for (int gate = 0; gate < group.recurrentColumns() / UNITS; gate++) {
      for (int i = 0; i < UNITS; i++) {
        for (int j = 0; j < UNITS; j++) {
          double product = gram(group, values, gate, i, j);
          assertThat(product).isCloseTo(i == j ? 1 : 0, within(1e-6));
          identity &= values[group.recurrentAt() + i * group.recurrentColumns() + i] == 1f;
        }
      }
    }
    assertThat(identity).as("a random matrix").isFalse();
  }

  @ParameterizedTest
  @CsvSource({"irnn,AUTO", "lstm,IDENTITY", "gru,IDENTITY"})
  void newWeights_identity_isTheIdentityInEveryGate(String cell, Init init) {
    CellGroup group = group(cell, matrices(init));
    float[] values = values(group);
    for (int row = 0; row < UNITS; row++) {
      for (int column = 0; column < group.recurrentColumns(); column++) {
        assertThat(values[group.recurrentAt() + row * group.recurrentColumns() + column])
            .isEqualTo(column % UNITS == row ? 1f : 0f);
      }
    }
  }

  @Test
  void newWeights_glorot_hasItsVarianceAndRange() {
    CellGroup group = group("lstm", matrices(Init.GLOROT));
    float[] values = values(group);
    uniform(values, group.inputAt(), group.recurrentAt(), 2.0 / (INPUTS + UNITS));
    uniform(values, group.recurrentAt(), group.biasAt(), 2.0 / (UNITS + UNITS));
  }

  @ParameterizedTest
  @EnumSource(
      value = Init.class,
      names = {"AUTO", "ORTHOGONAL", "IDENTITY"})
  void newWeights_notGlorot_inputWeightsHaveTheVarianceOfOneInput(Init init) {
    CellGroup group = group("lstm", matrices(init));
    uniform(values(group), group.inputAt(), group.recurrentAt(), 1.0 / INPUTS);
  }

  /** Uniform about 0: the variance within 5 %, and all of the range used but none beyond. */
  private static void uniform(float[] values, int from, int to, double variance) {
    double square = 0;
    double largest = 0;
    for (int i = from; i < to; i++) {
      square += (double) values[i] * values[i];
      largest = Math.max(largest, Math.abs(values[i]));
    }
    assertThat(square / (to - from)).isCloseTo(variance, within(0.05 * variance));
    double bound = Math.sqrt(3 * variance);
    assertThat(largest).isBetween(0.99 * bound, bound * (1 + 1e-6));
  }

  @Test
  void newWeights_glorotOnJordanAndResetBefore_movesEveryMatrix() {
    for (String cell : new String[] {"jordan", "gru-reset-before"}) {
      Recurrence recurrence =
          Cells.layer(new LayerSpec(cell, UNITS).withStart(matrices(Init.GLOROT)), INPUTS).get(0);
      float[] values = recurrence.newWeights(new RandomStream(1)).values;
      double largest = 0;
      for (int i = INPUTS * UNITS * 3; i < values.length; i++) {
        largest = Math.max(largest, Math.abs(values[i]));
      }
      assertThat(largest).as(cell).isLessThanOrEqualTo(Math.sqrt(6.0 / (UNITS + UNITS)) + 1e-6);
    }
  }

  /** Offset of the gate that keeps, and 1 where it opens to keep, -1 where it shuts. */
  @ParameterizedTest
  @CsvSource({"lstm,1,1", "lstm-peephole,1,1", "gru,2,1", "elstm,1,1", "gru-reset-before,1,-1"})
  void newWeights_forgetBias_standsInTheGateThatKeeps(String cell, int gate, int sign) {
    for (ForgetBias forget : new ForgetBias[] {ForgetBias.of("2.5"), ForgetBias.of("chrono(40)")}) {
      LayerSpec spec = new LayerSpec(cell, UNITS).withStart(new Start(Init.AUTO, forget));
      Recurrence recurrence = Cells.layer(spec, INPUTS).get(0);
      float[] values = recurrence.newWeights(new RandomStream(5)).values;
      int biases = cell.startsWith("gru-") ? 3 : cell.equals("elstm") ? 2 : 4;
      int at = values.length - (biases - gate) * UNITS;
      double least = Double.MAX_VALUE;
      double most = -Double.MAX_VALUE;
      for (int u = at; u < at + UNITS; u++) {
        least = Math.min(least, sign * values[u]);
        most = Math.max(most, sign * values[u]);
      }
      if (forget.kind() == ForgetBias.Kind.FIXED) {
        assertThat(least).isEqualTo(2.5);
        assertThat(most).isEqualTo(2.5);
      } else {
        // u uniform in 1..39: 64 draws reach both ends
        assertThat(Math.exp(least)).isBetween(1.0, 3.0);
        assertThat(Math.exp(most)).isBetween(37.0, 39.01);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lstm", "lstm-peephole"})
  void newWeights_chrono_inputGateIsTheNegative(String cell) {
    CellGroup group = group(cell, new Start(Init.AUTO, ForgetBias.of("chrono(100)")));
    float[] values = values(group);
    for (int u = 0; u < UNITS; u++) {
      assertThat(values[group.biasAt() + u]).isEqualTo(-values[group.biasAt() + UNITS + u]);
    }
  }

  @Test
  void newWeights_auto_forgetBiasesAreTheCellsOwn() {
    CellGroup lstm = group("lstm", Start.AUTO);
    assertThat(values(lstm)[lstm.biasAt()]).isZero();
    assertThat(values(lstm)[lstm.biasAt() + UNITS]).isEqualTo(1f);
    CellGroup gru = group("gru", Start.AUTO);
    assertThat(values(gru)[gru.biasAt() + 2 * UNITS]).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"elman", "mixed", "rtu", "indrnn", "jordan"})
  void layer_cellWithoutSuchGates_isRefused(String cell) {
    LayerSpec spec = new LayerSpec(cell, 8);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cells.layer(spec.withGates(Gates.HARD), 3))
        .withMessageContaining(cell)
        .withMessageContaining("smooth");
    Start fixed = new Start(Init.AUTO, ForgetBias.of("1"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cells.layer(spec.withStart(fixed), 3))
        .withMessageContaining("auto");
  }

  @ParameterizedTest
  @ValueSource(strings = {"elstm", "mixed", "rtu", "indrnn"})
  void layer_orthogonalWithoutRecurrentMatrix_isRefused(String cell) {
    LayerSpec spec = new LayerSpec(cell, 8);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cells.layer(spec.withStart(matrices(Init.ORTHOGONAL)), 3))
        .withMessageContaining("auto or glorot");
    assertThat(Cells.layer(spec.withStart(matrices(Init.GLOROT)), 3)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "1.5", "-2.0", "chrono(100)"})
  void toString_ofForgetBias_isReadBack(String text) {
    assertThat(ForgetBias.of(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "NaN", "1e9", "chrono", "chrono(2)", "chrono(x)", "one"})
  void of_wrongForgetBias_isRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ForgetBias.of(text));
  }
}
