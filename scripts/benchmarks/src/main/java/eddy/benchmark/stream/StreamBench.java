package eddy.benchmark.stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import eddy.benchmark.ChildJvm;
import eddy.benchmark.Machine;
import eddy.broker.BrokerProcess;
import eddy.broker.BrokerSettings;
import eddy.math.RandomStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Throughput of the app at exactly once beside topologies that do less. */
@Command(
    name = "stream",
    description = {
      "Measures the app at exactly once on a broker of its own, beside the byte",
      "pass-through, and beside what decodes and encodes the same records without",
      "learning. Every topology runs in a JVM of its own, round after round; the best",
      "of each counts. Beside the rate stands the processor time of a record, which",
      "other work on the machine hardly changes."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
public final class StreamBench implements Callable<Integer> {
  private static final String INPUT = "events";
  private static final int PARTITIONS = 4;
  private static final int FIELDS = 16;
  private static final Map<String, String> KEPT = Map.of("retention.ms", "-1");

  @Spec private CommandSpec specification;

  @Option(
      names = "--records",
      paramLabel = "N",
      description = "Records in the input (default: ${DEFAULT-VALUE}).")
  private int records = 600_000;

  @Option(
      names = "--keys",
      paramLabel = "N",
      description = "Keys of the records (default: ${DEFAULT-VALUE}).")
  private int keys = 1000;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of the app (default: ${DEFAULT-VALUE}).")
  private int threads = 2;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each is measured (default: ${DEFAULT-VALUE}).")
  private int rounds = 3;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long at most each is measured (default: ${DEFAULT-VALUE}).")
  private int seconds = 10;

  @Option(
      names = "--rows",
      split = ",",
      paramLabel = "NAME",
      description = "Only these: ${COMPLETION-CANDIDATES}.")
  private List<Pipe> pipes = List.of(Pipe.values());

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the table as JSON too.")
  private Path json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<String, String> machine = Machine.facts();
    Path directory = Files.createTempDirectory("eddy-bench-stream");
    Map<Pipe, PipeProcess.Result> best = new EnumMap<>(Pipe.class);
    // a broker that a busy machine holds up must not be taken for dead
    BrokerSettings settings = BrokerSettings.defaults().with("broker.session.timeout.ms", 60_000);
    try (BrokerProcess broker = BrokerProcess.start(settings, directory)) {
      broker.createTopic(INPUT, PARTITIONS, KEPT);
      say("writing " + records + " records");
      write(broker.bootstrapServers());
      for (int round = 1; round <= rounds; round++) {
        for (Pipe pipe : pipes) {
          say("round " + round + " of " + rounds + ": " + pipe.title());
          String output = "out-" + pipe.name().toLowerCase(Locale.ROOT) + "-" + round;
          broker.createTopic(output, PARTITIONS, KEPT);
          best.merge(pipe, measure(pipe, broker.bootstrapServers(), output), StreamBench::better);
        }
      }
    } finally {
      delete(directory);
    }
    StreamReport report = new StreamReport(best);
    PrintWriter out = specification.commandLine().getOut();
    machine.forEach((name, value) -> out.println(name + ": " + value));
    out.println();
    out.println(report.text());
    out.flush();
    if (json != null) {
      Map<String, Object> data = new LinkedHashMap<>();
      data.put("machine", machine);
      data.put("rows", best);
      new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), data);
    }
    return report.missed() ? 1 : 0;
  }

  private PipeProcess.Result measure(Pipe pipe, String servers, String output)
      throws IOException, InterruptedException {
    String answer =
        ChildJvm.run(
            PipeProcess.class,
            pipe.name(),
            servers,
            INPUT,
            output,
            Integer.toString(threads),
            Integer.toString(records),
            Integer.toString(seconds));
    return new ObjectMapper().readValue(answer, PipeProcess.Result.class);
  }

  private static PipeProcess.Result better(PipeProcess.Result one, PipeProcess.Result other) {
    return new PipeProcess.Result(
        Math.max(one.rate(), other.rate()), Math.min(one.processor(), other.processor()));
  }

  private void write(String servers) {
    RandomStream random = new RandomStream(1);
    Map<String, Object> settings =
        Map.of("bootstrap.servers", servers, "linger.ms", 5, "batch.size", 65_536);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < records; i++) {
        byte[] key = ("key-" + i % keys).getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(INPUT, null, 1000L * i, key, value(random)));
      }
    }
  }

  /** Numbers of three decimals. */
  private static byte[] value(RandomStream random) {
    StringBuilder value = new StringBuilder(300).append('{');
    long sum = 0;
    for (int i = 0; i < FIELDS; i++) {
      long thousandths = Math.round(1000 * random.uniform(1, 9));
      sum += i % 3 == 0 ? thousandths : 0;
      value.append("\"x").append(i).append("\":").append(thousandths / 1000.0).append(',');
    }
    return value
        .append("\"y\":")
        .append(sum / 1000.0)
        .append('}')
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  private void say(String what) {
    specification.commandLine().getErr().println(what);
    specification.commandLine().getErr().flush();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
