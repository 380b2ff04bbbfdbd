package eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void update_withoutATerminal_writesALineEveryFiveSeconds() {
    try (Progress progress = progress(false)) {
      for (int second = 1; second <= 12; second++) {
        nanos.set(TimeUnit.SECONDS.toNanos(second));
        progress.update(1000L * second, second / 20.0);
      }
    }
    assertThat(shown())
        .containsExactly(
            "replay: 5,000 events, 1,000/s, 25%, 15 s left",
            "replay: 10,000 events, 1,000/s, 50%, 10 s left");
  }

  @Test
  void update_moreThanAMinuteLeft_namesTheMinutes() {
    try (Progress progress = progress(false)) {
      nanos.set(TimeUnit.SECONDS.toNanos(10));
      progress.update(100, 0.1);
    }
    assertThat(shown()).containsExactly("replay: 100 events, 10/s, 10%, 1 min 30 s left");
  }

  @Test
  void update_wholeNotKnown_leavesOutWhatRemains() {
    try (Progress progress = progress(false)) {
      nanos.set(TimeUnit.SECONDS.toNanos(10));
      progress.update(100, Double.NaN);
    }
    assertThat(shown()).containsExactly("replay: 100 events, 10/s");
  }

  @Test
  void update_onATerminal_drawsABarWithTheEstimatedWhole() {
    try (Progress progress = progress(true)) {
      progress.update(500, 0.25);
    }
    assertThat(String.join("", shown())).contains("replay", "25%", "500/2000");
  }

  @Test
  void fraction_limitOrInputEndsFirst_isThatOfTheEarlierEnd() {
    assertThat(EvaluationOptions.fraction(50, 0.1, 100)).isEqualTo(0.5);
    assertThat(EvaluationOptions.fraction(50, 0.9, 100)).isEqualTo(0.9);
    assertThat(EvaluationOptions.fraction(50, Double.NaN, 100)).isEqualTo(0.5);
  }

  private Progress progress(boolean terminal) {
    return new Progress(
        "replay", new PrintStream(shown, true, StandardCharsets.UTF_8), terminal, nanos::get);
  }

  private String[] shown() {
    return shown.toString(StandardCharsets.UTF_8).lines().toArray(String[]::new);
  }
}
