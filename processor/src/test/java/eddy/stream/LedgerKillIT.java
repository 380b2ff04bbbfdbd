package eddy.stream;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.broker.BrokerSettings;
import eddy.broker.EmbeddedBroker;
import eddy.cli.Eddy;
import eddy.config.EddyConfig;
import eddy.event.DeadLetter;
import eddy.learn.Prequential;
import eddy.ledger.LedgerCodec;
import eddy.ledger.LedgerEntry;
import eddy.task.Counter;
import eddy.task.KeyedLearner;
import eddy.task.TaskLearner;
import eddy.task.TaskOutput;
import eddy.task.TaskState;
import eddy.task.TaskStateCodec;
import eddy.task.TaskStores;
import eddy.testing.ChildJvm;
import eddy.testing.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An app that is given commands and labels and killed: whatever it did, its ledger repeats. Labels
 * name the place of their event, and come late, out of order, twice, or never.
 */
class LedgerKillIT {
  private static final int EVENTS = 1200;
  private static final int BATCH = 40;

  /**
   * Events that may wait for their predictions. Few, so that no command overtakes the events that
   * give it something to do: a snapshot before the first event would hold no weights.
   */
  private static final int AHEAD = 80;

  private static final int PARTITIONS = 2;
  private static final String NAME = "commanded";

  /** A label that is none, by the number of events before it. */
  private static final int BAD_LABEL = 333;

  /** Every so many events one has no label. */
  private static final int UNLABELLED = 4;

  /** Every so many events one has two. */
  private static final int TWICE = 25;

  /** Commands by the number of events before them. */
  private static final Map<Integer, String> COMMANDS =
      Map.of(
          100, "{\"command\":\"learning-rate\",\"factor\":0.5}",
          200, "{\"command\":\"snapshot\",\"name\":\"early\",\"full\":true}",
          400, "{\"command\":\"pause\"}",
          500, "{\"command\":\"resume\"}",
          600, "{\"command\":\"rollback\",\"name\":\"early\"}",
          700, "{\"command\":\"learning-rate\",\"factor\":\"fast\"}",
          800, "{\"command\":\"rollback\",\"name\":\"none\"}",
          900, "{\"command\":\"snapshot\",\"name\":\"late\"}",
          1100, "{\"command\":\"rollback\",\"name\":\"late\"}");

  @TempDir Path directory;
  private EmbeddedBroker broker;
  private Producer<byte[], byte[]> producer;
  private List<Storms.Fix> fixes;
  private Map<String, String> configuration;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();
  private int fed;
  private int labels;

  @BeforeEach
  void start() throws IOException {
    broker = EmbeddedBroker.startTemporary(BrokerSettings.defaults());
    producer = Topics.producer(broker.bootstrapServers());
    fixes = Storms.fixes().subList(0, EVENTS);
    broker.createTopic("storms", PARTITIONS, Storms.KEPT);
    broker.createTopic(NAME + ".predictions", PARTITIONS, Storms.KEPT);
    broker.createTopic(NAME + ".rejected", 1, Storms.KEPT);
    broker.createTopic(NAME + ".control", 1, Storms.KEPT);
    configuration = Storms.configuration(NAME, broker.bootstrapServers());
    configuration.put("eddy.control.topic", NAME + ".control");
    broker.createTopic(NAME + ".labels", PARTITIONS, Storms.KEPT);
    configuration.put("eddy.labels.topic", NAME + ".labels");
    configuration.put("eddy.label.deadline", "40");
    configuration.put("eddy.targets", "lat@+4,wind@+PT24H,strength@label");
    configuration.put("state.dir", directory.resolve("state").toString());
    configuration.put("num.stream.threads", "2");
    configuration.put("commit.interval.ms", "300");
    configuration.put("producer.transaction.timeout.ms", "4000");
    configuration.put("group.instance.id", NAME);
    configuration.put("session.timeout.ms", "6000");
  }

  @AfterEach
  void stop() {
    producer.close();
    broker.close();
  }

