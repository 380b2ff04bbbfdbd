package eddy.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import eddy.broker.BrokerSettings;
import eddy.broker.EmbeddedBroker;
import eddy.config.EddyConfig;
import eddy.ledger.LedgerEntry;
import eddy.replay.Replay;
import eddy.replay.TopicInput;
import eddy.replay.TopicRange;
import eddy.report.Drift;
import eddy.report.ScoredLine;
import eddy.state.MapStore;
import eddy.surprise.Assessment;
import eddy.task.TaskLearner;
import eddy.task.TaskOutput;
import eddy.task.TaskStores;
import eddy.testing.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The app on a broker: what it publishes, and how it is closed and started again. */
class EddyAppIT {
  private static EmbeddedBroker broker;
  private static String servers;
  private static List<Storms.Fix> fixes;
  private static int apps;

  @TempDir Path directory;
  private String name;
  private Map<String, String> properties;

  @BeforeAll
  static void startBroker() throws IOException {
    broker = EmbeddedBroker.startTemporary(BrokerSettings.defaults());
    servers = broker.bootstrapServers();
    fixes = Storms.fixes();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void configure(TestInfo test) {
    name = "app-" + ++apps;
    properties = Storms.configuration(name, servers);
    properties.put("eddy.input.topic", input());
    properties.put("state.dir", directory.toString());
    // an app that failed stays in its group until its session ends
    properties.put("session.timeout.ms", "6000");
    properties.put("heartbeat.interval.ms", "1500");
  }

  private String input() {
    return name + ".storms";
  }

  private void createTopics(int partitions) {
    broker.createTopic(input(), partitions, Storms.KEPT);
    broker.createTopic(name + ".predictions", partitions, Storms.KEPT);
    broker.createTopic(name + ".rejected", 1, Map.of());
  }

  private void feed(int from, int to) {
    try (Producer<byte[], byte[]> producer = Topics.producer(servers)) {
      for (int row = from; row < to; row++) {
        producer.send(fixes.get(row).record(input(), row));
      }
    }
  }

  private EddyApp start() throws InterruptedException {
    EddyApp app = EddyApp.of(EddyConfig.of(properties));
    app.start();
    return app;
  }

  private List<ConsumerRecord<byte[], byte[]>> predictions(int partitions, int count) {
    return Committed.read(servers, name + ".predictions", partitions, count);
  }

  /** Compares what was published with a learner that is driven directly, partition by partition. */
  private void assertEqualToDirectLearner(int partitions, int events) {
    List<ConsumerRecord<byte[], byte[]>> input =
        Committed.read(servers, input(), partitions, events);
    List<ConsumerRecord<byte[], byte[]>> published = predictions(partitions, events);
    EddyConfig config = EddyConfig.of(properties);
    Map<Integer, DirectLearner> learners = new HashMap<>();
    for (int i = 0; i < events; i++) {
      ConsumerRecord<byte[], byte[]> event = input.get(i);
      ConsumerRecord<byte[], byte[]> prediction = published.get(i);
      DirectLearner learner =
          learners.computeIfAbsent(event.partition(), p -> new DirectLearner(config));
      assertThat(prediction.value())
          .as("prediction at %s-%d", event.topic(), event.offset())
          .asString()
          .isEqualTo(new String(learner.predict(event)));
      assertThat(prediction.key()).isEqualTo(event.key());
      assertThat(prediction.timestamp()).isEqualTo(event.timestamp());
      assertThat(prediction.headers()).isEqualTo(event.headers());
      assertThat(prediction.partition()).isEqualTo(event.partition());
    }
    assertThat(Committed.all(servers, name + ".rejected", 1)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"partition", "key"})
  void predictions_threePartitions_equalDirectLearnerBitForBit(String weights) throws Exception {
    properties.put("eddy.weights", weights);
    // a heap this small sends states to the store and back between commits
    properties.put("eddy.heap.bytes", weights.equals("key") ? "200000" : "60000");
    createTopics(3);
    feed(0, 3000);

    try (EddyApp app = start()) {
      predictions(3, 3000);
      assertThat(app.state()).isEqualTo(KafkaStreams.State.RUNNING);
    }

    assertEqualToDirectLearner(3, 3000);
  }

  /** The local copy is worth nothing, the changelogs are. */
  @ParameterizedTest
  @ValueSource(strings = {"MANIFEST-", ".sst"})
  void start_localStateIsCorrupt_restoresItAndGoesOnBitForBit(String files) throws Exception {
    createTopics(2);
    feed(0, 600);
    try (EddyApp app = start()) {
      predictions(2, 600);
      assertThat(app.failure()).isEmpty();
    }

    assertThat(overwrite(files)).isPositive();
    feed(600, 1200);
    try (EddyApp app = start()) {
      predictions(2, 1200);
      assertThat(app.failure()).isEmpty();
    }

    assertEqualToDirectLearner(2, 1200);
  }

  /** Puts noise into files of the state directory; tells how many there were. */
  private int overwrite(String name) throws IOException {
    List<Path> found;
    try (Stream<Path> paths = Files.walk(directory)) {
      found = paths.filter(path -> path.getFileName().toString().contains(name)).toList();
    }
    SplittableRandom noise = new SplittableRandom(1);
    for (Path file : found) {
      byte[] bytes = Files.readAllBytes(file);
      noise.nextBytes(bytes);
      Files.write(file, bytes);
    }
    return found.size();
  }

  /** What the app publishes under its keys, replay writes beside the predictions. */
  @Test
  void scores_topicIsSet_equalThoseOfATaskInMemoryAndOfReplay() throws Exception {
    properties.put("eddy.scores.topic", name + ".scores");
    properties.put("eddy.targets", "lat@+4,wind@+1,status:category@+1");
    properties.put("eddy.heap.bytes", "60000");
    createTopics(2);
    broker.createTopic(name + ".scores", 2, Storms.KEPT);
    feed(0, 1500);
    try (EddyApp app = start()) {
      predictions(2, 1500);
      assertThat(app.failure()).isEmpty();
    }

    EddyConfig config = EddyConfig.of(properties);
    List<byte[]> expected = new ArrayList<>();
    for (int partition = 0; partition < 2; partition++) {
      expected.addAll(scoresInMemory(config, partition));
    }
    List<ConsumerRecord<byte[], byte[]>> published =
        Committed.all(servers, name + ".scores", 2).stream()
            .sorted(Comparator.comparingInt(ConsumerRecord::partition))
            .toList();
    assertThat(published)
        .extracting(record -> new String(record.value()))
        .containsExactlyElementsOf(expected.stream().map(String::new).toList());
    assertThat(published).allSatisfy(record -> assertThat(record.headers()).isEmpty());

    List<ScoredLine> lines = new ArrayList<>();
    try (TopicInput topic = TopicInput.open(config, servers, new TopicRange(null, null))) {
      new Replay(config.newPrequential(), config.learnerSpec(), lines::add).run(topic.partitions());
    }
    List<Double> replayed =
        lines.stream()
            .flatMap(line -> line.surprises().stream())
            .filter(Assessment::isPresent)
            .map(Assessment::probability)
            .toList();
    List<Double> told = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : published) {
      told.add(new ObjectMapper().readTree(record.value()).get("surprise").doubleValue());
    }
    assertThat(told).isEqualTo(replayed).hasSizeGreaterThan(3000);
  }

