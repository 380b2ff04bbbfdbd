package eddy.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import eddy.learn.Outcome.Source;
import eddy.learn.Spread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsJsonTest {
  private static final TargetSpec WIND =
      new TargetSpec("wind", 0, new Horizon.EventsAhead(4), new Reference.Past("wind", 0));
  private static final TargetSpec KIND =
      new TargetSpec("kind", 8, new Horizon.SameEvent(), new Reference.None());
  private static final RunSummary RUN =
      new RunSummary(10, 2, 16, 3, 2.5, 4096, 1234, "mixed/unit-traces", Optional.empty());

  @TempDir Path folder;

  @Test
  void write_numbersAndClasses_hasEveryDocumentedField() throws IOException {
    Scores board = Scores.of(List.of(WIND, KIND));
    board.add(
        new ScoredLine(
            0,
            4,
            "k",
            0,
            List.of(
                new ScoredTarget.OfNumber(10, 12, 18, 11, Source.MODEL),
                new ScoredTarget.OfClass("a", "a", "b", "a", Source.MODEL, 0.25, 1))));
    MetricsJson.write(folder, MetricsJson.text(RUN, board));
    JsonNode file = new ObjectMapper().readTree(folder.resolve("metrics.json").toFile());
    assertThat(file.fieldNames())
        .toIterable()
        .startsWith("events", "rejected", "predictions", "scored", "label_coverage", "unlabelled")
        .contains("seconds", "bytes_per_key", "parameters", "learner", "targets")
        .doesNotContain("latency_us", "horizons"); // not measured, only one horizon each
    assertThat(file.at("/events").asLong()).isEqualTo(10);
    assertThat(file.at("/label_coverage").asDouble()).isEqualTo(2.0 / 16);
    assertThat(file.at("/events_per_second").asDouble()).isEqualTo(4);
    JsonNode wind = file.at("/targets/wind@+4");
    assertThat(wind.at("/models/eddy").fieldNames())
        .toIterable()
        .containsExactly("n", "mae", "rmse", "wape", "mase", "window", "fading");
    assertThat(wind.at("/models/eddy/mae").asDouble()).isEqualTo(2);
    assertThat(wind.at("/models/model/mae").asDouble()).isEqualTo(1);
    assertThat(wind.at("/models/persistence/wape").asDouble()).isEqualTo(0.8);
    assertThat(wind.at("/models/eddy/window/mae").asDouble()).isEqualTo(2);
    assertThat(wind.at("/models/eddy/mase").isNull()).as("one label makes no step").isTrue();
    assertThat(wind.at("/skill/persistence").asDouble()).isEqualTo(0.75);
    assertThat(wind.at("/skills/persistence/rmse").asDouble()).isEqualTo(0.75);
    assertThat(wind.at("/skills/persistence").fieldNames())
        .toIterable()
        .as("no pinball without quantiles")
        .containsExactly("n", "mae", "rmse", "window", "fading");
    assertThat(wind.at("/keys/best/0/key").asText()).isEqualTo("k");
    assertThat(wind.at("/keys/complete").asBoolean()).isTrue();
    JsonNode kind = file.at("/targets/kind");
    assertThat(kind.at("/models/eddy/log_loss_bits").asDouble()).isEqualTo(2);
    assertThat(kind.at("/models/eddy/top_2").asDouble()).isEqualTo(1);
    assertThat(kind.at("/models/persistence/top_5").asDouble(-1)).as("b alone").isZero();
    assertThat(kind.at("/skills/persistence/top_2").asDouble()).isEqualTo(1);
    assertThat(kind.at("/skills/persistence").fieldNames())
        .toIterable()
        .containsExactly(
            "n", "accuracy", "log_loss_bits", "top_2", "top_3", "top_5", "window", "fading");
    assertThat(kind.at("/models/persistence/log_loss_bits").isNull()).isTrue();
    assertThat(kind.at("/confusion/classes/0").asText()).isEqualTo("a");
    assertThat(kind.at("/confusion/counts/0/0").asLong()).isEqualTo(1);
  }

  @Test
  void text_measuredRun_hasItsCostAndEveryLearner() throws IOException {
    RunCost cost =
        new RunCost(
            3,
            100,
            1,
            2000,
            2500,
            new Latency.Quantiles(8, 10, 20, 30, 40.5),
            0.25,
            Map.of("mixed/unit-traces", 8L),
            2);
    RunSummary run = new RunSummary(10, 2, 16, 3, 2.5, 4096, 1234, "x", Optional.of(cost));
    List<TargetSpec> targets =
        List.of(WIND, new TargetSpec("wind", 0, new Horizon.EventsAhead(8), new Reference.None()));
    JsonNode file = new ObjectMapper().readTree(MetricsJson.text(run, Scores.of(targets)));
    assertThat(file.at("/latency_us/p99_9").asDouble()).isEqualTo(30);
    assertThat(file.at("/latency_us/max").asDouble()).isEqualTo(40.5);
    assertThat(file.at("/state/bytes").asLong()).isEqualTo(3 * 100 + 2000);
    assertThat(file.at("/state/weights_bytes_computed").asLong()).isEqualTo(2500);
    assertThat(file.at("/learners/mixed~1unit-traces").asLong()).isEqualTo(8);
    assertThat(file.at("/fallbacks").asLong()).isEqualTo(2);
    assertThat(file.at("/horizons/wind/1/target").asText()).isEqualTo("wind@+8");
  }

  @Test
  void text_numbersWithTheirUncertainty_scoresItBesideTheModel() throws IOException {
    Scores quantiles = Scores.of(List.of(WIND));
    Scores deviation = Scores.of(List.of(WIND));
    Spread given = new Spread.Quantiles(List.of(0.25, 0.5), List.of(8.0, 11.0));
    quantiles.add(line(new ScoredTarget.OfNumber(10, 11, 18, 11, Source.MODEL, given)));
    Spread one = new Spread.Deviation(1);
    deviation.add(line(new ScoredTarget.OfNumber(10, 12, 18, 12, Source.MODEL, one)));
    // (0.25 * 2 + 0.5 * 1) / 2, and log(2 pi) / 2 + 2^2 / 2
    JsonNode target =
        new ObjectMapper().readTree(MetricsJson.text(RUN, quantiles)).at("/targets/wind@+4");
    JsonNode of = target.at("/models/model");
    assertThat(of.at("/pinball").asDouble()).isEqualTo(0.5);
    assertThat(of.at("/coverage").asDouble()).isEqualTo(1);
    assertThat(of.at("/nominal_coverage").asDouble()).isEqualTo(0.25);
    // 18 is 8 too much: (0.75 * 8 + 0.5 * 8) / 2
    assertThat(target.at("/models/persistence/pinball").asDouble()).isEqualTo(5);
    assertThat(target.at("/models/persistence/window/pinball").asDouble()).isEqualTo(5);
    assertThat(target.at("/models/eddy/pinball").isMissingNode()).isTrue();
    for (String memory : List.of("", "/window", "/fading")) {
      assertThat(target.at("/skills/persistence" + memory + "/pinball").asDouble())
          .isCloseTo(0.9, within(1e-12));
    }
    target = new ObjectMapper().readTree(MetricsJson.text(RUN, deviation)).at("/targets/wind@+4");
    of = target.at("/models/model");
    // by a table of the normal distribution: 3.775548 / 7 against 8 / 2
    assertThat(of.at("/pinball").asDouble()).isCloseTo(0.539364, within(1e-6));
    assertThat(target.at("/models/persistence/pinball").asDouble()).isEqualTo(4);
    assertThat(target.at("/skills/persistence/pinball").asDouble())
        .isCloseTo(0.865159, within(1e-6));
    assertThat(of.at("/negative_log_likelihood").asDouble()).isEqualTo(2.9189385332046727);
    assertThat(of.at("/intervals/2/nominal").asDouble()).isEqualTo(0.95);
    assertThat(of.at("/intervals/2/coverage").asDouble()).isZero(); // 2 deviations away
    assertThat(of.at("/intervals/2/width").asDouble()).isCloseTo(3.92, within(1e-3));
  }

  private static ScoredLine line(ScoredTarget target) {
    return new ScoredLine(0, 4, "", 0, List.of(target));
  }

  @Test
  void text_nothingScored_hasNullsAndNoInvalidJson() {
    String text =
        MetricsJson.text(
            new RunSummary(0, 0, 0, 0, 0, 0, 0, "x", Optional.empty()), Scores.of(List.of(WIND)));
    assertThat(text)
        .contains("\"events_per_second\" : null", "\"mae\" : null", "\"persistence\" : null")
        .doesNotContain("NaN")
        .doesNotContain("Infinity");
  }
}