  @Test
  void kill9_betweenCommandsAndLabels_everyByteEqualsAReplayOfTheLedger() throws Exception {
    feed(BATCH);
    try (ChildJvm app = run()) {
      feedUntilCommitted(EVENTS / 3, app);
      assertThat(fed).as("events fed when the app was killed").isLessThan(EVENTS);
      app.kill();
    }
    List<ConsumerRecord<byte[], byte[]>> predictions;
    try (ChildJvm app = run()) {
      feedUntilCommitted(EVENTS, app);
      predictions =
          Committed.read(broker.bootstrapServers(), NAME + ".predictions", PARTITIONS, EVENTS);
      assertThat(app.stop(Committed.PATIENCE)).as(app.output()).isZero();
    }
    List<ConsumerRecord<byte[], byte[]>> ledger = all(NAME + "-ledger", PARTITIONS);
    assertHoldsEverythingOnce(ledger);
    Replayed replayed = new Replayed();
    long[] learned = new long[PARTITIONS];
    for (int partition = 0; partition < PARTITIONS; partition++) {
      learned[partition] = task(partition).position;
    }
    // labels after the last event may have reached the ledger, but not been learned
    ledger.stream().filter(r -> r.offset() <= learned[r.partition()]).forEach(replayed::take);

    Committed.assertEqual(predictions, replayed.predictions());
    assertThat(all(NAME + ".rejected", 1))
        .extracting(LedgerKillIT::reason)
        .containsExactlyInAnyOrderElementsOf(replayed.reasons)
        .hasSize(2 + PARTITIONS);
    long settled = 0;
    for (int partition = 0; partition < PARTITIONS; partition++) {
      assertThat(stored(LearningProcessor.WEIGHTS, partition))
          .isEqualTo(replayed.weights(partition));
      TaskState task = task(partition);
      assertThat(task).usingRecursiveComparison().isEqualTo(replayed.task(partition));
      assertThat(task.count(Counter.COMMANDS)).isEqualTo(COMMANDS.size() - 2);
      assertThat(task.rateFactor).isEqualTo(0.5f);
      settled += task.count(Counter.LABELS_SETTLED);
      assertThat(task.count(Counter.LABELS_DUPLICATE)).isPositive();
      assertThat(task.count(Counter.EXPIRED)).isPositive();
    }
    assertThat(settled).isGreaterThan(EVENTS / 2);
    assertVerified(ledger);
  }

  /** What the app has published is proven from the first entry on, and from a snapshot on. */
  private void assertVerified(List<ConsumerRecord<byte[], byte[]>> ledger) throws Exception {
    assertThat(verify()).contains("equal: 1,200 predictions");
    Map<TopicPartition, RecordsToDelete> passed = new HashMap<>();
    int derived = EVENTS;
    for (ConsumerRecord<byte[], byte[]> record : ledger) {
      TopicPartition partition = new TopicPartition(record.topic(), record.partition());
      LedgerEntry entry = LedgerCodec.read(record);
      if (passed.containsKey(partition)) {
        continue;
      }
      derived -= entry.kind() == LedgerEntry.Kind.EVENT ? 1 : 0;
      if (entry.kind() == LedgerEntry.Kind.CONTROL
          && new String(entry.value(), StandardCharsets.UTF_8).contains("\"early\"")) {
        passed.put(partition, RecordsToDelete.beforeOffset(record.offset() + 1));
      }
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.deleteRecords(passed).all().get();
    }
    assertThat(verify()).contains(String.format("equal: %,d predictions", derived));
  }

  private String verify() throws Exception {
    Path console = directory.resolve("verify.log");
    try (ChildJvm verification =
        ChildJvm.start(
            Eddy.class,
            console,
            "replay",
            "--verify",
            "--config",
            directory.resolve("app.properties").toString(),
            "--bootstrap-servers",
            broker.bootstrapServers())) {
      assertThat(verification.awaitExit(Committed.PATIENCE)).as(verification.output()).isZero();
      return verification.output();
    }
  }

  private TaskState task(int partition) {
    return new TaskStateCodec().decode(stored(LearningProcessor.TASK, partition));
  }

  private List<ConsumerRecord<byte[], byte[]>> all(String topic, int partitions) {
    return Committed.all(broker.bootstrapServers(), topic, partitions);
  }

  private ChildJvm run() throws IOException {
    Properties properties = new Properties();
    properties.putAll(configuration);
    Path file = directory.resolve("app.properties");
    try (OutputStream out = Files.newOutputStream(file)) {
      properties.store(out, null);
    }
    Path console = directory.resolve("app.log");
    return ChildJvm.start(Eddy.class, console, "run", "--config", file.toString());
  }

  private void feed(int to) throws Exception {
    for (; fed < to; fed++) {
      String command = COMMANDS.get(fed);
      if (command != null) {
        byte[] value = command.getBytes(StandardCharsets.UTF_8);
        long time = fixes.get(fed).timestamp();
        producer.send(new ProducerRecord<>(NAME + ".control", null, time, null, value));
      }
      sent.add(producer.send(fixes.get(fed).record("storms", fed)));
      feedLabels();
    }
    producer.flush();
  }

  /**
   * The label that comes after the newest event: thirty events are labelled in an order of their
   * own.
   */
  private void feedLabels() throws Exception {
    int labelled = fed / 30 * 30 - 30 + 7 * fed % 30;
    if (fed == BAD_LABEL) {
      label(labelled, "{\"id\":\"storms-0-1\"}");
    } else if (labelled >= 0 && labelled % UNLABELLED != 0) {
      RecordMetadata place = sent.get(labelled).get();
      String id = "storms-" + place.partition() + "-" + place.offset();
      String value = "{\"id\":\"" + id + "\",\"strength\":" + labelled % 11 + "}";
      label(labelled, value);
      if (fed % TWICE == 0) {
        label(labelled, value);
      }
    }
  }

