package eddy.task;

import eddy.config.EddyConfig;
import eddy.event.DeadLetter;
import eddy.event.Decoded;
import eddy.event.Decoders;
import eddy.event.DriftWriter;
import eddy.event.EventDecoder;
import eddy.event.JsonEventDecoder;
import eddy.event.PredictionWriter;
import eddy.event.ScoreWriter;
import eddy.event.SlotNames;
import eddy.feature.Event;
import eddy.learn.Outcome;
import eddy.learn.Prequential;
import eddy.ledger.LedgerEntry;
import eddy.query.TaskView;
import eddy.surprise.Assessment;
import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;

/**
 * One partition's learner: from every event a prediction or a dead letter, or nothing where it
 * makes no prediction, and what was learned into the stores.
 *
 * <p>The same entries in the same order give the same bytes, whoever feeds it: an app its input or
 * its ledger, a replay either of them. What a record is, is decided before anything changes. For
 * one thread.
 */
public final class TaskLearner implements Closeable {
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
  private final Snapshots snapshots;
  private final EventDecoder decoder;
  private final PredictionWriter writer;
  private final SlotNames classes;

  private final ScoreWriter scores;
  private final DriftWriter drifts;

  /** Null where no labels come by themselves. */
  private final LabelDecoder labels;

  private final Prequential prequential;
  private final TaskStores stores;
  private final int partition;

  private final List<TargetLosses> losses;

  /** Null where nobody watches. */
  private TaskWatch watch;

  /**
   * A learner that goes on where its stores stand.
   *
   * @param partition of the input topic
   * @throws eddy.learn.IncompatibleStateException where the stores hold the weights of another
   *     configuration
   */
  public TaskLearner(EddyConfig config, int partition, TaskStores stores, TaskOutput output) {
    this(
        config,
        partition,
        stores,
        output,
        Decoders.ofEvents(config, config.schema()),
        config.usesLabels() ? new LabelDecoder(config, config.schema(), partition) : null);
  }

  /** The same for events in JSON, whatever the format of the topic; labels do not come. */
  static TaskLearner ofJsonEvents(
      EddyConfig config, int partition, TaskStores stores, TaskOutput output) {
    return new TaskLearner(
        config,
        partition,
        stores,
        output,
        new JsonEventDecoder(config.schema(), config.eventMaxBytes()),
        null);
  }

  private TaskLearner(
      EddyConfig config,
      int partition,
      TaskStores stores,
      TaskOutput output,
      EventDecoder decoder,
      LabelDecoder labels) {
    this.config = config;
    this.output = output;
    this.stores = stores;
    this.partition = partition;
    prequential = config.newPrequential();
    learner = new KeyedLearner(prequential, config.learnerSpec(), stores);
    snapshots = new Snapshots(prequential, stores, config.snapshotBytes());
    this.decoder = decoder;
    writer =
        new PredictionWriter(
            prequential.learner(),
            config.targets().stream().map(target -> target.name()).toList(),
            config.inputTopic(),
            partition);
    classes = learner::className;
    scores =
        new ScoreWriter(config.targets(), config.inputTopic(), config.labelsTopic(), partition);
    drifts =
        new DriftWriter(config.learnerSpec(), config.inputTopic(), config.labelsTopic(), partition);
    losses = config.targets().stream().map(TargetLosses::new).toList();
    this.labels = labels;
  }

  /**
   * Takes the next entry. Modifies the stores, and tells the output what came of it.
   *
   * @param position offset of the entry in what the task reads: the ledger, or the input without
   *     one
   */
  public void take(long position, LedgerEntry entry) {
    TaskState task = learner.task();
    task.position = position;
    if (entry.kind() == LedgerEntry.Kind.EVENT) {
      task.inputOffset = entry.offset();
    }
    switch (entry.kind()) {
      case EVENT -> event(entry);
      case LABEL -> label(entry);
      case CONTROL -> control(entry);
      case WEIGHTS -> weights(entry);
      case REJECTED -> {
        count(Counter.REJECTED);
        output.deadLetter(entry, entry.value(), entry.headers());
      }
    }
    learner.keep();
  }

