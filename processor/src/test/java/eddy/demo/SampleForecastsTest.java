package eddy.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eddy.config.TargetSyntax;
import org.junit.jupiter.api.Test;

class SampleForecastsTest {
  private final SampleForecasts samples = new SampleForecasts(Lines.TARGETS, 1000);

  @Test
  void table_nothingOffered_isEmpty() {
    assertThat(samples.table()).isEmpty();
  }

  @Test
  void offer_wholeStream_keepsTenOfItsSecondHalf() {
    for (int row = 0; row < 1000; row++) {
      samples.offer(Lines.line(row, 70, 1));
    }

    assertThat(samples.table().lines()).hasSize(1 + 10);
  }

  @Test
  void offer_firstHalfAndWeakStorms_areLeftOut() {
    for (int row = 0; row < 1000; row++) {
      samples.offer(Lines.line(row, row < 500 ? 100 : 63.9, 1));
    }

    assertThat(samples.table()).isEmpty();
  }

  @Test
  void offer_otherTargets_areLeftOut() {
    SampleForecasts other = new SampleForecasts(TargetSyntax.parse("t", "lat@+4"), 1000);

    for (int row = 0; row < 1000; row++) {
      other.offer(Lines.line(row, 70, 1));
    }

    assertThat(other.table()).isEmpty();
  }

  @Test
  void table_sample_tellsNowForecastTruthAndBothErrors() {
    samples.offer(Lines.line(600, 70, 1));

    assertThat(samples.table().lines().skip(1))
        .singleElement()
        .asString()
        .startsWith("Zoe-2026       2026-08-01 06:00")
        .containsSubsequence("10.0N  50.0W  70kt", "12.0N  51.0W  81kt", "11.0N  52.0W  80kt")
        // a degree of latitude is 111.2 km, of longitude here 109
        .containsPattern("156 km  1 kt +245 km 10 kt");
  }

  @Test
  void kilometres_knownArcs_haveTheirLength() {
    double quarter = Math.PI / 2 * 6371;
    assertThat(SampleForecasts.kilometres(0, 0, 90, 123)).isCloseTo(quarter, within(1e-6));
    assertThat(SampleForecasts.kilometres(0, -45, 0, 45)).isCloseTo(quarter, within(1e-6));
    assertThat(SampleForecasts.kilometres(0, 179.5, 0, -179.5)).isCloseTo(111.195, within(1e-3));
    assertThat(SampleForecasts.kilometres(25, -80, 25, -80)).isZero();
    // by the law of cosines, another formula
    double cosine =
        Math.sin(Math.toRadians(10)) * Math.sin(Math.toRadians(40))
            + Math.cos(Math.toRadians(10))
                * Math.cos(Math.toRadians(40))
                * Math.cos(Math.toRadians(25));
    assertThat(SampleForecasts.kilometres(10, -50, 40, -75))
        .isCloseTo(6371 * Math.acos(cosine), within(1e-6));
  }
}
