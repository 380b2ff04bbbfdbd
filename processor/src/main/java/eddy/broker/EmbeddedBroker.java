package eddy.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;

/**
 * A Kafka broker inside this JVM. It is the real server, with real files and sockets; a fault that
 * it regards as fatal ends the JVM.
 */
public final class EmbeddedBroker implements Broker {
  /** Sixteen bytes, as a cluster id must be; the same for all nodes of a cluster. */
  private static final String CLUSTER_ID = "ZWRkeS1lbWJlZGRlZC1icg";

  private static final int ATTEMPTS = 5;

  private final BrokerSettings settings;
  private final Path dataDirectory;
  private final boolean temporary;
  private KafkaRaftServer server;

  private EmbeddedBroker(BrokerSettings settings, Path dataDirectory, boolean temporary) {
    this.settings = settings;
    this.dataDirectory = dataDirectory;
    this.temporary = temporary;
  }

  /**
   * Starts a broker whose data outlive it.
   *
   * @param dataDirectory created when missing; data found in it are served again
   * @throws BrokerException when it does not start
   */
  public static EmbeddedBroker start(BrokerSettings settings, Path dataDirectory) {
    return start(settings, dataDirectory, false);
  }

  /** Starts a broker on free ports whose data are deleted when it is closed. */
  public static EmbeddedBroker startTemporary(BrokerSettings settings) {
    try {
      return start(settings, Files.createTempDirectory("eddy-broker"), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EmbeddedBroker start(
      BrokerSettings settings, Path dataDirectory, boolean temporary) {
    // A port that was free a moment ago may be gone; then others are tried.
    for (int attempt = 1; ; attempt++) {
      EmbeddedBroker broker =
          new EmbeddedBroker(settings.withFreePorts(), dataDirectory, temporary);
      try {
        broker.startServer();
        return broker;
      } catch (IOException | RuntimeException e) {
        broker.close();
        if (settings.portsFixed() || attempt == ATTEMPTS) {
          throw new BrokerException("The broker did not start", e);
        }
      }
    }
  }

  private void startServer() throws IOException {
    Properties properties = settings.properties(dataDirectory);
    format(properties);
    server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
    server.startup();
  }

  /** Prepares the log directory, once in its life, as kafka-storage.sh does. */
  private void format(Properties properties) throws IOException {
    if (Files.exists(dataDirectory.resolve("log").resolve("meta.properties"))) {
      return;
    }
    Files.createDirectories(dataDirectory);
    Path file = dataDirectory.resolve("server.properties");
    try (OutputStream out = Files.newOutputStream(file)) {
      properties.store(out, null);
    }
    List<String> arguments =
        new ArrayList<>(List.of("format", "--cluster-id", CLUSTER_ID, "--config", file.toString()));
    if (!properties.containsKey("controller.quorum.voters")) {
      arguments.add("--standalone");
    }
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(output, true, StandardCharsets.UTF_8);
    if (StorageTool.execute(arguments.toArray(String[]::new), stream) != 0) {
      throw new IOException(
          "Formatting " + dataDirectory + " failed: " + output.toString(StandardCharsets.UTF_8));
    }
  }

  @Override
  public String bootstrapServers() {
    return BrokerSettings.HOST + ":" + settings.port();
  }

  /** The settings with the ports that are in use. */
  public BrokerSettings settings() {
    return settings;
  }

  @Override
  public synchronized void close() {
    if (server != null) {
      server.shutdown();
      server.awaitShutdown();
      server = null;
    }
    if (temporary) {
      delete(dataDirectory);
    }
  }

  private static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs a broker until this JVM is told to end: {@code EmbeddedBroker DATA_DIRECTORY
   * [--exit-with-parent] [PROPERTY=VALUE]...}. Properties are {@code port}, {@code
   * controller.port}, {@code node.id} and Kafka's own. Once it is ready its address stands on
   * stdout and in the file {@code address} of the data directory. Exit code 1 when it does not
   * start.
   */
  public static void main(String[] arguments) {
    if (System.getProperty("log4j2.configurationFile") == null) {
      System.setProperty("log4j2.configurationFile", "classpath:eddy/broker/logging.xml");
    }
    try {
      BrokerArguments parsed = BrokerArguments.parse(arguments);
      if (parsed.exitWithParent()) {
        ProcessHandle.current()
            .parent()
            .ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(0)));
      }
      EmbeddedBroker broker = start(parsed.settings(), parsed.dataDirectory());
      Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-close"));
      writeAddress(parsed.dataDirectory(), broker.bootstrapServers());
      System.out.println(broker.bootstrapServers());
    } catch (IOException | RuntimeException e) {
      System.err.println(e.getMessage());
      // A server that failed to start leaves threads behind that would keep the JVM alive.
      Runtime.getRuntime().halt(1);
    }
  }

  /** In one step, so that a reader finds all of it or nothing. */
  private static void writeAddress(Path dataDirectory, String address) throws IOException {
    Path written = dataDirectory.resolve("address.new");
    Files.writeString(written, address);
    Files.move(written, dataDirectory.resolve("address"), StandardCopyOption.ATOMIC_MOVE);
  }
}