  private void label(LedgerEntry entry) {
    if (labels == null) {
      reject(entry, "no target waits for labels of a topic; write one as field@label");
      return;
    }
    String refusal = entry.key() == null ? Decoded.NO_KEY.reason() : tooLarge(entry);
    if (refusal == null) {
      refusal = labels.decode(entry);
    }
    if (refusal == null) {
      Bytes key = Bytes.wrap(entry.key());
      Outcome outcome = learner.label(key, labels.id(), labels.values());
      lose(outcome);
      forgetExpired();
      if (watch != null) {
        watch.settled(key, outcome, learner.scores(), classes);
      }
      score(entry, outcome);
      drift(entry, outcome);
      publish();
    } else {
      reject(entry, refusal);
    }
  }

  private void control(LedgerEntry entry) {
    String refusal = obey(CommandReader.read(entry.value()));
    if (refusal == null) {
      count(Counter.COMMANDS);
    } else {
      reject(entry, refusal);
    }
  }

  /** Does what is asked for; the reason where that cannot be done, and nothing has changed. */
  private String obey(Command command) {
    if (command instanceof Command.Refused refused) {
      return refused.reason();
    } else if (command instanceof Command.ResetKey reset) {
      delete(Bytes.wrap(reset.key().getBytes(StandardCharsets.UTF_8)));
    } else if (command instanceof Command.Snapshot snapshot) {
      return snapshots.take(snapshot, learner.task());
    } else if (command instanceof Command.Rollback rollback) {
      // keys that come back from it may have been silent for long
      learner.task().silentFrom = Long.MIN_VALUE;
      return snapshots.rollBack(rollback.name());
    } else if (command instanceof Command.DropSnapshot drop) {
      return snapshots.drop(drop.name());
    } else {
      pace(command);
    }
    return null;
  }

  private void pace(Command command) {
    TaskState task = learner.task();
    if (command instanceof Command.LearningRate rate) {
      task.rateFactor = rate.factor();
    } else {
      task.paused = command instanceof Command.Pause;
    }
    learner.pace();
  }

  private void weights(LedgerEntry entry) {
    boolean merged = !learner.task().paused && learner.merge(entry.partition(), entry.value());
    count(merged ? Counter.WEIGHTS_MERGED : Counter.WEIGHTS_IGNORED);
  }

  /** Tells the others what was learned here, where it is time to. */
  private void publish() {
    byte[] published = learner.publish();
    if (published == null) {
      return;
    }
    if (published.length > config.weightsBytes()) {
      count(Counter.WEIGHTS_TOO_LARGE);
      return;
    }
    output.weights(published);
    count(Counter.WEIGHTS_PUBLISHED);
  }

  /** The task's own state, counters among it; not to be changed. */
  public TaskState task() {
    return learner.task();
  }

  /** Losses of the newest labels, of each target, which any thread may read. */
  public List<TargetLosses> losses() {
    return losses;
  }

  /**
   * Keeps in memory what is asked of a running task from now on.
   *
   * @param recentBytes bound of the heap for the newest events of keys
   * @return what answers, by the thread of this task between two entries
   */
  public TaskView watch(LongSupplier recentBytes, LiveState live) {
    watch = new TaskWatch(prequential.schema(), config.targets(), losses, recentBytes);
    return new TaskReporter(config, partition, prequential, stores, learner.task(), watch, live);
  }

  /** What was kept by command. */
  public Snapshots snapshots() {
    return snapshots;
  }

  private void event(LedgerEntry entry) {
    Decoded decoded = decode(entry);
    if (decoded instanceof Decoded.Accepted accepted) {
      learn(entry, accepted.event());
    } else if (decoded instanceof Decoded.Deleted) {
      delete(Bytes.wrap(entry.key()));
    } else if (decoded instanceof Decoded.Rejected refused) {
      reject(entry, refused.reason());
    }
  }

  private void delete(Bytes key) {
    learner.delete(key);
    if (watch != null) {
      watch.forget(key);
    }
  }

  private void forgetExpired() {
    if (watch != null) {
      learner.expired().forEach(watch::forget);
    }
  }

  private Decoded decode(LedgerEntry entry) {
    if (entry.key() == null) {
      return Decoded.NO_KEY;
    }
    String tooLarge = tooLarge(entry);
    return tooLarge == null
        ? decoder.decode(entry.value(), entry.headers(), entry.timestamp(), entry.offset())
        : new Decoded.Rejected(tooLarge);
  }

  private static String tooLarge(LedgerEntry entry) {
    return tooLarge(entry, Integer.MAX_VALUE);
  }

