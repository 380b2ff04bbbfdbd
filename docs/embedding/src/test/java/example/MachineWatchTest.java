package example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import eddy.config.EddyConfig;
import eddy.event.DeadLetter;
import eddy.event.PredictionRecord;
import eddy.learn.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example runs, with the jars that whoever depends on eddy-processor gets, and no others. */
class MachineWatchTest {
  private static final int EVENTS = 600;
  private static final int TESTS = 5;

  /** What is forecast worse than all before. */
  private static final int JUMP = 500;

  @TempDir Path directory;
  private TopologyTestDriver driver;
  private TestInputTopic<String, String> raw;

  @BeforeEach
  void start() {
    EddyConfig config =
        EddyConfig.load(
            Path.of("machines.properties"),
            Map.of(),
            Map.of("state.dir", directory.toString(), "eddy.units", "8"));
    driver = new TopologyTestDriver(MachineWatch.topology(config), config.streamsProperties());
    raw = driver.createInputTopic(MachineWatch.RAW, new StringSerializer(), new StringSerializer());
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  private TestOutputTopic<String, byte[]> topic(String name) {
    return driver.createOutputTopic(name, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** A load that swings, and a temperature that follows it. */
  private void feed() {
    Random chance = new Random(7);
    double temperature = 20;
    for (int i = 0; i < EVENTS; i++) {
      double load = Math.round(50 + 40 * Math.sin(i * 0.3));
      temperature += 0.2 * (load - temperature) + 0.1 * chance.nextGaussian();
      double read = i == JUMP ? temperature + 60 : temperature;
      raw.pipeInput("m1", "{\"temperature\":" + read + ",\"load\":" + load + "}");
    }
    for (int i = 0; i < TESTS; i++) {
      raw.pipeInput("m1", "{\"temperature\":0,\"load\":0,\"test\":true}");
    }
    raw.pipeInput("m1", "{\"temperature\":\"hot\",\"load\":1}");
  }

  @Test
  void topology_readings_goThroughTheUsersStreamsBeforeAndAfterEddy() throws Exception {
    feed();

    List<byte[]> forecasts = topic(MachineWatch.FORECASTS).readValuesToList();
    List<byte[]> others = topic(MachineWatch.NOT_YET).readValuesToList();
    assertThat(forecasts.size() + others.size()).isEqualTo(EVENTS);
    assertThat(others).isNotEmpty().allMatch(record -> source(record) == Outcome.Source.BASELINE);
    assertThat(forecasts).isNotEmpty().allMatch(record -> source(record) == Outcome.Source.MODEL);

    var letters = topic(MachineWatch.REJECTED).readRecordsToList();
    assertThat(letters).hasSize(1);
    assertThat(new String(letters.get(0).headers().lastHeader(DeadLetter.REASON).value()))
        .isEqualTo("field temperature: expected a number, got \"hot\"");

    // what was settled by the jump, and what was predicted from it
    List<byte[]> alerts = topic(MachineWatch.ALERTS).readValuesToList();
    assertThat(alerts).isNotEmpty().hasSizeLessThan(EVENTS / 50);
    assertThat(new ObjectMapper().readTree(alerts.get(0)).get("settled").asText())
        .isEqualTo("machines-0-" + JUMP);
  }

  private static Outcome.Source source(byte[] prediction) {
    return PredictionRecord.parse(prediction).predictions().get("temperature@+1").source();
  }

  /** Broker, Scala, web server, commands, CSV files, Avro, logging. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka.server.KafkaRaftServer",
        "org.apache.kafka.server.config.ServerConfigs",
        "scala.Option",
        "io.javalin.Javalin",
        "org.eclipse.jetty.server.Server",
        "kotlin.Unit",
        "picocli.CommandLine",
        "me.tongfei.progressbar.ProgressBar",
        "org.jline.terminal.Terminal",
        "org.HdrHistogram.Histogram",
        "org.apache.datasketches.kll.KllDoublesSketch",
        "de.siegmar.fastcsv.reader.CsvReader",
        "org.apache.avro.Schema",
        "io.apicurio.registry.serde.avro.AvroKafkaDeserializer",
        "org.apache.logging.log4j.Logger"
      })
  void classPath_optionalLibraries_areNotOnIt(String name) {
    assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
  }

  /** A new dependency that is not optional is a burden for everyone: it must be wanted. */
  @Test
  void classPath_whatComesWithEddy_isKafkaStreamsJacksonAndTheModel() {
    Set<String> ofTests =
        Set.of(
            "junit",
            "assertj",
            "byte-buddy",
            "opentest4j",
            "apiguardian",
            "jspecify",
            "jqwik",
            "surefire",
            "kafka-streams-test-utils",
            "open-test-reporting");
    Set<String> artifacts = new TreeSet<>();
    Pattern jar = Pattern.compile(".*/([^/]+?)-\\d[^/]*\\.jar");
    for (String entry :
        System.getProperty("java.class.path").split(System.getProperty("path.separator"))) {
      Matcher matcher = jar.matcher(entry);
      if (matcher.matches() && ofTests.stream().noneMatch(matcher.group(1)::contains)) {
        artifacts.add(matcher.group(1).replaceFirst("^ejml-.*", "ejml"));
      }
    }
    // the modules of Eddy itself are folders where they are built together
    artifacts.removeIf(name -> name.startsWith("eddy"));
    assertThat(artifacts)
        .containsExactly(
            "ejml",
            "jackson-annotations",
            "jackson-core",
            "jackson-databind",
            "kafka-clients",
            "kafka-streams",
            "lz4-java",
            "rocksdbjni",
            "slf4j-api",
            "snappy-java",
            "zstd-jni");
  }

  @Test
  void headers_ofAReading_areOnItsForecast() {
    raw.pipeInput(
        new TestRecord<>(
            "m1",
            "{\"temperature\":20,\"load\":5}",
            new RecordHeaders().add("trace", "t1".getBytes(StandardCharsets.UTF_8))));

    assertThat(topic(MachineWatch.NOT_YET).readRecord().headers().lastHeader("trace").value())
        .asString()
        .isEqualTo("t1");
  }
}
