package eddy.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eddy.config.ConfigurationException;
import eddy.config.ConnectionSettings;
import eddy.event.CsvFeed;
import eddy.event.CsvRows;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes a CSV file into a topic. */
@Command(
    name = "feed",
    description = {
      "Writes the rows of a CSV file into a topic, each once and in their order: a JSON object"
          + " per row, numbers with their digits, empty cells as null."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  eddy feed --csv storms.csv.gz --topic storms --key storm --time timestamp \\",
      "      --bootstrap-servers localhost:9092 --rate 1000"
    })
final class FeedCommand implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  @Spec private CommandSpec specification;

  @Option(
      names = "--csv",
      required = true,
      paramLabel = "FILE",
      description = "CSV file with a header, plain or gzipped.")
  private Path csv;

  @Option(
      names = "--topic",
      required = true,
      paramLabel = "TOPIC",
      description = "Topic that the rows go to; it must exist.")
  private String topic;

  @Option(
      names = "--bootstrap-servers",
      required = true,
      paramLabel = "SERVERS",
      description = "Kafka, such as localhost:9092.")
  private String bootstrapServers;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Properties file that says how to connect: security.protocol, sasl.jaas.config,"
              + " ssl.truststore.location and the like; an app's own file will do.")
  private Path config;

  @Option(
      names = "--key",
      paramLabel = "COLUMN",
      description = "Column that becomes the record's key; without it all have the empty key.")
  private String key;

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      description = "Column that becomes the record's timestamp; without it the time of sending.")
  private String time;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Rows a second; without it as many as the broker takes.")
  private Double rate;

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (rate != null && !(rate > 0)) {
      throw new ParameterException(
          specification.commandLine(), "--rate must be positive but was " + rate);
    }
    ClientLog.errorsOnly();
    ConnectionSettings connection =
        config == null ? ConnectionSettings.none() : ConnectionSettings.load(config);
    try (CsvRows rows = FileFailure.of(csv, () -> CsvRows.open(csv, key, time))) {
      requireTopic(connection);
      try (Producer<byte[], byte[]> producer = CsvFeed.producer(bootstrapServers, connection);
          Progress progress = Progress.of("feed")) {
        CsvFeed feed = new CsvFeed(producer, topic, key != null, time != null);
        if (rate != null) {
          feed.rate(rate);
        }
        long sent = feed.feed(rows, progress::update);
        tell(sent, feed.untimed());
      }
    }
    return CommandLine.ExitCode.OK;
  }

  private void requireTopic(ConnectionSettings connection)
      throws IOException, InterruptedException {
    Map<String, Object> settings = connection.of(AdminClientConfig.configNames(), "admin.");
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "eddy-feed");
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
    try (Admin admin = Admin.create(settings)) {
      admin.describeTopics(List.of(topic)).allTopicNames().get();
    } catch (ExecutionException e) {
      throw unusable(e.getCause());
    } catch (KafkaException e) {
      throw unusable(e.getCause() == null ? e : e.getCause());
    }
  }

  private ConfigurationException unusable(Throwable cause) {
    if (cause instanceof UnknownTopicOrPartitionException) {
      return new ConfigurationException(
          "--topic "
              + topic
              + ": there is no such topic at "
              + bootstrapServers
              + "; create it with kafka-topics --create --topic "
              + topic
              + " --bootstrap-server "
              + bootstrapServers);
    }
    if (cause instanceof InvalidTopicException) {
      return new ConfigurationException("--topic " + topic + ": " + cause.getMessage());
    }
    if (cause instanceof TimeoutException) {
      return new ConfigurationException(
          "--bootstrap-servers "
              + bootstrapServers
              + ": no broker answered within "
              + TIMEOUT.toSeconds()
              + " s; check the address, and that the broker runs");
    }
    return new ConfigurationException(
        "--bootstrap-servers "
            + bootstrapServers
            + ": "
            + cause.getMessage()
            + "; name host and port, such as localhost:9092");
  }

  private void tell(long sent, long untimed) {
    ObjectNode report =
        new ObjectMapper()
            .createObjectNode()
            .put("topic", topic)
            .put("rows", sent)
            .put("untimed", untimed);
    json.tell(
        () -> report, () -> String.format(Locale.ROOT, "%,d rows written to %s", sent, topic));
    if (untimed > 0) {
      PrintWriter error = specification.commandLine().getErr();
      error.println(
          "--time "
              + time
              + ": "
              + untimed
              + " rows hold no time there; they have that of the row before");
      error.flush();
    }
  }
}
