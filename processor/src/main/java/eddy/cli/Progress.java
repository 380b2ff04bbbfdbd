package eddy.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * How far a command has come, with rate and remaining time: a bar on a terminal, elsewhere a plain
 * line every five seconds. For one thread.
 */
public final class Progress implements AutoCloseable {
  private static final long LINE_INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();

  private final String task;
  private final PrintStream out;
  private final LongSupplier nanoTime;
  private final long start;
  private final ProgressBar bar; // null without a terminal
  private long lastLine;

  Progress(String task, PrintStream out, boolean terminal, LongSupplier nanoTime) {
    this.task = task;
    this.out = out;
    this.nanoTime = nanoTime;
    start = nanoTime.getAsLong();
    lastLine = start;
    bar =
        terminal
            ? new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(-1) // unknown until the first update
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .showSpeed()
                .setConsumer(new ConsoleProgressBarConsumer(out))
                .build()
            : null;
  }

  /** Progress on the standard error stream, so that results can be piped. */
  public static Progress of(String task) {
    return new Progress(task, System.err, Terminal.ERROR.canMove(), System::nanoTime);
  }

  /**
   * Shows how far it is; cheap enough to be called for every event.
   *
   * @param events done so far
   * @param fraction of the whole, from 0 to 1; NaN where the whole is not known
   */
  public void update(long events, double fraction) {
    if (bar != null) {
      bar.maxHint(fraction > 0 ? Math.max(events, Math.round(events / fraction)) : -1);
      bar.stepTo(events);
      return;
    }
    long now = nanoTime.getAsLong();
    if (now - lastLine >= LINE_INTERVAL_NANOS) {
      lastLine = now;
      out.println(line(events, fraction, (now - start) / 1e9));
    }
  }

  private String line(long events, double fraction, double seconds) {
    String rate = String.format(Locale.ROOT, "%,d events, %,.0f/s", events, events / seconds);
    return fraction > 0
        ? String.format(
            Locale.ROOT,
            "%s: %s, %.0f%%, %s left",
            task,
            rate,
            100 * fraction,
            duration(seconds * (1 - fraction) / fraction))
        : task + ": " + rate;
  }

  private static String duration(double seconds) {
    long whole = Math.max(0, Math.round(seconds));
    return whole < 60
        ? whole + " s"
        : String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
