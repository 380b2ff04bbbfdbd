package eddy.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The end of the output, kept up to date: lines that are redrawn in place on a terminal, elsewhere
 * one line every few seconds. For one thread.
 */
final class LiveView {
  private static final long REDRAW_NANOS = Duration.ofMillis(200).toNanos();
  private static final long REPRINT_NANOS = Duration.ofSeconds(5).toNanos();

  private static final String UP = "\u001b[%dA";
  private static final String CLEAR_LINE = "\u001b[2K";
  // a line that is wider than the terminal must not become two, or redrawing would miscount
  private static final String WRAP_OFF = "\u001b[?7l";
  private static final String WRAP_ON = "\u001b[?7h";

  private final PrintStream out;
  private final boolean inPlace;
  private final LongSupplier nanoTime;
  private final long interval;
  private long shownAt;
  private int drawn;

  /**
   * A view that shows nothing yet.
   *
   * @param inPlace whether the output understands ANSI escapes
   */
  LiveView(PrintStream out, boolean inPlace, LongSupplier nanoTime) {
    this.out = out;
    this.inPlace = inPlace;
    this.nanoTime = nanoTime;
    interval = inPlace ? REDRAW_NANOS : REPRINT_NANOS;
    shownAt = nanoTime.getAsLong();
  }

  /** Shows the figures when it is time to. */
  void update(Figures figures, long predicted, double seconds) {
    if (nanoTime.getAsLong() - shownAt >= interval) {
      show(figures, predicted, seconds);
    }
  }

  /** Shows the figures now. */
  void show(Figures figures, long predicted, double seconds) {
    shownAt = nanoTime.getAsLong();
    if (inPlace) {
      draw(figures.lines(predicted, seconds));
    } else {
      out.println(figures.line(predicted, seconds));
    }
  }

  private void draw(List<String> lines) {
    StringBuilder text = new StringBuilder(WRAP_OFF);
    if (drawn > 0) {
      text.append(String.format(UP, drawn));
    }
    for (String line : lines) {
      text.append(CLEAR_LINE).append(line).append('\n');
    }
    // in one piece, so that nothing flickers
    out.print(text.append(WRAP_ON));
    out.flush();
    drawn = lines.size();
  }
}
