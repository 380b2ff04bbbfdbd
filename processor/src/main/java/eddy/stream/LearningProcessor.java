package eddy.stream;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import eddy.event.DeadLetter;
import eddy.event.Decoded;
import eddy.event.EventDecoder;
import eddy.event.JsonEventDecoder;
import eddy.event.PredictionWriter;
import eddy.event.SlotNames;
import eddy.feature.Event;
import eddy.learn.KeyState;
import eddy.learn.LearnerSpec;
import eddy.learn.Outcome;
import eddy.learn.Prequential;
import eddy.learn.Weights;
import eddy.state.WriteBehindStore;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition's learner: from every event a prediction or a dead letter, or nothing where it
 * makes no prediction, and what was learned into the stores.
 *
 * <p>What a record is, is decided before anything changes. An exception after that is a fault of
 * the program: it is not caught, so that it ends the task and aborts the transaction with whatever
 * was half done.
 */
final class LearningProcessor implements FixedKeyProcessor<byte[], byte[], byte[]> {
  static final String KEYS = "eddy-keys";
  static final String WEIGHTS = "eddy-weights";

  /** Bytes of the longest key; the key stands in the prediction, the state and the changelog. */
  static final int LONGEST_KEY = 16_384;

  /** Bytes of names and values of the most headers; they are sent on with the prediction. */
  static final int MOST_HEADERS = 65_536;

  /** What a topic must accept to take every dead letter: value, key, headers, and the reason. */
  static final int LARGEST_DEAD_LETTER =
      DeadLetter.KEPT + LONGEST_KEY + MOST_HEADERS + MOST_HEADERS;

  private static final Logger log = LoggerFactory.getLogger(LearningProcessor.class);
  private static final Bytes PARTITION = Bytes.wrap("partition".getBytes(StandardCharsets.UTF_8));

  private final EddyConfig config;
  private final HeapShare heap;
  private final Prequential learner;
  private final EventDecoder decoder;
  private final boolean weightsByKey;
  private final SlotNames classes = this::className;
  private FixedKeyProcessorContext<byte[], byte[]> context;
  private WriteBehindStore<KeyState> keys;
  private WriteBehindStore<Weights> weights;
  private PredictionWriter writer;
  private Weights current;
  private long rejected;
  private boolean sharesHeap;

  LearningProcessor(EddyConfig config, HeapShare heap) {
    this.config = config;
    this.heap = heap;
    learner = config.newPrequential();
    decoder = new JsonEventDecoder(learner.schema(), config.eventMaxBytes());
    weightsByKey = config.learnerSpec().scope() == LearnerSpec.Scope.KEY;
  }

  /**
   * Takes the stores.
   *
   * @throws eddy.learn.IncompatibleStateException where they hold the weights of another
   *     configuration; before any event, so that nothing is mixed
   */
  @Override
  public void init(FixedKeyProcessorContext<byte[], byte[]> taskContext) {
    context = taskContext;
    refuseContinuing();
    keys = context.getStateStore(KEYS);
    weights = context.getStateStore(WEIGHTS);
    writer =
        new PredictionWriter(
            learner.learner(),
            config.targets().stream().map(target -> target.name()).toList(),
            config.inputTopic(),
            context.taskId().partition());
    heap.join();
    sharesHeap = true;
    if (!weightsByKey) {
      weights.get(PARTITION);
    }
  }

  @Override
  public void close() {
    if (sharesHeap) {
      sharesHeap = false;
      heap.leave();
    }
  }

  private void refuseContinuing() {
    String key = StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG;
    Object handler = context.appConfigs().get(key);
    if (handler != null && handler.toString().contains("LogAndContinue")) {
      throw new ConfigurationException(
          key + "=" + handler + ": it would commit half an update; remove it");
    }
  }

  @Override
  public void process(FixedKeyRecord<byte[], byte[]> record) {
    RecordMetadata source =
        context
            .recordMetadata()
            .orElseThrow(() -> new IllegalStateException("an event must come from a topic"));
    Decoded decoded = decode(record, source.offset());
    if (decoded instanceof Decoded.Accepted accepted) {
      learn(record, source.offset(), accepted.event());
    } else if (decoded instanceof Decoded.Rejected refused) {
      reject(record, source, refused.reason());
    }
  }

  private Decoded decode(FixedKeyRecord<byte[], byte[]> record, long offset) {
    if (record.key() == null) {
      return Decoded.NO_KEY;
    }
    if (record.key().length > LONGEST_KEY) {
      return new Decoded.Rejected(
          "expected a key of at most " + LONGEST_KEY + " bytes, got " + record.key().length);
    }
    int headers = headerBytes(record);
    if (headers > MOST_HEADERS) {
      return new Decoded.Rejected(
          "expected headers of at most " + MOST_HEADERS + " bytes together, got " + headers);
    }
    return decoder.decode(record.value(), record.timestamp(), offset);
  }

  private static int headerBytes(FixedKeyRecord<byte[], byte[]> record) {
    int bytes = 0;
    for (Header header : record.headers()) {
      bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return bytes;
  }

  private void learn(FixedKeyRecord<byte[], byte[]> record, long offset, Event event) {
    Bytes key = Bytes.wrap(record.key());
    Bytes scope = weightsByKey ? key : PARTITION;
    KeyState state = keys.get(key);
    if (state == null) {
      state = learner.newKeyState();
    }
    current = weights.get(scope);
    if (current == null) {
      current = learner.newWeights();
    }
    Outcome outcome = learner.observe(event, state, current);
    keys.put(key, state);
    weights.put(scope, current);
    if (outcome.predicted) {
      byte[] prediction = writer.write(offset, record.key(), event.timestamp, outcome, classes);
      context.forward(record.withValue(prediction), EddyTopology.PREDICTIONS);
    }
  }

  private String className(int target, int slot) {
    return learner.className(current, target, slot);
  }

  private void reject(FixedKeyRecord<byte[], byte[]> record, RecordMetadata source, String reason) {
    DeadLetter letter =
        DeadLetter.of(
            record.key(),
            record.value(),
            reason,
            source.topic(),
            source.partition(),
            source.offset(),
            record.timestamp());
    FixedKeyRecord<byte[], byte[]> sent = record.withValue(letter.value());
    if (headerBytes(record) > MOST_HEADERS) {
      sent = sent.withHeaders(letter.headers());
    } else {
      for (Header header : letter.headers()) {
        sent.headers().add(header);
      }
    }
    context.forward(sent, EddyTopology.DEAD_LETTERS);
    report();
  }

  /** Logs the first, the tenth, the hundredth rejection and so on. */
  private void report() {
    rejected++;
    long step = rejected;
    while (step % 10 == 0) {
      step /= 10;
    }
    if (step == 1) {
      log.warn(
          "Task {}: {} events rejected since it started; the dead letters say why",
          context.taskId(),
          rejected);
    }
  }
}
