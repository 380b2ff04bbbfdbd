package eddy.stream;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.config.EddyConfig;
import eddy.learn.KeyState;
import eddy.learn.Prequential;
import eddy.ledger.LedgerEntry;
import eddy.state.MapStore;
import eddy.state.ObjectStore;
import eddy.state.WriteBehindStore;
import eddy.task.Counter;
import eddy.task.KeyedLearner;
import eddy.task.TaskLearner;
import eddy.task.TaskOutput;
import eddy.task.TaskState;
import eddy.task.TaskStores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keys that nothing is heard of: they start anew, and leave the store; labels that they wait for
 * are given up.
 */
class TimeToLiveTest {
  private static final long TTL = 100_000;

  @TempDir Path directory;

  private record Sent(String key, String value, long timestamp) {}

  private EddyConfig config(String weights) {
    return config(weights, Map.of("eddy.targets", "x@+1", "eddy.state.ttl", "PT100S"));
  }

  /** Labels come after twenty seconds, or never. */
  private EddyConfig deadline(String weights) {
    return config(
        weights,
        Map.of(
            "eddy.targets",
            "x@+PT20S",
            "eddy.label.deadline",
            "100",
            "eddy.label.deadline.time",
            "PT100S"));
  }

  private EddyConfig config(String weights, Map<String, String> more) {
    Map<String, String> all = new HashMap<>();
    all.put("eddy.features", "x,x:diff(1)");
    all.putAll(more);
    all.put("eddy.units", "4");
    all.put("eddy.weights", weights);
    all.put("eddy.heap.bytes", "1");
    all.put("application.id", "app");
    all.put("bootstrap.servers", "unused:9092");
    all.put("state.dir", directory.toString());
    all.put("eddy.input.topic", "in");
    all.put("eddy.output.topic", "out");
    all.put("eddy.dead.letter.topic", "dead");
    return EddyConfig.of(all);
  }

  /** A learner over plain maps, as a replay has it. */
  private static final class Direct implements TaskOutput {
    final MapStore<KeyState> keys = new MapStore<>();
    final MapStore<TaskState> task = new MapStore<>();
    final List<String> predictions = new ArrayList<>();
    private final TaskLearner learner;
    private long offset;

    Direct(EddyConfig config) {
      learner = new TaskLearner(config, 0, new TaskStores(keys, new MapStore<>(), task), this);
    }

    void send(Sent sent) {
      learner.take(
          offset,
          new LedgerEntry(
              LedgerEntry.Kind.EVENT,
              0,
              offset++,
              sent.timestamp,
              bytes(sent.key),
              bytes(sent.value),
              new RecordHeaders()));
    }

    @Override
    public void prediction(LedgerEntry event, byte[] prediction) {
      predictions.add(new String(prediction, StandardCharsets.UTF_8));
    }

    @Override
    public void deadLetter(LedgerEntry entry, byte[] value, Headers headers) {
      throw new AssertionError(headers);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String body(String prediction) {
    return prediction.substring(prediction.indexOf("\"predictions\""));
  }

  @Test
  void event_afterTheTimeToLive_findsAKeyThatStartsAnew() {
    Direct direct = new Direct(config("key"));
    direct.send(new Sent("a", "{\"x\":1}", 0));
    direct.send(new Sent("a", "{\"x\":3}", 1000));
    direct.send(new Sent("a", "{\"x\":7}", 1000 + TTL));
    direct.send(new Sent("a", "{\"x\":1}", 1001 + 2 * TTL));
    direct.send(new Sent("a", "{\"x\":3}", 2001 + 2 * TTL));

    List<String> bodies = direct.predictions.stream().map(TimeToLiveTest::body).toList();
    assertThat(bodies.subList(3, 5)).isEqualTo(bodies.subList(0, 2));
    assertThat(direct.task.get(KeyedLearner.TASK).count(Counter.KEYS_EXPIRED)).isEqualTo(1);
  }

  @Test
  void event_ofAnotherKeyMovesStreamTime_expiresTheFirst() {
    Direct direct = new Direct(config("key"));
    direct.send(new Sent("a", "{\"x\":1}", 0));
    direct.send(new Sent("a", "{\"x\":3}", 1000));
    direct.send(new Sent("b", "{\"x\":3}", 2000 + TTL));
    // late by its own time, but stream time decides
    direct.send(new Sent("a", "{\"x\":1}", 2000));

    assertThat(body(direct.predictions.get(3))).isEqualTo(body(direct.predictions.get(0)));
  }

  private static List<Sent> traffic() {
    Random random = new Random(1);
    List<Sent> sent = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      // a few keys stay, others come for a while
      String key = i % 3 == 0 ? "stays" + i % 2 : "passes" + i / 20 + "-" + random.nextInt(3);
      sent.add(new Sent(key, "{\"x\":" + random.nextInt(100) + "}", i * 1000L));
    }
    return sent;
  }