  /** Weights start anew in the app where they do in a replay, and where a task in memory does. */
  @Test
  void drift_topicIsSetAndWeightsAreReset_equalsATaskInMemoryAndReplay() throws Exception {
    properties.put("eddy.drift", "page-hinkley(0.001,2)");
    properties.put("eddy.drift.action", "reset");
    properties.put("eddy.drift.topic", name + ".drift");
    properties.put("eddy.heap.bytes", "60000");
    createTopics(2);
    broker.createTopic(name + ".drift", 1, Map.of());
    feed(0, 1500);
    try (EddyApp app = start()) {
      predictions(2, 1500);
      assertThat(app.failure()).isEmpty();
    }

    EddyConfig config = EddyConfig.of(properties);
    List<String> drifts = new ArrayList<>();
    List<String> said = new ArrayList<>();
    for (int partition = 0; partition < 2; partition++) {
      inMemory(config, partition, drifts, said);
    }
    List<ConsumerRecord<byte[], byte[]>> told = Committed.all(servers, name + ".drift", 1);
    assertThat(told)
        .isNotEmpty()
        .extracting(record -> new String(record.value()))
        .containsExactlyInAnyOrderElementsOf(drifts);
    assertThat(predictions(2, 1500))
        .extracting(record -> new String(record.value()))
        .containsExactlyInAnyOrderElementsOf(said);

    List<Drift> replayed = new ArrayList<>();
    try (TopicInput topic = TopicInput.open(config, servers, new TopicRange(null, null))) {
      new Replay(
              config.newPrequential(), config.learnerSpec(), line -> replayed.addAll(line.drifts()))
          .run(topic.partitions());
    }
    assertThat(replayed).hasSameSizeAs(told);
  }

