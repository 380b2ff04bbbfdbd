package eddy.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CalibrationTest {
  /** What Abramowitz and Stegun 7.1.26 is good for. */
  private static final double APPROXIMATION = 2e-7;

  @Test
  void normal_tableValues_areMet() {
    assertThat(Calibration.normal(0)).isCloseTo(0.5, within(APPROXIMATION));
    assertThat(Calibration.normal(1.959963985)).isCloseTo(0.975, within(APPROXIMATION));
    assertThat(Calibration.normal(-1.281551566)).isCloseTo(0.1, within(APPROXIMATION));
    assertThat(Calibration.normal(40)).isEqualTo(1);
  }
}
