package eddy.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import eddy.math.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Drift in the losses of a learner, in units of their own. */
class LossWatchTest {
  private static final int CHANGE = 4000;
  private static final int LOSSES = 8000;

  /** Of 100 streams without drift, at most so many may have an alarm. */
  private static final int FALSE_ALARMS = 5;

  /** Sizes of normal errors times a factor by number. */
  private static double[] errors(long seed, IntToDoubleFunction factor) {
    RandomStream random = new RandomStream(seed);
    double[] losses = new double[LOSSES];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = factor.applyAsDouble(i) * Math.abs(random.nextGaussian());
    }
    return losses;
  }

  private static DriftState state(String detector) {
    return DriftState.of(Detection.of(detector), false);
  }

  private static List<Long> found(DriftState state, double[] losses, int from, int to) {
    List<Long> found = new ArrayList<>();
    for (int i = from; i < to; i++) {
      if (state.of(0).add(losses[i])) {
        found.add(state.of(0).labels());
        state.restart();
      }
    }
    return found;
  }

  private static List<Long> found(String detector, double[] losses) {
    return found(state(detector), losses, 0, losses.length);
  }

  @ParameterizedTest
  @CsvSource({"adwin, 200", "page-hinkley, 600"})
  void add_lossesTwiceAsLarge_areFoundOnce(String detector, long delay) {
    double[] losses = errors(1, i -> i < CHANGE ? 1 : 2);

    assertThat(found(detector, losses))
        .singleElement()
        .satisfies(labels -> assertThat(labels).isBetween(CHANGE + 1L, CHANGE + delay));
  }

  @ParameterizedTest
  @ValueSource(strings = {"adwin", "page-hinkley"})
  void add_otherUnits_findsTheSame(String detector) {
    // by powers of two, so that all is the same but for exponents
    List<Long> found = found(detector, errors(2, i -> i < CHANGE ? 1 : 3));

    assertThat(found(detector, errors(2, i -> (i < CHANGE ? 1 : 3) * 0x1p30))).isEqualTo(found);
    assertThat(found(detector, errors(2, i -> (i < CHANGE ? 1 : 3) * 0x1p-30))).isEqualTo(found);
    assertThat(found).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"adwin", "page-hinkley"})
  void add_learningThatGoesOn_findsNothing(String detector) {
    int alarms = 0;
    for (int seed = 0; seed < 100; seed++) {
      double[] losses = errors(seed, i -> 1 + 20 * StrictMath.exp(-i / 500.0));
      alarms += found(detector, losses).isEmpty() ? 0 : 1;
    }
    assertThat(alarms).isLessThanOrEqualTo(FALSE_ALARMS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"adwin", "page-hinkley"})
  void add_drift_meansAreThoseOfBothSides(String detector) {
    double[] losses = errors(3, i -> i < CHANGE ? 1 : 4);
    DriftState state = state(detector);
    for (int i = 0; i < LOSSES; i++) {
      if (state.of(0).add(losses[i])) {
        double mean = StrictMath.sqrt(2 / StrictMath.PI);
        // what a late detector finds has already passed from the 64 newest to the 1000 before
        int late = Math.max(0, i + 1 - CHANGE - 64);
        double before = mean * (1 + 3 * late / 1000.0);
        assertThat(state.of(0).before()).as("%d late", late).isCloseTo(before, within(0.2 * mean));
        assertThat(state.of(0).after()).isBetween(1.5 * mean, 5 * mean);
        return;
      }
    }
    throw new AssertionError("no drift was found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"adwin", "adwin(0.01)", "page-hinkley", "page-hinkley(0.01,20)"})
  void decode_inMidStream_goesOnAsIfUndisturbed(String detector) {
    double[] losses = errors(4, i -> i / 2000 % 2 == 0 ? 1 : 3);
    List<Long> whole = found(detector, losses);
    for (int stored : new int[] {0, 1, 50, 64, 1000, 2100, 5000}) {
      DriftState first = state(detector);
      List<Long> found = found(first, losses, 0, stored);
      DriftState second = DriftState.decode(first.encode());
      assertThat(second.encode()).isEqualTo(first.encode());
      found.addAll(found(second, losses, stored, LOSSES));
      assertThat(found).as("stored after %d", stored).isEqualTo(whole).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"adwin", "page-hinkley"})
  void add_constantThenErrors_isFound(String detector) {
    double[] losses = errors(5, i -> i < CHANGE ? 0 : 1);

    assertThat(found(detector, losses).get(0)).isBetween(CHANGE + 1L, CHANGE + 100L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "adwin(0.002,1) | no detector of drift is called adwin(0.002,1); write none, adwin,",
        "adwin(2) | a confidence must lie in (0, 1) but was 2.0",
        "page-hinkley(1) | no detector of drift",
        "page-hinkley(1,0) | a threshold > 0",
        "adwin(x) | expected a number but got \"x\"",
        "adwin(NaN) | expected a number but got \"NaN\"",
        "ddm | no detector of drift is called ddm",
        "adwin(1 | expected a name, or name(number,...), but got adwin(1"
      })
  void detectionOf_whatIsNone_isRefused(String text, String problem) {
    assertThatThrownBy(() -> Detection.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "restart | no action on drift is called restart; write none, boost,",
        "boost(4) | no action on drift",
        "boost(0,10) | must be above 0 and at most 1000 but was 0.0",
        "boost(2,0) | at least 1 label but was to last for 0",
        "boost(2,1.5) | a whole number of labels",
        "reset(1) | no action on drift"
      })
  void actionOf_whatIsNone_isRefused(String text, String problem) {
    assertThatThrownBy(() -> DriftAction.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "adwin(0.002)", "page-hinkley(0.005,50.0)"})
  void detectionOf_itsOwnText_isTheSame(String text) {
    assertThat(Detection.of(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"boost | boost(4.0,500)", "boost(2, 10) | boost(2.0,10)", "reset | reset"})
  void actionOf_shortForm_hasDefaults(String text, String whole) {
    assertThat(DriftAction.of(text)).hasToString(whole).isEqualTo(DriftAction.of(whole));
  }
}
