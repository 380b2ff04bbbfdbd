package eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eddy.event.PredictionRecord;
import eddy.testing.ChildJvm;
import eddy.testing.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The demo as its users start it: in a JVM of its own. */
class DemoIT {
  private static final int EVENTS = 11_840;
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final Pattern BROKER = Pattern.compile("Broker +(127\\.0\\.0\\.1:\\d+)");

  @TempDir Path folder;
  private Path temporary;
  private Path console;

  @BeforeEach
  void folders() throws IOException {
    temporary = Files.createDirectory(folder.resolve("tmp"));
    console = folder.resolve("console");
  }

  @Test
  void demo_exitAndOutput_writesWhatAReplayWrites() throws Exception {
    Path output = folder.resolve("out");

    try (ChildJvm demo = demo("--exit", "--rate", "0", "--output", output.toString())) {
      assertThat(demo.awaitExit(LONG)).as(this::told).isZero();
    }

    assertMetrics(new ObjectMapper().readTree(output.resolve("metrics.json").toFile()));
    assertThat(output.resolve("predictions.csv"))
        .hasSameBinaryContentAs(replay().resolve("predictions.csv"));
    assertThat(output)
        .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("."));
    String text = assertClean();
    assertThat(text.lines().filter(line -> line.startsWith("lat@+4 "))).hasSize(1);
    assertThat(text.lines().filter(line -> line.matches("\\S+-\\d{4} +\\d{4}-.*kt"))).hasSize(10);
  }

  /** Persistence is known from the data alone. */
  private static void assertMetrics(JsonNode metrics) {
    assertThat(metrics.path("events").asInt()).isEqualTo(EVENTS);
    assertThat(metrics.path("rejected").asInt(-1)).isZero();
    assertThat(metrics.path("scored").asInt()).isEqualTo(4 * 9804);
    Map<String, Double> persistence =
        Map.of("lat@+4", 2.219, "long@+4", 3.382, "wind@+4", 13.219, "pressure@+4", 8.162);
    persistence.forEach(
        (name, mae) -> {
          JsonNode target = metrics.path("targets").path(name);
          JsonNode baseline = target.path("models").path("persistence");
          assertThat(baseline.path("n").asInt()).isEqualTo(9804);
          assertThat(baseline.path("mae").asDouble()).isCloseTo(mae, within(0.0005));
          assertThat(target.path("models").path("eddy").path("n").asInt()).isEqualTo(9804);
          assertThat(target.path("skill").path("persistence").asDouble()).as(name).isPositive();
        });
  }

  private Path replay() throws IOException {
    Path storms = folder.resolve("storms.csv.gz");
    try (InputStream in = getClass().getResourceAsStream("/eddy/demo/storms.csv.gz")) {
      Files.copy(in, storms);
    }
    Path config = folder.resolve("storms.properties");
    try (InputStream in = getClass().getResourceAsStream("/eddy/demo/storms.properties")) {
      Files.copy(in, config);
    }
    Path output = folder.resolve("replay");
    List<String> arguments = new ArrayList<>(List.of("replay", "--config", config.toString()));
    arguments.addAll(List.of("--csv", storms.toString(), "--key", "storm", "--time", "timestamp"));
    arguments.addAll(List.of("--output", output.toString()));
    CommandLine command = Eddy.commandLine().setOut(new PrintWriter(new StringWriter()));
    assertThat(command.execute(arguments.toArray(String[]::new))).isZero();
    return output;
  }

  @Test
  void demo_sigtermMidway_leavesNothingBehind() throws Exception {
    Path output = folder.resolve("out");

    try (ChildJvm demo = demo("--output", output.toString())) {
      await(demo, "of 11,840 events predicted");
      assertThat(temporary).isNotEmptyDirectory();

      assertThat(demo.stop(LONG)).as(this::told).isZero();
    }

    assertThat(assertClean()).contains("Stopping ...").doesNotContain("All 11,840 events");
    assertThat(output).isEmptyDirectory();
  }

  @Test
  void demo_withoutExit_staysAndPredictsEventsOfOthers() throws Exception {
    try (ChildJvm demo = demo("--rate", "0")) {
      await(demo, "Ctrl-C ends them");
      Matcher broker = BROKER.matcher(demo.output());
      assertThat(broker.find()).isTrue();
      String servers = broker.group(1);
      byte[] value =
          bytes(
              "{\"timestamp\":\"2026-09-01T00:00:00Z\",\"lat\":20,\"long\":-60,\"wind\":70,"
                  + "\"pressure\":980,\"status\":\"hurricane\"}");

      try (Producer<byte[], byte[]> producer = Topics.producer(servers)) {
        producer.send(new ProducerRecord<>("storms", bytes("Zoe-2026"), value)).get();
      }
      List<ConsumerRecord<byte[], byte[]>> published =
          Topics.read(servers, "storms.predictions", 1, EVENTS + 1, LONG);

      PredictionRecord last = PredictionRecord.parse(published.get(EVENTS).value());
      assertThat(last.key()).isEqualTo("Zoe-2026");
      assertThat(last.id()).isEqualTo("storms-0-" + EVENTS);
      assertThat(demo.stop(LONG)).as(this::told).isZero();
    }
    assertClean();
  }

  @Test
  void demo_portTaken_failsWithOneLine() throws Exception {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String port = String.valueOf(taken.getLocalPort());

      try (ChildJvm demo = demo("--port", port)) {
        assertThat(demo.awaitExit(LONG)).as(this::told).isEqualTo(CommandLine.ExitCode.SOFTWARE);
      }

      assertThat(assertClean().lines().filter(line -> line.startsWith("eddy: ")))
          .singleElement()
          .asString()
          .contains(port);
    }
  }

  private ChildJvm demo(String... arguments) throws IOException {
    List<String> words = new ArrayList<>(List.of("demo"));
    words.addAll(List.of(arguments));
    return ChildJvm.start(
        Map.of("java.io.tmpdir", temporary.toString()),
        Eddy.class,
        console,
        words.toArray(String[]::new));
  }

  private String told() {
    try {
      return Files.readString(console);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void await(ChildJvm demo, String text) throws Exception {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (!demo.output().contains(text)) {
      assertThat(demo.isAlive() && System.nanoTime() < deadline).as(this::told).isTrue();
      Thread.sleep(50);
    }
  }

  /** No file, no log line; the process itself is known to have ended, and it had no children. */
  private String assertClean() {
    assertThat(temporary).isEmptyDirectory();
    String text = told();
    assertThat(text.lines())
        .as("log lines and stack traces")
        .noneMatch(line -> line.matches("\\d\\d:\\d\\d:\\d\\d (WARN|ERROR|INFO).*"))
        .noneMatch(line -> line.matches("\\s+at .*\\(.*\\)|.*Exception.*"));
    return text;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
