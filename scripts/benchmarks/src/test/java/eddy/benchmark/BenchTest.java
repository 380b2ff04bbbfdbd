package eddy.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import eddy.learn.LearnerSpec.Estimator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** That everything runs and the arithmetic of the tables is right; no time is held to anything. */
class BenchTest {
  private static final int PERIOD = 16;

  private static Latency latency(int keys, double median) {
    return new Latency(keys, median, median, 2 * median, 1.5, 0, true);
  }

  @ParameterizedTest
  @EnumSource(
      value = Estimator.class,
      names = {"RTRL", "SNAP1", "TBPTT"})
  void measure_smallLearner_givesFiniteFiguresForEveryNumberOfKeys(Estimator estimator)
      throws IOException {
    EventRow row = EventRow.single("lstm", estimator, 4, 2);
    EventProcess.Result result = EventProcess.measure(row, Effort.SMOKE);
    for (List<Latency> latencies : List.of(result.whole(), result.bare(), result.standardised())) {
      assertThat(latencies).extracting(Latency::keys).containsExactly(1, 64);
      for (Latency latency : latencies) {
        assertThat(latency.median()).isFinite().isPositive();
        assertThat(latency.mean()).isFinite().isPositive();
        assertThat(latency.tail()).isGreaterThanOrEqualTo(latency.median());
        assertThat(latency.worstPosition()).isFinite().isPositive();
        assertThat(latency.bytes()).isNotNegative();
      }
    }
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readValue(json.writeValueAsString(result), EventProcess.Result.class))
        .isEqualTo(result);
  }

  @Test
  void measure_panel_hasNoBareEvent() {
    EventProcess.Result result = EventProcess.measure(EventRow.panel(3, 5), Effort.SMOKE);
    assertThat(result.whole()).hasSize(2);
    assertThat(result.bare()).isEmpty();
    assertThat(result.standardised()).isEmpty();
  }

  @Test
  void latency_slowPosition_isFoundByItsMedian() {
    long[] now = {0};
    // of each of two keys every sixteenth event takes 50 times as long, and one in 500 far longer
    Subject subject =
        (key, index) -> {
          now[0] += index / 2 % PERIOD == PERIOD - 1 ? 50_000 : 1_000;
          now[0] += index % 500 == 499 ? 1_000_000 : 0;
        };
    Effort effort = new Effort(1, 1, 50_000_000);
    Latency latency = Latency.of(subject, 2, PERIOD, effort, () -> now[0]);
    assertThat(latency.median()).isEqualTo(1);
    assertThat(latency.worstPosition()).isEqualTo(50);
    assertThat(latency.tail()).isEqualTo(1001);
  }

  @Test
  void rows_all_areReadBackFromTheirText() {
    assertThat(EventRow.all()).hasSizeGreaterThan(100).containsAll(EventRow.withBars());
    for (EventRow row : EventRow.all()) {
      assertThat(EventRow.parse(row.toString())).isEqualTo(row);
    }
  }

  @Test
  void rowProduct_sameMatrices_equalsEjml() {
    KernelBenchmark benchmark = new KernelBenchmark();
    benchmark.units = 16;
    benchmark.fill();
    float[] own = benchmark.rows();
    FMatrixRMaj oracle = benchmark.ejml();
    int padding = own.length - oracle.getNumElements();
    for (int i = 0; i < oracle.getNumElements(); i++) {
      assertThat(own[padding + i]).isCloseTo(oracle.data[i], within(1e-10f));
    }
  }

  @Test
  void peak_manyRounds_reachesItsFixedPointInEveryLane() {
    Peak peak = Peak.ofThisCore();
    // ten chains of s <- s / 2 + 1, an addition and a multiplication in each lane
    assertThat(peak.run(100)).isEqualTo(peak.operations(1));
  }

  @Test
  void bars_peerAndKernels_areRatiosOfOneRun() {
    List<EventProcess.Result> events =
        EventRow.withBars().stream()
            .map(
                row ->
                    new EventProcess.Result(
                        row.toString(),
                        "lstm/tbptt(32)",
                        1,
                        List.of(latency(1, 4), latency(64, 8)),
                        List.of(latency(1, 1), latency(64, 1)),
                        List.of(latency(1, 2), latency(64, 2))))
            .toList();
    Peer peer = new Peer("1.13", List.of(new Peer.Size(32, 2000, 2500, 500)));
    Report report = new Report(List.of(new Kernel(32, 200, 150, 8, 250)), events, peer);
    assertThat(report.bars())
        .extracting(bar -> bar.what() + ": " + bar.value() + " " + bar.verdict())
        .contains(
            "product, U=32 / peak of the core: 0.8 reached",
            "product, U=32 / EJML: 25.0 reached",
            "PyTorch / exact LSTM, 1 key: 500.0 reached",
            "PyTorch / exact LSTM, 64 keys: 250.0 reached",
            "exact LSTM, slowest position in a block / median: 1.5 reached",
            "PyTorch / mixed, standardised inputs: 1000.0 MISSED");
    assertThat(report.toString())
        .containsPattern("\\| U=32 +\\| 2000 ")
        .contains("default panel, 13 classes");
  }

  @Test
  void faster_twoRuns_takesTheLeastOfEachColumn() {
    Peer first = new Peer("1.13", List.of(new Peer.Size(16, 2, 5, 1)));
    Peer second = new Peer("1.13", List.of(new Peer.Size(16, 3, 4, 2)));
    assertThat(first.faster(second).rows()).containsExactly(new Peer.Size(16, 2, 4, 1));
  }

  @Test
  void faster_twoRows_takesTheLessDisturbedAndWhateverWasAllocated() {
    Latency disturbed = new Latency(1, 5.6, 5.8, 40, 2, 0, true);
    Latency alone = new Latency(1, 4, 4.1, 30, 1.5, 24, true);
    EventProcess.Result first = result(List.of(disturbed, latency(64, 8)));
    EventProcess.Result second = result(List.of(alone, latency(64, 9)));
    assertThat(first.faster(second)).isEqualTo(result(List.of(alone, latency(64, 8))));
    Latency later = new Latency(1, 6, 6, 50, 3, 32, false);
    assertThat(alone.faster(later)).isEqualTo(new Latency(1, 4, 4.1, 30, 1.5, 32, true));
  }

  private static EventProcess.Result result(List<Latency> whole) {
    return new EventProcess.Result("row", "mixed/unit-traces", 1, whole, List.of(), List.of());
  }

  @Test
  void faster_twoKernels_takesTheBestOfTheSameSizeAndThePeakOfAny() {
    Kernel first = new Kernel(32, 190, 170, 8, 240);
    assertThat(first.faster(new Kernel(32, 200, 160, 9, 230)))
        .isEqualTo(new Kernel(32, 200, 170, 9, 240));
    assertThat(first.faster(new Kernel(64, 220, 180, 9, 250)))
        .isEqualTo(new Kernel(32, 190, 170, 8, 250));
  }

  @Test
  void bars_nothingMeasured_sayNeitherReachedNorMissed() {
    assertThat(new Report(List.of(), List.of(), null).bars())
        .isNotEmpty()
        .allSatisfy(bar -> assertThat(bar.verdict()).isEqualTo("not measured"));
  }

  @Test
  void bench_badExpression_isWrongUse() {
    StringWriter errors = new StringWriter();
    int status =
        new CommandLine(new Bench()).setErr(new PrintWriter(errors)).execute("--rows", "(");
    assertThat(status).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(errors.toString()).contains("--rows");
  }
}
