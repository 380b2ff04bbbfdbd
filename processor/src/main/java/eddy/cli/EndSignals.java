package eddy.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;
import picocli.CommandLine;

/**
 * Tells a command that it is to end: by Ctrl-C, by SIGTERM, or because its terminal is closed.
 *
 * <p>The JVM itself does not end by these signals as long as this is open. So nothing of what the
 * command starts and stops meets a JVM that is shutting down, and files are removed that only an
 * ordinary end removes. A second signal ends the JVM at once.
 */
final class EndSignals implements AutoCloseable {
  private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

  private final Map<String, Object> before = new HashMap<>();
  private final AtomicBoolean told = new AtomicBoolean();

  private EndSignals() {}

  /**
   * Watches until it is closed.
   *
   * @param end called once, by another thread
   */
  static EndSignals watch(Runnable end) {
    EndSignals signals = new EndSignals();
    for (String name : NAMES) {
      signals.before.put(name, Signals.register(name, () -> signals.tell(end)));
    }
    return signals;
  }

  private void tell(Runnable end) {
    if (told.getAndSet(true)) {
      Runtime.getRuntime().halt(CommandLine.ExitCode.SOFTWARE);
    }
    end.run();
  }

  @Override
  public void close() {
    before.forEach(Signals::unregister);
  }
}
