package eddy.demo;

import eddy.broker.Broker;
import eddy.broker.BrokerException;
import eddy.broker.BrokerSettings;
import eddy.broker.EmbeddedBroker;
import eddy.config.EddyConfig;
import eddy.stream.EddyApp;
import eddy.web.Web;
import eddy.web.WebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.rocksdb.NativeLibraryLoader;

/** A broker with the topics of the storms and the app that learns them. Closing it ends all. */
final class Stage implements AutoCloseable {
  private final TemporaryDirectory directory;
  private Broker broker;
  private EddyConfig config;
  private EddyApp app;
  private WebServer web;

  private Stage(TemporaryDirectory directory) {
    this.directory = directory;
  }

  /**
   * Starts the broker.
   *
   * @param port of the broker, 0 for a free one
   * @throws DemoException where the broker does not start
   */
  static Stage open(int port) throws IOException {
    Stage stage = new Stage(TemporaryDirectory.create("eddy-demo"));
    try {
      stage.startBroker(port);
      return stage;
    } catch (RuntimeException e) {
      stage.close();
      throw e;
    }
  }

  private void startBroker(int port) {
    BrokerSettings settings =
        BrokerSettings.defaults()
            .withPorts(port, 0)
            // the storms are of 1975 and later: a log rolled or deleted by the time of its records
            // would be torn to pieces, or be gone
            .with("log.roll.ms", Long.MAX_VALUE)
            .with("log.retention.ms", -1)
            // nothing restarts here, and a busy machine must not look like a dead broker
            .with("broker.session.timeout.ms", 18_000);
    try {
      broker = EmbeddedBroker.start(settings, directory.path().resolve("broker"));
    } catch (BrokerException e) {
      throw new DemoException(e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw new DemoException(e.getCause().getMessage(), e);
    }
  }

  /** Creates the topics and starts the app; returns while it is still joining its group. */
  void startApp() throws IOException, InterruptedException {
    // RocksDB's library is unpacked here rather than where only the end of the JVM removes it
    NativeLibraryLoader.getInstance().loadLibrary(directory.path().toString());
    config =
        Storms.configuration(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "eddy.web.port",
                "0",
                "state.dir",
                directory.path().resolve("state").toString()));
    // one partition, so that the fixes of all storms stay in the order of their time
    List.of(config.inputTopic(), config.outputTopic(), config.deadLetterTopic())
        .forEach(topic -> broker.createTopic(topic, 1, Map.of()));
    app = EddyApp.of(config);
    web = Web.serve(app);
    app.start();
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** Where broker and app keep their files. */
  Path directory() {
    return directory.path();
  }

  EddyConfig config() {
    return config;
  }

  EddyApp app() {
    return app;
  }

  /** Address of the dashboard. */
  String dashboard() {
    return web.address();
  }

  @Override
  public void close() throws IOException {
    try (directory) {
      try {
        endApp();
      } finally {
        if (broker != null) {
          broker.close();
        }
      }
    }
  }

  private void endApp() {
    try {
      if (web != null) {
        web.close();
      }
    } finally {
      if (app != null) {
        app.close();
      }
    }
  }
}