  /**
   * Why an entry is rejected for its size alone; null where it is not.
   *
   * @param largestValue bytes of the largest value
   */
  public static String tooLarge(LedgerEntry entry, int largestValue) {
    if (entry.key() != null && entry.key().length > LONGEST_KEY) {
      return "expected a key of at most "
          + LONGEST_KEY
          + " bytes, got "
          + entry.key().length
          + "; send a shorter one, such as its hash";
    }
    int headers = bytes(entry.headers());
    if (headers > MOST_HEADERS) {
      return "expected headers of at most "
          + MOST_HEADERS
          + " bytes together, got "
          + headers
          + "; send fewer or shorter ones";
    }
    if (entry.value() != null && entry.value().length > largestValue) {
      return "expected a value of at most "
          + largestValue
          + " bytes, got "
          + entry.value().length
          + "; send a smaller one";
    }
    return null;
  }

  private static int bytes(Headers headers) {
    int bytes = 0;
    for (Header header : headers) {
      bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return bytes;
  }

  private void learn(LedgerEntry entry, Event event) {
    Bytes key = Bytes.wrap(entry.key());
    Outcome outcome = learner.observe(key, event);
    lose(outcome);
    forgetExpired();
    if (watch != null && outcome.refusal == null) {
      watch.event(key, event, outcome, learner.scores(), classes);
    }
    if (outcome.refusal != null) {
      reject(entry, outcome.refusal);
    } else if (outcome.predicted) {
      count(Counter.PREDICTIONS);
      output.prediction(
          entry, writer.write(entry.offset(), entry.key(), event.timestamp, outcome, classes));
    }
    score(entry, outcome);
    drift(entry, outcome);
    publish();
  }

  private void lose(Outcome outcome) {
    for (int i = 0; i < outcome.settledOrigins; i++) {
      for (int t = 0; t < losses.size(); t++) {
        losses.get(t).take(outcome.settlements[i], t);
      }
    }
  }

  private void drift(LedgerEntry entry, Outcome outcome) {
    if (learner.drift() == null) {
      return;
    }
    for (DriftWatch.Found found : learner.drift().newest()) {
      output.drift(
          drifts.write(
              entry.key(),
              outcome.settlements[found.settlement()],
              found.target(),
              found.labels(),
              found.time(),
              found.before(),
              found.after()));
    }
  }

  private void score(LedgerEntry entry, Outcome outcome) {
    if (learner.scores() == null) {
      return;
    }
    for (int i = 0; i < outcome.settledOrigins; i++) {
      Outcome.Settlement settlement = outcome.settlements[i];
      for (int t = 0; t < settlement.settled.length; t++) {
        Assessment said = learner.scores().of(i, t);
        if (said.isPresent()) {
          count(Counter.SCORES);
          output.score(entry.key(), scores.write(entry.key(), settlement, t, said, classes));
        }
      }
    }
  }

  private void reject(LedgerEntry entry, String reason) {
    count(Counter.REJECTED);
    DeadLetter letter = letter(entry, topic(entry.kind()), reason);
    output.deadLetter(entry, letter.value(), headers(entry, letter));
  }

  /** The dead letter of an entry. */
  public static DeadLetter letter(LedgerEntry entry, String topic, String reason) {
    return DeadLetter.of(
        entry.key(),
        entry.value(),
        reason,
        topic,
        entry.partition(),
        entry.offset(),
        entry.timestamp());
  }

  /** The headers of an entry, unless they are too large, and those of its dead letter. */
  public static Headers headers(LedgerEntry entry, DeadLetter letter) {
    Headers headers = letter.headers();
    if (bytes(entry.headers()) > MOST_HEADERS) {
      return headers;
    }
    Headers both = new RecordHeaders(entry.headers());
    headers.forEach(both::add);
    return both;
  }

  private String topic(LedgerEntry.Kind kind) {
    return switch (kind) {
      case EVENT -> config.inputTopic();
      case LABEL -> config.labelsTopic();
      case CONTROL -> config.controlTopic();
      case WEIGHTS, REJECTED ->
          throw new IllegalArgumentException("what Eddy wrote itself is not rejected: " + kind);
    };
  }

  /** Leaves what its decoders have asked. */
  @Override
  public void close() {
    decoder.close();
    if (labels != null) {
      labels.close();
    }
  }

  private void count(Counter counter) {
    learner.task().add(counter);
  }
}
