package eddy.report;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import eddy.learn.Outcome.Source;
import eddy.learn.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsJsonTest {
  private static final TargetSpec WIND =
      new TargetSpec("wind", 0, new Horizon.EventsAhead(4), new Reference.Past("wind", 0));
  private static final TargetSpec KIND =
      new TargetSpec("kind", 8, new Horizon.SameEvent(), new Reference.None());
  private static final RunSummary RUN =
      new RunSummary(10, 2, 3, 2.5, 4096, 1234, "mixed/unit-traces");

  @TempDir Path folder;

  @Test
  void write_numbersAndClasses_isTheDocumentedFile() throws IOException {
    Scoreboard board = Scoreboard.of(List.of(WIND, KIND));
    board.add(
        new ScoredLine(
            0,
            4,
            "",
            0,
            List.of(
                new ScoredTarget.OfNumber(10, 12, 18, 11, Source.MODEL),
                new ScoredTarget.OfClass("a", "a", "b", "a", Source.MODEL, 0.25))));
    MetricsJson.write(folder, RUN, board);
    assertThat(Files.readString(folder.resolve("metrics.json")))
        .isEqualTo(
            """
            {
              "events" : 10,
              "rejected" : 2,
              "scored" : 2,
              "unlabelled" : 3,
              "seconds" : 2.5,
              "events_per_second" : 4.0,
              "bytes_per_key" : 4096,
              "parameters" : 1234,
              "learner" : "mixed/unit-traces",
              "targets" : {
                "wind@+4" : {
                  "models" : {
                    "eddy" : {
                      "n" : 1,
                      "mae" : 2.0,
                      "rmse" : 2.0,
                      "wape" : 0.2
                    },
                    "model" : {
                      "n" : 1,
                      "mae" : 1.0,
                      "rmse" : 1.0,
                      "wape" : 0.1
                    },
                    "persistence" : {
                      "n" : 1,
                      "mae" : 8.0,
                      "rmse" : 8.0,
                      "wape" : 0.8
                    }
                  },
                  "skill" : {
                    "persistence" : 0.75
                  }
                },
                "kind" : {
                  "models" : {
                    "eddy" : {
                      "n" : 1,
                      "accuracy" : 1.0,
                      "log_loss_bits" : 2.0,
                      "kappa_temporal" : 1.0
                    },
                    "model" : {
                      "n" : 1,
                      "accuracy" : 1.0,
                      "log_loss_bits" : 2.0,
                      "kappa_temporal" : 1.0
                    },
                    "persistence" : {
                      "n" : 1,
                      "accuracy" : 0.0,
                      "log_loss_bits" : null,
                      "kappa_temporal" : 0.0
                    }
                  },
                  "skill" : {
                    "persistence" : 1.0
                  }
                }
              }
            }
            """);
  }

  @Test
  void text_numbersWithTheirUncertainty_scoresItBesideTheModel() {
    Scoreboard quantiles = Scoreboard.of(List.of(WIND));
    Scoreboard deviation = Scoreboard.of(List.of(WIND));
    Spread given = new Spread.Quantiles(List.of(0.25, 0.5), List.of(8.0, 11.0));
    quantiles.add(line(new ScoredTarget.OfNumber(10, 11, 18, 11, Source.MODEL, given)));
    Spread one = new Spread.Deviation(1);
    deviation.add(line(new ScoredTarget.OfNumber(10, 12, 18, 12, Source.MODEL, one)));
    // (0.25 * 2 + 0.5 * 1) / 2, and log(2 pi) / 2 + 2^2 / 2
    assertThat(MetricsJson.text(RUN, quantiles))
        .containsOnlyOnce("\"pinball\" : 0.5,")
        .contains("\"coverage\" : 1.0,", "\"nominal_coverage\" : 0.25");
    assertThat(MetricsJson.text(RUN, deviation))
        .containsOnlyOnce("\"negative_log_likelihood\" : 2.9189385332046727");
  }

  private static ScoredLine line(ScoredTarget target) {
    return new ScoredLine(0, 4, "", 0, List.of(target));
  }

  @Test
  void text_nothingScored_hasNullsAndNoInvalidJson() {
    String text =
        MetricsJson.text(new RunSummary(0, 0, 0, 0, 0, 0, "x"), Scoreboard.of(List.of(WIND)));
    assertThat(text)
        .contains("\"events_per_second\" : null", "\"mae\" : null", "\"persistence\" : null")
        .doesNotContain("NaN")
        .doesNotContain("Infinity");
  }
}
