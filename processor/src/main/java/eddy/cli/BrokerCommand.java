package eddy.cli;

import eddy.broker.BrokerException;
import eddy.broker.BrokerSettings;
import eddy.broker.EmbeddedBroker;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a broker to try things out with. */
@Command(
    name = "broker",
    description = {
      "Runs a Kafka broker with empty topics until Ctrl-C or SIGTERM, to try things out where there"
          + " is no Kafka: one node, which only this machine reaches, and which leaves nothing"
          + " behind."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = {"  eddy broker --topic storms:2 --topic storms.predictions --topic storms.rejected"})
final class BrokerCommand implements Callable<Integer> {
  private static final String COMMANDS_LOGGING = "classpath:eddy/cli/logging.xml";
  private static final String LOGGING = "classpath:eddy/demo/logging.xml";

  @Spec private CommandSpec specification;

  @Option(
      names = "--topic",
      paramLabel = "NAME[:PARTITIONS]",
      description = "A topic, of one partition unless said; it keeps records of whatever time.")
  private List<String> topics = List.of();

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "9092",
      description = "Port on 127.0.0.1, ${DEFAULT-VALUE} by default; 0 takes a free one.")
  private int port;

  private record Topic(String name, int partitions) {}

  @Override
  public Integer call() throws InterruptedException {
    List<Topic> wanted = topics.stream().map(this::topic).toList();
    BrokerSettings settings = settings();
    // what a broker tells of itself is of no use here; a configuration of the user's own stays
    System.getProperties().replace("log4j2.configurationFile", COMMANDS_LOGGING, LOGGING);
    CountDownLatch end = new CountDownLatch(1);
    EndSignals signals = EndSignals.watch(end::countDown);
    try (EmbeddedBroker broker = EmbeddedBroker.startTemporary(settings)) {
      wanted.forEach(topic -> broker.createTopic(topic.name(), topic.partitions(), Map.of()));
      PrintWriter out = specification.commandLine().getOut();
      out.println("Kafka at " + broker.bootstrapServers() + " until Ctrl-C");
      out.flush();
      end.await();
      return CommandLine.ExitCode.OK;
    } catch (BrokerException | UncheckedIOException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      specification.commandLine().getErr().println("eddy: " + cause.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    } finally {
      signals.close();
    }
  }

  private BrokerSettings settings() {
    try {
      return BrokerSettings.defaults()
          .withPorts(port, 0)
          // by the time of its records an old stream would be deleted, or its log torn to pieces
          .with("log.roll.ms", Long.MAX_VALUE)
          .with("log.retention.ms", -1);
    } catch (IllegalArgumentException e) {
      throw wrong("--" + e.getMessage());
    }
  }

  private Topic topic(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return new Topic(text, 1);
    }
    String count = text.substring(colon + 1);
    if (!count.matches("[1-9]\\d{0,3}")) {
      throw wrong("--topic " + text + ": partitions must be from 1 to 9999 but were " + count);
    }
    return new Topic(text.substring(0, colon), Integer.parseInt(count));
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(specification.commandLine(), problem);
  }
}