  private void inMemory(
      EddyConfig config, int partition, List<String> drifts, List<String> predictions) {
    TaskOutput output =
        new TaskOutput() {
          @Override
          public void prediction(LedgerEntry event, byte[] prediction) {
            predictions.add(new String(prediction));
          }

          @Override
          public void drift(byte[] drift) {
            drifts.add(new String(drift));
          }

          @Override
          public void deadLetter(LedgerEntry entry, byte[] value, Headers headers) {}
        };
    feed(new TaskLearner(config, partition, TaskStores.inMemory(), output), partition);
  }

  private List<byte[]> scoresInMemory(EddyConfig config, int partition) {
    List<byte[]> scores = new ArrayList<>();
    TaskOutput output =
        new TaskOutput() {
          @Override
          public void prediction(LedgerEntry event, byte[] prediction) {}

          @Override
          public void score(byte[] key, byte[] score) {
            scores.add(score);
          }

          @Override
          public void deadLetter(LedgerEntry entry, byte[] value, Headers headers) {}
        };
    TaskLearner learner =
        new TaskLearner(
            config, partition, TaskStores.inMemory().withLosses(new MapStore<>()), output);
    feed(learner, partition);
    return scores;
  }

  private void feed(TaskLearner learner, int partition) {
    for (ConsumerRecord<byte[], byte[]> record : Committed.read(servers, input(), 2, 1500)) {
      if (record.partition() == partition) {
        learner.take(
            record.offset(),
            new LedgerEntry(
                LedgerEntry.Kind.EVENT,
                partition,
                record.offset(),
                record.timestamp(),
                record.key(),
                record.value(),
                record.headers()));
      }
    }
  }

  @Test
  void close_inMidStreamAndStart_continuesWithoutGap() throws Exception {
    createTopics(1);
    feed(0, 500);
    EddyApp first = start();
    predictions(1, 400);
    feed(500, 4000);
    first.close();
    assertThat(first.state()).isEqualTo(KafkaStreams.State.NOT_RUNNING);
    assertThat(first.failure()).isEmpty();
    first.close();

    try (EddyApp second = start()) {
      feed(4000, 6000);
      predictions(1, 6000);
      assertThat(second.awaitEnd(Duration.ZERO)).isFalse();
    }

    assertThat(Committed.all(servers, name + ".predictions", 1)).hasSize(6000);
    assertEqualToDirectLearner(1, 6000);
  }

