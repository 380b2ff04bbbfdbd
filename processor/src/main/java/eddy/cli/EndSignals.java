package eddy.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * Tells a command that it is to end: by Ctrl-C, by SIGTERM, or because its terminal is closed.
 *
 * <p>The JVM itself does not end by these signals as long as this is open. So nothing of what the
 * command starts and stops meets a JVM that is shutting down, and files are removed that only an
 * ordinary end removes. A second signal ends the JVM at once.
 */
final class EndSignals implements AutoCloseable {
  /** Made before a signal is taken: a log that is interrupted while it starts never does. */
  private static final Logger log = LoggerFactory.getLogger(EndSignals.class);

  private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

  private final Map<String, Object> before = new HashMap<>();
  private final Runnable end;
  private final AtomicBoolean told = new AtomicBoolean();
  private final CountDownLatch passedOn = new CountDownLatch(1);

  private EndSignals(Runnable end) {
    this.end = end;
  }

  /**
   * Watches until it is closed.
   *
   * @param end called once, by another thread
   */
  static EndSignals watch(Runnable end) {
    EndSignals signals = new EndSignals(end);
    for (String name : NAMES) {
      signals.before.put(name, Signals.register(name, signals::tell));
    }
    return signals;
  }

  /** Takes a signal. */
  void tell() {
    if (told.getAndSet(true)) {
      Runtime.getRuntime().halt(CommandLine.ExitCode.SOFTWARE);
    }
    log.debug("Told to end");
    end.run();
    passedOn.countDown();
  }

  /**
   * Asks once more, where the end is an interrupt of this thread: what it has called since may have
   * swallowed one.
   *
   * @throws InterruptedException where a signal has come; none follows it
   */
  void requireUntold() throws InterruptedException {
    if (told.get()) {
      passedOn.await();
      throw new InterruptedException("told to end");
    }
  }

  @Override
  public void close() {
    before.forEach(Signals::unregister);
  }
}