  private void label(int event, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    Storms.Fix fix = fixes.get(event);
    producer.send(new ProducerRecord<>(NAME + ".labels", null, fix.timestamp(), fix.key(), bytes));
    labels++;
  }

  /** Feeds batch by batch, a little ahead of the app, until so many predictions are committed. */
  private void feedUntilCommitted(int count, ChildJvm app) throws Exception {
    long deadline = System.nanoTime() + Committed.PATIENCE.toNanos();
    int committed = 0;
    try (Consumer<byte[], byte[]> reader =
        Topics.committed(broker.bootstrapServers(), NAME + ".predictions", PARTITIONS)) {
      while (committed < count) {
        assertThat(app.isAlive()).as(app.output()).isTrue();
        assertThat(System.nanoTime())
            .as("%d of %d committed:%n%s", committed, count, app.output())
            .isLessThan(deadline);
        if (fed < Math.min(EVENTS, committed + AHEAD)) {
          feed(fed + BATCH);
        }
        committed += reader.poll(Duration.ofMillis(20)).count();
      }
    }
  }

  private void assertHoldsEverythingOnce(List<ConsumerRecord<byte[], byte[]>> ledger) {
    Map<String, Integer> times = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : ledger) {
      LedgerEntry entry = LedgerCodec.read(record);
      times.merge(
          record.partition() + " " + entry.kind() + " " + entry.partition() + " " + entry.offset(),
          1,
          Integer::sum);
    }
    assertThat(times.values()).containsOnly(1);
    // of every command one in each partition, but for the one that says nothing
    int commands = PARTITIONS * (COMMANDS.size() - 1) + 1;
    assertThat(times)
        .hasSizeBetween(EVENTS + commands + labels * 9 / 10, EVENTS + commands + labels);
  }

  private static String reason(ConsumerRecord<byte[], byte[]> letter) {
    return reason(letter.headers());
  }

  private static String reason(Headers headers) {
    return new String(headers.lastHeader(DeadLetter.REASON).value(), StandardCharsets.UTF_8);
  }

  private byte[] stored(String store, int partition) {
    List<ConsumerRecord<byte[], byte[]>> changelog =
        all(NAME + "-" + store + "-changelog", PARTITIONS);
    String value =
        Committed.state(changelog).entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(partition + " "))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseThrow(() -> new AssertionError(missing(store, partition, changelog)));
    return HexFormat.of().parseHex(value.strip().split(" ")[1]);
  }

  private static String missing(
      String store, int partition, List<ConsumerRecord<byte[], byte[]>> changelog) {
    StringBuilder text = new StringBuilder("nothing of partition " + partition + " in " + store);
    for (ConsumerRecord<byte[], byte[]> record : changelog) {
      String key = HexFormat.of().formatHex(record.key());
      text.append(String.format("%n%d-%d ", record.partition(), record.offset())).append(key);
      text.append(record.value() == null ? " removed" : " " + record.value().length + " bytes");
    }
    return text.toString();
  }

  /** A learner for each partition, without Kafka Streams. */
  private final class Replayed {
    private final EddyConfig config = EddyConfig.of(configuration);
    private final List<String> reasons = new ArrayList<>();
    private final List<TaskStores> stores = new ArrayList<>();
    private final List<TaskLearner> learners = new ArrayList<>();
    private final List<List<ConsumerRecord<byte[], byte[]>>> said = new ArrayList<>();

    Replayed() {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        stores.add(TaskStores.inMemory());
        said.add(new ArrayList<>());
        learners.add(
            new TaskLearner(config, partition, stores.get(partition), output(said.get(partition))));
      }
    }

    void take(ConsumerRecord<byte[], byte[]> record) {
      learners.get(record.partition()).take(record.offset(), LedgerCodec.read(record));
    }

    private TaskOutput output(List<ConsumerRecord<byte[], byte[]>> predictions) {
      return new TaskOutput() {
        @Override
        public void prediction(LedgerEntry event, byte[] prediction) {
          predictions.add(
              new ConsumerRecord<>(
                  NAME + ".predictions",
                  event.partition(),
                  predictions.size(),
                  event.timestamp(),
                  TimestampType.CREATE_TIME,
                  0,
                  0,
                  event.key(),
                  prediction,
                  event.headers(),
                  Optional.empty()));
        }

        @Override
        public void deadLetter(LedgerEntry entry, byte[] value, Headers headers) {
          reasons.add(reason(headers));
        }
      };
    }

    List<ConsumerRecord<byte[], byte[]>> predictions() {
      return said.stream().flatMap(List::stream).toList();
    }

    byte[] weights(int partition) {
      Prequential prequential = config.newPrequential();
      return prequential.encode(stores.get(partition).weights().get(KeyedLearner.PARTITION));
    }

    TaskState task(int partition) {
      return learners.get(partition).task();
    }
  }
}
