package eddy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.feature.TargetSpec;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LiveViewTest {
  private static final String UP = "\u001b[%dA";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final AtomicLong nanos = new AtomicLong(17);
  private final List<TargetSpec> targets = Lines.TARGETS;
  private final Figures figures = new Figures(targets, 100);

  @Test
  void update_withoutTerminal_printsOneLineEveryFiveSeconds() {
    LiveView view = new LiveView(out, false, nanos::get);

    for (int second = 1; second <= 11; second++) {
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
      view.update(figures, second, second);
    }

    assertThat(text().lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("of 100 events predicted"))
        .noneSatisfy(line -> assertThat(line).contains("\u001b"));
  }

  @Test
  void show_onTerminalTwice_redrawsTheSameLines() {
    LiveView view = new LiveView(out, true, nanos::get);

    view.show(figures, 10, 1);
    String first = text();
    view.show(figures, 20, 2);
    String second = text().substring(first.length());

    long lines = first.chars().filter(c -> c == '\n').count();
    assertThat(lines).isGreaterThan(targets.size());
    assertThat(first).doesNotContain("A\u001b[2K").contains("10 of 100");
    assertThat(second).contains(String.format(UP, lines)).contains("20 of 100");
    assertThat(second.chars().filter(c -> c == '\n').count()).isEqualTo(lines);
  }

  @Test
  void show_onTerminal_leavesWrappingOn() {
    LiveView view = new LiveView(out, true, nanos::get);

    view.show(figures, 10, 1);

    assertThat(text()).startsWith("\u001b[?7l").endsWith("\u001b[?7h");
  }

  @Test
  void update_onTerminalBeforeItsTime_printsNothing() {
    LiveView view = new LiveView(out, true, nanos::get);

    nanos.addAndGet(Duration.ofMillis(100).toNanos());
    view.update(figures, 1, 0.1);
    assertThat(text()).isEmpty();

    nanos.addAndGet(Duration.ofMillis(100).toNanos());
    view.update(figures, 1, 0.2);
    assertThat(text()).isNotEmpty();
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
