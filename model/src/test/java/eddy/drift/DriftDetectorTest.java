package eddy.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import eddy.drift.DriftTable.Detector;
import eddy.drift.DriftTable.Drift;
import eddy.drift.DriftTable.Result;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Detectors beside those of MOA, and that they can be stored. */
class DriftDetectorTest {
  /** Of MOA's mean delay, and no more than one look at the window. */
  private static final double DELAY_OF_MOA = 0.1;

  private static final double LOOK = 32;

  private static final double FALSE_ALARMS = 0.2;

  static Stream<Supplier<DriftDetector>> detectors() {
    return Stream.of(Adwin::new, PageHinkley::new);
  }

  @ParameterizedTest
  @EnumSource(names = {"ABRUPT_LARGE", "ABRUPT_SMALL", "GRADUAL"})
  void adwin_onDrift_agreesWithMoa(Drift drift) {
    Result here = DriftTable.result(Detector.ADWIN_HERE, drift);
    Result moa = DriftTable.result(Detector.ADWIN_MOA, drift);

    assertThat(here.found()).isEqualTo(moa.found()).isEqualTo(1);
    assertThat(here.delay()).isCloseTo(moa.delay(), within(DELAY_OF_MOA * moa.delay() + LOOK));
    assertThat(here.falseAlarms()).isLessThanOrEqualTo(FALSE_ALARMS);
  }

  @ParameterizedTest
  @EnumSource(names = {"ABRUPT_LARGE", "ABRUPT_SMALL", "GRADUAL"})
  void pageHinkley_onDrift_isNoSlowerThanMoa(Drift drift) {
    Result here = DriftTable.result(Detector.PAGE_HINKLEY_HERE, drift);
    Result moa = DriftTable.result(Detector.PAGE_HINKLEY_MOA, drift);

    assertThat(here.found()).isEqualTo(1);
    assertThat(here.delay()).isLessThanOrEqualTo(moa.delay());
    assertThat(here.falseAlarms()).isLessThanOrEqualTo(FALSE_ALARMS);
  }

  @Test
  void adwin_singleStreams_alarmsWithinOneLookOfMoa() {
    for (int seed = 0; seed < 20; seed++) {
      double[] values = Drift.ABRUPT_LARGE.stream(seed);
      List<Integer> here = DriftTable.alarms(Detector.ADWIN_HERE.make.get(), values);
      List<Integer> moa = DriftTable.alarms(Detector.ADWIN_MOA.make.get(), values);

      assertThat((double) here.get(0)).isCloseTo(moa.get(0), within(LOOK));
    }
  }

  @Test
  void adwin_afterAChange_holdsTheMeanOfWhatCameAfter() {
    Adwin adwin = new Adwin();
    double[] values = Drift.ABRUPT_LARGE.stream(1);
    for (double value : values) {
      adwin.add(value);
    }

    assertThat(adwin.mean()).isCloseTo(0.5, within(0.03));
    assertThat((double) adwin.width()).isCloseTo(DriftTable.AFTER, within(300.0));
  }

  @Test
  void pageHinkley_fallOfTheMean_isNotFound() {
    PageHinkley test = new PageHinkley();
    for (int i = 0; i < 4000; i++) {
      assertThat(test.add(i < 2000 ? 0.8 : 0.1)).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("detectors")
  void decode_whatEncodeWrote_goesOnEqually(Supplier<DriftDetector> make) {
    double[] values = Drift.ABRUPT_SMALL.stream(2);
    DriftDetector one = make.get();
    int half = DriftTable.BEFORE + 100;
    for (int i = 0; i < half; i++) {
      one.add(values[i]);
    }
    ByteBuffer stored = ByteBuffer.allocate(one.mostBytes());
    one.encode(stored);
    stored.flip();
    DriftDetector other = make.get();
    // what it held before does not count
    other.add(0.5);
    other.decode(stored);

    boolean found = false;
    for (int i = half; i < values.length; i++) {
      boolean said = one.add(values[i]);
      assertThat(other.add(values[i])).isEqualTo(said);
      found |= said;
    }
    assertThat(found).isTrue();
    assertThat(stored.remaining()).isZero();
  }

  @ParameterizedTest
  @MethodSource("detectors")
  void add_compiled_allocatesNothing(Supplier<DriftDetector> make) {
    DriftDetector detector = make.get();
    double[] values = Drift.GRADUAL.stream(3);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long fewest = Long.MAX_VALUE;
    for (int round = 0; round < 50 && fewest > 0; round++) {
      long before = threads.getThreadAllocatedBytes(thread);
      for (double value : values) {
        detector.add(value);
      }
      fewest = Math.min(fewest, threads.getThreadAllocatedBytes(thread) - before);
    }

    assertThat(fewest).isZero();
  }

  @Test
  void constructors_settingsThatMeanNothing_areRefused() {
    assertThatThrownBy(() -> new Adwin(0)).hasMessageContaining("(0, 1) but was 0.0");
    assertThatThrownBy(() -> new PageHinkley(0.1, 0)).hasMessageContaining("0.1 and 0.0");
  }
}