  @ParameterizedTest
  @ValueSource(strings = {"partition", "key"})
  void sweep_storeThatSpillsAndPlainMap_holdAndCountTheSame(String weights) {
    Direct direct = assertStoreThatSpillsDoesTheSame(config(weights));

    // of 150 keys, those of the last one and a half times to live, and of the sweep under way
    assertThat(direct.keys.size()).isLessThan(60);
    assertThat(direct.task.get(KeyedLearner.TASK).count(Counter.KEYS_EXPIRED)).isGreaterThan(100);
    assertThat(names(direct.keys)).contains("stays0", "stays1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"partition", "key"})
  void sweep_labelsOfSilentKeys_areGivenUpAndKeysStay(String weights) {
    EddyConfig config = deadline(weights);
    Direct direct = assertStoreThatSpillsDoesTheSame(config);

    assertThat(direct.keys.size()).isGreaterThan(150);
    Prequential learner = config.newPrequential();
    List<String> waiting = new ArrayList<>();
    direct.keys.forEach(
        (key, state) -> {
          // one and a half deadlines, and twice the sweep of four keys an event
          if (learner.waiting(state) > 0 && state.touched() < (1500 - 150 - 2 * 60) * 1000L) {
            waiting.add(new String(key.get(), StandardCharsets.UTF_8));
          }
        });
    assertThat(waiting).isEmpty();
    assertThat(direct.task.get(KeyedLearner.TASK).count(Counter.EXPIRED)).isGreaterThan(100);
  }

  private static Direct assertStoreThatSpillsDoesTheSame(EddyConfig config) {
    Direct direct = new Direct(config);
    traffic().forEach(direct::send);
    TaskState expected = direct.task.get(KeyedLearner.TASK);
    try (TopologyTestDriver driver =
        new TopologyTestDriver(EddyTopology.of(config).build(), config.streamsProperties())) {
      TestInputTopic<byte[], byte[]> input =
          driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer());
      traffic()
          .forEach(sent -> input.pipeInput(bytes(sent.key), bytes(sent.value), sent.timestamp));
      List<String> predictions =
          driver
              .createOutputTopic("out", new ByteArrayDeserializer(), new ByteArrayDeserializer())
              .readValuesToList()
              .stream()
              .map(value -> new String(value, StandardCharsets.UTF_8))
              .toList();
      WriteBehindStore<KeyState> keys = store(driver, LearningProcessor.KEYS);
      WriteBehindStore<TaskState> task = store(driver, LearningProcessor.TASK);

      assertThat(predictions).isEqualTo(direct.predictions);
      assertThat(names(keys)).isEqualTo(names(direct.keys));
      for (Counter counter : Counter.values()) {
        assertThat(task.get(KeyedLearner.TASK).count(counter))
            .as(counter.name())
            .isEqualTo(expected.count(counter));
      }
    }
    return direct;
  }

  private static <V> WriteBehindStore<V> store(TopologyTestDriver driver, String name) {
    @SuppressWarnings("unchecked") // as the supplier has made it
    WriteBehindStore<V> store = (WriteBehindStore<V>) driver.getStateStore(name);
    return store;
  }

  private static TreeSet<String> names(ObjectStore<KeyState> keys) {
    TreeSet<String> names = new TreeSet<>();
    keys.forEach((key, state) -> names.add(new String(key.get(), StandardCharsets.UTF_8)));
    return names;
  }
}
