package eddy.stream;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import eddy.learn.KeyState;
import eddy.ledger.LedgerCodec;
import eddy.ledger.LedgerEntry;
import eddy.query.Mailbox;
import eddy.query.TaskDesks;
import eddy.query.TaskView;
import eddy.state.WriteBehindStore;
import eddy.task.Counter;
import eddy.task.LiveState;
import eddy.task.TaskLearner;
import eddy.task.TaskOutput;
import eddy.task.TaskStores;
import java.time.Duration;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the records of a task to its {@link TaskLearner}, and forwards what comes of them.
 *
 * <p>An exception is a fault of the program: it is not caught, so that it ends the task and aborts
 * the transaction with whatever was half done.
 */
final class LearningProcessor implements FixedKeyProcessor<byte[], byte[], byte[]>, TaskOutput {
  static final String KEYS = "eddy-keys";
  static final String WEIGHTS = "eddy-weights";
  static final String TASK = "eddy-task";

  private static final Duration ANSWERS_EVERY = Duration.ofMillis(100);

  private static final Logger log = LoggerFactory.getLogger(LearningProcessor.class);

  private final EddyConfig config;
  private final HeapShare heap;

  /** Null where nobody asks. */
  private final TaskDesks desks;

  private Mailbox mailbox;
  private TaskView view;
  private FixedKeyProcessorContext<byte[], byte[]> context;
  private TaskLearner learner;
  private WriteBehindStore<KeyState> keys;
  private TaskMetrics metrics;
  private FixedKeyRecord<byte[], byte[]> current;
  private long rejected;
  private long fallbacksBefore;
  private long fallbacks;
  private boolean sharesHeap;

  LearningProcessor(EddyConfig config, HeapShare heap, TaskDesks desks) {
    this.config = config;
    this.heap = heap;
    this.desks = desks;
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
    heap.join();
    sharesHeap = true;
    keys = store(KEYS);
    learner = new TaskLearner(config, context.taskId().partition(), stores(), this);
    fallbacksBefore = learner.task().count(Counter.FALLBACKS);
    metrics = new TaskMetrics(context.metrics(), context.taskId().toString(), learner.losses());
    showMetrics();
    if (desks != null) {
      openDesk();
    }
  }

  private void openDesk() {
    mailbox = desks.open(context.taskId().partition());
    view = learner.watch(desks::recentBytesOfTask, new LiveKeys(keys));
    // for tasks that are given no records
    context.schedule(
        ANSWERS_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> mailbox.answerAll(view));
  }

  private record LiveKeys(WriteBehindStore<KeyState> store) implements LiveState {
    @Override
    public int keys() {
      return store.liveObjects();
    }

    @Override
    public long bytes() {
      return store.liveHeapBytes();
    }
  }

  private TaskStores stores() {
    TaskStores stores =
        config.controlTopic() == null
            ? new TaskStores(store(KEYS), store(WEIGHTS), store(TASK))
            : new TaskStores(store(KEYS), store(WEIGHTS), store(TASK), store(TaskStores.SNAPSHOTS));
    if (config.learnerSpec().drift().looks()) {
      stores = stores.withDrift(store(TaskStores.DRIFT));
    }
    return config.scoresTopic() == null ? stores : stores.withLosses(store(TaskStores.LOSSES));
  }

  private <V> WriteBehindStore<V> store(String name) {
    StateStore store = context.getStateStore(name);
    @SuppressWarnings("unchecked") // as the supplier has made it
    WriteBehindStore<V> objects = (WriteBehindStore<V>) store;
    return objects;
  }

  @Override
  public void close() {
    if (mailbox != null) {
      desks.close(mailbox);
      mailbox = null;
    }
    if (sharesHeap) {
      sharesHeap = false;
      heap.leave();
    }
    if (metrics != null) {
      metrics.close();
      metrics = null;
    }
    if (learner != null) {
      learner.close();
      learner = null;
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
    current = record;
    learner.take(source.offset(), entry(record, source));
    reportFallbacks();
    showMetrics();
    if (mailbox != null && mailbox.hasMail()) {
      mailbox.answerOne(view);
    }
  }

  /** Logs the first, the tenth, the hundredth fallback and so on. */
  private void reportFallbacks() {
    long now = learner.task().count(Counter.FALLBACKS) - fallbacksBefore;
    if (now > fallbacks) {
      boolean longer = Long.toString(now).length() > Long.toString(fallbacks).length();
      if (longer || fallbacks == 0) {
        log.warn(
            "Task {}: sensitivities left their bounds and were dropped {} times since it started;"
                + " keys fall back for a while, see learner in their predictions",
            context.taskId(),
            now);
      }
      fallbacks = now;
    }
  }

  private void showMetrics() {
    metrics.update(learner.task(), keys.liveObjects(), keys.liveHeapBytes());
  }

  private LedgerEntry entry(FixedKeyRecord<byte[], byte[]> record, RecordMetadata source) {
    if (config.usesLedger()) {
      return LedgerCodec.decode(record.key(), record.value(), record.headers());
    }
    return new LedgerEntry(
        LedgerEntry.Kind.EVENT,
        source.partition(),
        source.offset(),
        record.timestamp(),
        record.key(),
        record.value(),
        record.headers());
  }

  @Override
  public void prediction(LedgerEntry event, byte[] prediction) {
    context.forward(current.withValue(prediction), EddyTopology.PREDICTIONS);
  }

  @Override
  public void weights(byte[] published) {
    context.forward(current.withValue(published), EddyTopology.PUBLISHED);
  }

  @Override
  public void score(byte[] key, byte[] score) {
    // the headers are those of whatever has settled it
    context.forward(current.withValue(score).withHeaders(new RecordHeaders()), EddyTopology.SCORES);
  }

  @Override
  public void drift(byte[] drift) {
    if (config.driftTopic() != null) {
      context.forward(
          current.withValue(drift).withHeaders(new RecordHeaders()), EddyTopology.DRIFT);
    }
  }

  @Override
  public void deadLetter(LedgerEntry entry, byte[] value, Headers headers) {
    context.forward(current.withValue(value).withHeaders(headers), EddyTopology.DEAD_LETTERS);
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
          "Task {}: {} records rejected since it started; the dead letters say why",
          context.taskId(),
          rejected);
    }
  }
}
