package eddy.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A broker in a child JVM with this JVM's Java and class path, which can be killed like one on a
 * machine of its own. It ends when this JVM does. Its console goes to {@code broker.log} in the
 * data directory, which is kept.
 */
public final class BrokerProcess implements Broker {
  private static final Duration READY_WITHIN = Duration.ofSeconds(180);
  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(20);

  private static final int ATTEMPTS = 3;

  private final Path dataDirectory;
  private final BrokerSettings settings;
  private Process process;
  private String address;

  private BrokerProcess(BrokerSettings settings, Path dataDirectory) {
    this.settings = settings;
    this.dataDirectory = dataDirectory;
  }

  /**
   * Starts the child and returns when it serves.
   *
   * @throws BrokerException when it ends, or is not ready in three minutes; with the end of its log
   */
  public static BrokerProcess start(BrokerSettings settings, Path dataDirectory) {
    // A port that was free a moment ago may be gone; then others are tried.
    for (int attempt = 1; ; attempt++) {
      BrokerProcess broker = new BrokerProcess(settings.withFreePorts(), dataDirectory);
      try {
        broker.startChild();
        return broker;
      } catch (BrokerException e) {
        if (settings.portsFixed() || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void startChild() {
    Path addressFile = dataDirectory.resolve("address");
    try {
      Files.createDirectories(dataDirectory);
      Files.deleteIfExists(addressFile);
      process =
          new ProcessBuilder(command())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
              .start();
      address = awaitAddress(addressFile);
    } catch (IOException e) {
      throw new BrokerException("The broker's JVM did not start", e);
    }
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    // Names native access for Java 24 and later, whose warnings would fill the log.
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(EmbeddedBroker.class.getName());
    command.addAll(new BrokerArguments(dataDirectory, true, settings).words());
    return command;
  }

  private String awaitAddress(Path addressFile) throws IOException {
    long deadline = System.nanoTime() + READY_WITHIN.toNanos();
    while (!Files.exists(addressFile)) {
      if (!process.isAlive()) {
        throw new BrokerException("The broker's JVM ended before it was ready: " + endOfLog());
      }
      if (System.nanoTime() > deadline) {
        kill();
        throw new BrokerException(
            "The broker was not ready in " + READY_WITHIN.toSeconds() + " s: " + endOfLog());
      }
      pause();
    }
    return Files.readString(addressFile);
  }

  private void pause() {
    try {
      process.waitFor(20, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
      throw new BrokerException("Interrupted while the broker started", e);
    }
  }

  private Path logFile() {
    return dataDirectory.resolve("broker.log");
  }

  private String endOfLog() throws IOException {
    String log = Files.readString(logFile()).strip();
    return log.substring(Math.max(0, log.length() - 2000));
  }

  @Override
  public String bootstrapServers() {
    return address;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Stops it as SIGTERM does: it leaves the cluster and closes its files. */
  public void stop() {
    process.destroy();
    awaitEnd();
  }

  /** Ends it as kill -9 does: nothing is closed, nothing is flushed. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Starts it again on the same ports and data, after {@link #stop} or {@link #kill}. */
  public void restart() {
    if (process.isAlive()) {
      throw new IllegalStateException("The broker is running; stop or kill it first");
    }
    startChild();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stop();
    }
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(STOPPED_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
