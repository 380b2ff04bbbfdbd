package eddy.stream;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.config.EddyConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that leave the heap between their events: the store never changes what is learned. */
class SpillTest {
  private static final int EVENTS = 150;
  private static final int KEYS = 5;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"rtrl,8,partition", "rtrl,1,key", "tbptt,0,partition"})
  void predictions_heapForOneKey_equalThoseWithAllKeysLive(
      String learner, int block, String weights) {
    Map<String, String> properties = new HashMap<>();
    properties.put("eddy.features", "x,x:diff(1)");
    properties.put("eddy.targets", "x@+1,x@+3");
    properties.put("eddy.panel", "single");
    properties.put("eddy.cell", "lstm");
    properties.put("eddy.units", "20");
    properties.put("eddy.window", "16");
    properties.put("eddy.learner", learner);
    properties.put("eddy.block", String.valueOf(block));
    properties.put("eddy.weights", weights);
    properties.put("eddy.budget.key.bytes", "100000000");

    List<String> spilled = predictions(properties, "1");
    assertThat(spilled).isEqualTo(predictions(properties, "1000000000")).hasSize(EVENTS);
  }

  private List<String> predictions(Map<String, String> properties, String heapBytes) {
    Map<String, String> all = new HashMap<>(properties);
    all.put("eddy.heap.bytes", heapBytes);
    all.put("application.id", "app");
    all.put("bootstrap.servers", "unused:9092");
    all.put("state.dir", directory.resolve(heapBytes).toString());
    all.put("eddy.input.topic", "in");
    all.put("eddy.output.topic", "out");
    all.put("eddy.dead.letter.topic", "dead");
    EddyConfig config = EddyConfig.of(all);
    Random random = new Random(1);
    try (TopologyTestDriver driver =
        new TopologyTestDriver(EddyTopology.of(config).build(), config.streamsProperties())) {
      TestInputTopic<byte[], byte[]> input =
          driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer());
      TestOutputTopic<byte[], byte[]> output =
          driver.createOutputTopic("out", new ByteArrayDeserializer(), new ByteArrayDeserializer());
      for (int i = 0; i < EVENTS; i++) {
        String value = "{\"x\":" + random.nextGaussian() + "}";
        input.pipeInput(bytes("key" + random.nextInt(KEYS)), bytes(value), 1000L * i);
      }
      return output.readValuesToList().stream()
          .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
          .toList();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
