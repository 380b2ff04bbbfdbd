package eddy.task;

import eddy.config.EddyConfig;
import eddy.event.DeadLetter;
import eddy.event.Decoded;
import eddy.event.EventDecoder;
import eddy.event.JsonEventDecoder;
import eddy.event.PredictionWriter;
import eddy.event.SlotNames;
import eddy.feature.Event;
import eddy.learn.Outcome;
import eddy.learn.Prequential;
import eddy.ledger.LedgerEntry;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Bytes;

/**
 * One partition's learner: from every event a prediction or a dead letter, or nothing where it
 * makes no prediction, and what was learned into the stores.
 *
 * <p>The same entries in the same order give the same bytes, whoever feeds it: an app its input or
 * its ledger, a replay either of them. What a record is, is decided before anything changes. For
 * one thread.
 */
public final class TaskLearner {
  /** Bytes of the longest key; the key stands in the prediction, the state and the changelog. */
  public static final int LONGEST_KEY = 16_384;

  /** Bytes of names and values of the most headers; they are sent on with the prediction. */
  public static final int MOST_HEADERS = 65_536;

  /** What a topic must accept to take every dead letter: value, key, headers, and the reason. */
  public static final int LARGEST_DEAD_LETTER =
      DeadLetter.KEPT + LONGEST_KEY + MOST_HEADERS + MOST_HEADERS;

  private final EddyConfig config;
  private final TaskOutput output;
  private final KeyedLearner learner;
  private final EventDecoder decoder;
  private final PredictionWriter writer;
  private final SlotNames classes;

  /**
   * A learner that goes on where its stores stand.
   *
   * @param partition of the input topic
   * @throws eddy.learn.IncompatibleStateException where the stores hold the weights of another
   *     configuration
   */
  public TaskLearner(EddyConfig config, int partition, TaskStores stores, TaskOutput output) {
    this.config = config;
    this.output = output;
    Prequential prequential = config.newPrequential();
    learner = new KeyedLearner(prequential, config.learnerSpec(), stores);
    decoder = new JsonEventDecoder(prequential.schema(), config.eventMaxBytes());
    writer =
        new PredictionWriter(
            prequential.learner(),
            config.targets().stream().map(target -> target.name()).toList(),
            config.inputTopic(),
            partition);
    classes = learner::className;
  }

  /** Takes the next entry. Modifies the stores, and tells the output what came of it. */
  public void take(LedgerEntry entry) {
    switch (entry.kind()) {
      case EVENT -> event(entry);
      case LABEL, CONTROL, WEIGHTS ->
          throw new IllegalArgumentException("no topic is configured for " + entry.kind());
    }
  }

  /** The task's own state, counters among it; not to be changed. */
  public TaskState task() {
    return learner.task();
  }

  private void event(LedgerEntry entry) {
    Decoded decoded = decode(entry);
    if (decoded instanceof Decoded.Accepted accepted) {
      learn(entry, accepted.event());
    } else if (decoded instanceof Decoded.Rejected refused) {
      reject(entry, refused.reason());
    }
  }

  private Decoded decode(LedgerEntry entry) {
    if (entry.key() == null) {
      return Decoded.NO_KEY;
    }
    if (entry.key().length > LONGEST_KEY) {
      return new Decoded.Rejected(
          "expected a key of at most " + LONGEST_KEY + " bytes, got " + entry.key().length);
    }
    int headers = bytes(entry.headers());
    if (headers > MOST_HEADERS) {
      return new Decoded.Rejected(
          "expected headers of at most " + MOST_HEADERS + " bytes together, got " + headers);
    }
    return decoder.decode(entry.value(), entry.timestamp(), entry.offset());
  }

  /** Bytes of names and values. */
  public static int bytes(Headers headers) {
    int bytes = 0;
    for (Header header : headers) {
      bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return bytes;
  }

  private void learn(LedgerEntry entry, Event event) {
    Outcome outcome = learner.observe(Bytes.wrap(entry.key()), event);
    if (outcome.predicted) {
      count(Counter.PREDICTIONS);
      output.prediction(
          entry, writer.write(entry.offset(), entry.key(), event.timestamp, outcome, classes));
    }
  }

  private void reject(LedgerEntry entry, String reason) {
    count(Counter.REJECTED);
    output.deadLetter(
        entry,
        DeadLetter.of(
            entry.key(),
            entry.value(),
            reason,
            topic(entry.kind()),
            entry.partition(),
            entry.offset(),
            entry.timestamp()));
  }

  private String topic(LedgerEntry.Kind kind) {
    return switch (kind) {
      case EVENT -> config.inputTopic();
      case LABEL, CONTROL, WEIGHTS ->
          throw new IllegalArgumentException("no topic is configured for " + kind);
    };
  }

  private void count(Counter counter) {
    TaskState task = learner.task();
    task.add(counter);
    learner.keep(task);
  }
}