  @Test
  void start_emptyInputTopic_waitsForEvents() throws Exception {
    createTopics(1);

    try (EddyApp app = start()) {
      feed(0, 10);

      assertThat(predictions(1, 10)).hasSize(10);
      assertThat(app.failure()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"partition", "key"})
  void start_stateOfAnotherConfiguration_isRefusedAndLeftAlone(String weights) throws Exception {
    properties.put("eddy.weights", weights);
    createTopics(1);
    feed(0, 100);
    try (EddyApp app = start()) {
      predictions(1, 100);
      assertThat(app.failure()).isEmpty();
    }
    feed(100, 200);

    properties.put("eddy.units", "8");
    try (EddyApp other = start()) {
      assertThat(other.awaitEnd(Committed.PATIENCE)).isTrue();
      assertThat(other.isMisconfigured()).isTrue();
      assertThat(other.failureLine().orElseThrow())
          .contains("expected fingerprint of the configuration")
          .contains("found")
          .doesNotContain("\n");
    }
    assertThat(Committed.all(servers, name + ".predictions", 1)).hasSize(100);

    properties.put("eddy.units", "16");
    try (EddyApp again = start()) {
      predictions(1, 200);
      assertThat(again.failure()).isEmpty();
    }
    assertEqualToDirectLearner(1, 200);
  }

  @Test
  void labels_rareAtTheStart_areLookedForFurther() throws Exception {
    createTopics(1);
    properties.put("eddy.targets", "damage@+1");
    try (Producer<byte[], byte[]> producer = Topics.producer(servers)) {
      for (int row = 0; row < 300; row++) {
        Storms.Fix fix = fixes.get(row);
        String value = new String(fix.value());
        String labelled = row < 250 ? value : value.replace("}", ",\"damage\":3}");
        producer.send(
            new Storms.Fix(fix.key(), labelled.getBytes(), fix.timestamp()).record(input(), row));
      }
    }

    try (EddyApp app = start()) {
      assertThat(predictions(1, 300)).hasSize(300);
      assertThat(app.failure()).isEmpty();
    }
  }

  @Test
  void close_dynamicMember_leavesTheGroupToOthersAtOnce() throws Exception {
    createTopics(2);
    feed(0, 200);
    properties.put("session.timeout.ms", "600000");
    EddyApp first = start();
    predictions(2, 200);
    try (EddyApp second = startBeside()) {
      first.close();
      feed(200, 400);

      // partitions of a member that is only believed to live would wait for ten minutes
      assertThat(predictions(2, 400)).hasSize(400);
      assertThat(second.failure()).isEmpty();
    }
    assertEqualToDirectLearner(2, 400);
  }

  private EddyApp startBeside() throws InterruptedException {
    properties.put("state.dir", directory.resolve("beside").toString());
    return start();
  }

  @Test
  void failure_downstreamOfAnUpdate_leavesNoHalfOfIt() throws Exception {
    createTopics(1);
    feed(0, 500);
    // commits at the end only, so that what came before the failure is undone as well
    properties.put("commit.interval.ms", "9000");
    EddyConfig config = EddyConfig.of(properties);

    try (KafkaStreams faulty = embedded(config, "\"id\":\"" + input() + "-0-250\"")) {
      CountDownLatch failed = new CountDownLatch(1);
      faulty.setUncaughtExceptionHandler(
          thrown -> {
            failed.countDown();
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
          });
      faulty.start();
      assertThat(failed.await(180, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(Committed.all(servers, name + ".predictions", 1)).hasSizeLessThan(250);

    try (KafkaStreams sound = embedded(config, "no event has this")) {
      sound.start();
      predictions(1, 500);
    }
    assertEqualToDirectLearner(1, 500);
  }

  /** A user's own topology around the learner, which fails at one prediction. */
  private KafkaStreams embedded(EddyConfig config, String failingAt) {
    StreamsBuilder builder = new StreamsBuilder();
    EddyTopology.of(config)
        .addTo(builder)
        .predictions()
        .mapValues(
            value -> {
              if (new String(value, StandardCharsets.UTF_8).contains(failingAt)) {
                throw new IllegalStateException("a fault of the user's");
              }
              return value;
            })
        .to(config.outputTopic());
    return new KafkaStreams(builder.build(), config.streamsProperties());
  }
}
