package eddy.stream;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import eddy.event.Decoders;
import eddy.learn.Prequential;
import eddy.ledger.LedgerCodec;
import eddy.query.TaskDesks;
import eddy.task.TaskLearner;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/**
 * The learner as a part of a Kafka Streams topology: the entry point for applications that embed
 * it.
 *
 * <pre>{@code
 * EddyConfig config = EddyConfig.load(Path.of("app.properties"));
 * StreamsBuilder builder = new StreamsBuilder();
 * EddyStreams eddy = EddyTopology.of(config).addTo(builder);
 * eddy.predictions().to("storms.predictions");
 * new KafkaStreams(builder.build(), config.streamsProperties()).start();
 * }</pre>
 *
 * <p>Learning is exactly-once where the application runs with {@code
 * processing.guarantee=exactly_once_v2}. All nodes, stores and changelogs have names that begin
 * with {@code eddy-}, so that a topology holds one learner.
 */
public final class EddyTopology {
  static final String LEARNER = "eddy-learner";
  static final String PREDICTIONS = "eddy-predictions";
  static final String DEAD_LETTERS = "eddy-dead-letters";
  static final String SCORES = "eddy-scores";
  static final String DRIFT = "eddy-drift";
  static final String PUBLISHED = "eddy-weights-published";

  private static final Serde<byte[]> BYTES = Serdes.ByteArray();

  private final EddyConfig config;
  private final Prequential learner;

  /** Null where nobody asks tasks anything. */
  private final TaskDesks desks;

  private EddyTopology(EddyConfig config, TaskDesks desks) {
    Decoders.check(config);
    this.config = config;
    this.desks = desks;
    learner = config.newPrequential();
  }

  /**
   * A topology of this configuration.
   *
   * @throws ConfigurationException where the learner does not fit into its budget, or what reads
   *     the format of the events is missing
   */
  public static EddyTopology of(EddyConfig config) {
    return new EddyTopology(config, null);
  }

  /**
   * A topology whose tasks answer questions.
   *
   * @param desks where they do; null where they do not
   */
  static EddyTopology of(EddyConfig config, TaskDesks desks) {
    return new EddyTopology(config, desks);
  }

  /** A learner like the topology's, to ask what it is and what it costs. */
  Prequential learner() {
    return learner;
  }

  /**
   * Adds the input topic and the learner, with no other sinks than those of scores, of drift and of
   * Eddy's own topics.
   *
   * <p>Where a labels or a control topic is configured, or eddy.weights=global, the topics {@link
   * EddyConfig#ledgerTopic} and {@link EddyConfig#weightsTopic} must exist with the partitions of
   * the input before the topology is started; {@link EddyApp} creates them.
   *
   * @throws ConfigurationException where eddy.input.topic is not set
   */
  public EddyStreams addTo(StreamsBuilder builder) {
    required("eddy.input.topic", config.inputTopic());
    KStream<byte[], byte[]> arriving =
        builder.stream(
            LedgerAppender.kinds(config).keySet(),
            Consumed.with(BYTES, BYTES)
                // a record that never had a timestamp must not end the task
                .withTimestampExtractor((record, latest) -> Math.max(0, record.timestamp()))
                .withName("eddy-events"));
    KStream<byte[], byte[]> learned =
        (config.usesLedger() ? throughLedger(builder, arriving) : arriving)
            .processValues(
                new LearningProcessorSupplier(config, learner, desks), Named.as(LEARNER));
    // The learner forwards to each of these by its name.
    if (config.weightsTopic() != null) {
      learned
          .process(WeightsSender::new, Named.as(PUBLISHED))
          .to(
              config.weightsTopic(),
              Produced.with(BYTES, BYTES)
                  .withStreamPartitioner(WeightsSender.PARTITIONER)
                  .withName("eddy-weights-sink"));
    }
    if (config.scoresTopic() != null) {
      learned
          .filter((key, value) -> true, Named.as(SCORES))
          .to(config.scoresTopic(), Produced.with(BYTES, BYTES).withName("eddy-scores-sink"));
    }
    if (config.driftTopic() != null) {
      learned
          .filter((key, value) -> true, Named.as(DRIFT))
          .to(config.driftTopic(), Produced.with(BYTES, BYTES).withName("eddy-drift-sink"));
    }
    return new EddyStreams(
        learned.filter((key, value) -> true, Named.as(PREDICTIONS)),
        learned.selectKey((key, value) -> withinBounds(key), Named.as(DEAD_LETTERS)));
  }

  private KStream<byte[], byte[]> throughLedger(
      StreamsBuilder builder, KStream<byte[], byte[]> arriving) {
    arriving
        .process(() -> new LedgerAppender(config), Named.as("eddy-ledger-appender"))
        .to(
            config.ledgerTopic(),
            Produced.with(BYTES, BYTES)
                .withStreamPartitioner(new LedgerPartitioner())
                .withName("eddy-ledger-sink"));
    return builder.stream(
        config.ledgerTopic(),
        Consumed.with(BYTES, BYTES)
            .withTimestampExtractor((record, latest) -> time(record))
            // whatever is set for the input, no entry may be passed over
            .withOffsetResetPolicy(AutoOffsetReset.earliest())
            .withName("eddy-ledger"));
  }

  private static long time(ConsumerRecord<Object, Object> entry) {
    return LedgerCodec.timestamp((byte[]) entry.value());
  }

  // a key of a megabyte would not fit into any record beside the value's first part
  private static byte[] withinBounds(byte[] key) {
    boolean tooLong = key != null && key.length > TaskLearner.LONGEST_KEY;
    return tooLong ? Arrays.copyOf(key, TaskLearner.LONGEST_KEY) : key;
  }

  /**
   * The whole app: input topic, learner, and sinks to the configured topics.
   *
   * @throws ConfigurationException where one of the three topics is not set
   */
  public Topology build() {
    StreamsBuilder builder = new StreamsBuilder();
    EddyStreams streams = addTo(builder);
    streams
        .predictions()
        .to(
            required("eddy.output.topic", config.outputTopic()),
            Produced.with(BYTES, BYTES).withName("eddy-predictions-sink"));
    streams
        .deadLetters()
        .to(
            required("eddy.dead.letter.topic", config.deadLetterTopic()),
            Produced.with(BYTES, BYTES).withName("eddy-dead-letters-sink"));
    return builder.build(config.streamsProperties());
  }

  private static String required(String key, String topic) {
    if (topic == null) {
      throw new ConfigurationException(key + ": is missing; write the name of a topic that exists");
    }
    return topic;
  }
}
