package eddy.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CrashReportTest {
  private static final Row ROW = new Row(Scenario.STANDBY, Weights.KEY, Labels.AHEAD);

  private static Remains remains(String prediction, String weights) {
    return new Remains(Map.of(0, List.of("first", prediction)), Map.of("0 61", weights), Map.of());
  }

  @Test
  void difference_sameBytes_isNone() {
    assertThat(remains("second", "w").differenceFrom(remains("second", "w"))).isEmpty();
  }

  @Test
  void difference_onePrediction_isToldWithItsPlace() {
    assertThat(remains("other", "w").differenceFrom(remains("second", "w")).orElseThrow())
        .isEqualTo("prediction 1 of partition 0: expected second, found other");
  }

  @Test
  void difference_weightsOfOneKey_areToldWithTheKey() {
    assertThat(remains("second", "w").differenceFrom(remains("second", "v")).orElseThrow())
        .isEqualTo("weights of a in partition 0 differ");
  }

  @Test
  void report_rowThatDiffers_isNotEqualAndSaysWhere() {
    CrashReport report =
        new CrashReport(
            List.of(
                new CrashReport.Line(ROW, new Drill.Result(2, 3.25, 100, Optional.of("there")))),
            100,
            7);

    assertThat(report.allEqual()).isFalse();
    assertThat(report.text())
        .contains("| standby takes over | key | ahead | 2 | 3.3 s | DIFFERENT |")
        .contains("standby takes over, key weights, labels ahead: there");
  }
}
