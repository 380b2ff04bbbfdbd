package eddy.stream;

import eddy.config.EddyConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** A topology in Kafka's test driver, over topics of bytes. */
final class DrivenTopology implements AutoCloseable {
  /** Timestamp of all records. */
  static final Instant TIME = Instant.parse("2024-02-29T12:00:00Z");

  final Topology topology;
  final TopologyTestDriver driver;

  DrivenTopology(Topology topology, Properties settings) {
    this.topology = topology;
    driver = new TopologyTestDriver(topology, settings);
  }

  /** The whole app of a configuration. */
  static DrivenTopology of(Map<String, String> properties) {
    EddyConfig config = EddyConfig.of(properties);
    return new DrivenTopology(EddyTopology.of(config).build(), config.streamsProperties());
  }

  /** A small app, to be changed: topics {@code in}, {@code out} and {@code dead}. */
  static Map<String, String> properties(Path directory) {
    Map<String, String> properties = new HashMap<>();
    properties.put("application.id", "app");
    properties.put("bootstrap.servers", "unused:9092");
    properties.put("state.dir", directory.toString());
    properties.put("eddy.input.topic", "in");
    properties.put("eddy.output.topic", "out");
    properties.put("eddy.dead.letter.topic", "dead");
    properties.put("eddy.features", "x");
    properties.put("eddy.targets", "x@+1");
    properties.put("eddy.units", "4");
    return properties;
  }

  void send(String topic, byte[] key, String value, Headers headers) {
    driver
        .createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(key, bytes(value), headers, TIME));
  }

  TestOutputTopic<byte[], byte[]> output(String topic) {
    return driver.createOutputTopic(
        topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(Headers headers, String name) {
    return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    driver.close();
  }
}
