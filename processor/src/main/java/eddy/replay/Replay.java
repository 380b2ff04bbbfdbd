package eddy.replay;

import eddy.event.CsvLabels;
import eddy.event.Decoded;
import eddy.event.EventSource;
import eddy.event.LabelReader.Read;
import eddy.feature.Event;
import eddy.learn.KeyState;
import eddy.learn.LearnerSpec;
import eddy.learn.Outcome;
import eddy.learn.Prequential;
import eddy.learn.Weights;
import eddy.report.ScoredLine;
import eddy.state.MapStore;
import eddy.surprise.KeyLosses;
import eddy.task.KeyedLearner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;

/**
 * The learner on recorded events, test-then-train in arrival order: what a stream app would have
 * published, scored.
 *
 * <p>Events that make no prediction, because too few have followed the one to be labelled or
 * because their sequence is predicted as a whole, give no line.
 *
 * <p>Partitions are replayed one after another, each with weights and keys of its own, as the tasks
 * of an app have them. A prediction that still waits for its label at the end of the input is not
 * scored, and not counted as unlabelled either.
 *
 * <p>A source may be spread over partitions by its keys: then these learn side by side, and where
 * they share weights each takes in at once what another publishes.
 *
 * <p>The state of every key of a partition is held in memory, {@link Prequential#fewestBytesPerKey}
 * bytes each (and weights, where every key has its own); a replay that would outgrow its bound ends
 * with a {@link ReplayException}. For one thread.
 */
public final class Replay {
  private static final long NO_LIMIT = Long.MAX_VALUE;

  private final Prequential learner;
  private final LearnerSpec spec;
  private final SettledLines settled;
  private final long bytesPerKey;
  private long limit = NO_LIMIT;
  private long heapBytes = NO_LIMIT;
  private Progress progress = (events, fraction) -> {};
  private boolean passes;
  private int spread = 1;
  private CsvLabels labels;
  private Rivals rivals = Rivals.none();
  private Learned last;
  private Outcome newest;

  /** Is told how far a replay has come, after every event. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Takes note.
     *
     * @param events read so far
     * @param fraction of the input, from 0 to 1; NaN where its size is not known
     */
    void update(long events, double fraction);
  }

  /** What the events of one key are learned with. */
  public record Learned(KeyState state, Weights weights) {}

  /**
   * A replay of one learner.
   *
   * @param learner made of the spec
   * @param lines takes every line as its labels settle
   */
  public Replay(Prequential learner, LearnerSpec spec, Consumer<ScoredLine> lines) {
    this.learner = learner;
    this.spec = spec;
    settled = new SettledLines(learner, spec.targets(), Objects.requireNonNull(lines, "lines"));
    bytesPerKey = learner.fewestBytesPerKey() + new KeyLosses(spec.targets().size()).heapBytes();
  }

  /** Ends after so many events, rejected ones counted. */
  public Replay limit(long events) {
    limit = events;
    return this;
  }

  /** Bounds the memory of key states; without it only the heap does. */
  public Replay heapBytes(long bytes) {
    heapBytes = bytes;
    return this;
  }

  /** Takes the partitions as passes over one input: weights stay, the keys begin anew. */
  public Replay passes() {
    passes = true;
    return this;
  }

  /** Takes in these labels too, each where it comes among the events. Does not close them. */
  public Replay labels(CsvLabels value) {
    labels = value;
    return this;
  }

  /** Lets these forecast the same, each scored where the learner is. */
  public Replay rivals(Rivals value) {
    rivals = value;
    return this;
  }

  /** Spreads the keys of every source over so many partitions, as Kafka's producers do. */
  public Replay spread(int partitions) {
    spread = partitions;
    return this;
  }

  /** What the newest accepted event was learned with; null before the first. */
  public Learned last() {
    return last;
  }

  /** What was said at the newest accepted event, valid until the learner's next; null before. */
  public Outcome newest() {
    return newest;
  }

  /** Tells how far it is. */
  public Replay progress(Progress listener) {
    progress = listener;
    return this;
  }

  /**
   * Replays the partitions in their order. Does not close them.
   *
   * <p>The time of every read is taken by two looks at the clock, some 50 ns an event: a share of
   * reading that needs no second pass and holds for sources that cannot be read twice.
   *
   * @throws IOException where a partition cannot be read any further
   * @throws ReplayException where the keys outgrow the memory
   */
  public ReplaySummary run(List<? extends EventSource> partitions) throws IOException {
    Run run = new Run(partitions);
    for (EventSource partition : partitions) {
      run.replay(partition);
    }
    return run.summary();
  }

  /** One pass. */
  private final class Run {
    private final PartitionLearners learners = new PartitionLearners(learner, spec, spread, passes);
    private final Rejections rejections = new Rejections();
    private final Rejections badLabels = new Rejections();
    private final RunTally tally = new RunTally(spec.targets().size());
    private final boolean sized;
    private final double bytesTotal;
    private double bytesBefore; // of partitions done
    private long keysBefore; // of sources done
    private boolean labelled;

    Run(List<? extends EventSource> partitions) {
      sized = partitions.stream().allMatch(partition -> partition.bytesTotal() >= 0);
      bytesTotal = partitions.stream().mapToLong(EventSource::bytesTotal).sum();
    }

    void replay(EventSource source) throws IOException {
      learners.begin();
      rivals.begin(spread, passes, learners);
      labelled = labels != null && labels.next();
      while (tally.events() < limit && next(source)) {
        takeLabels(source.position(), source.timestamp());
        Decoded decoded = source.decoded();
        if (decoded instanceof Decoded.Accepted accepted) {
          observe(accepted.event(), key(source));
        } else if (decoded instanceof Decoded.Deleted) {
          delete(bytes(key(source)));
        } else if (decoded instanceof Decoded.Rejected rejected) {
          rejections.add(rejected.reason(), source.position());
        }
        tally.event();
        progress.update(
            tally.events(), sized ? (bytesBefore + source.bytesRead()) / bytesTotal : Double.NaN);
      }
      takeLabels(Long.MAX_VALUE, Long.MAX_VALUE);
      bytesBefore += Math.max(0, source.bytesTotal());
      keysBefore = tally.keys();
    }

    private boolean next(EventSource source) throws IOException {
      long before = System.nanoTime();
      boolean more = source.next();
      tally.reading(System.nanoTime() - before);
      return more;
    }

    /** Takes in the labels that come before an event. */
    private void takeLabels(long row, long time) throws IOException {
      while (labelled && (labels.isBefore(row, time) || row == Long.MAX_VALUE)) {
        if (labels.read() instanceof Read.Label label) {
          String key = labels.key() == null ? "" : labels.key();
          Bytes name = bytes(key);
          int partition = learners.partition(name);
          KeyedLearner keyed = learners.learner(partition);
          Outcome outcome = keyed.label(name, labels.id(), label.values());
          rivals.label(partition, name, labels.id(), label.values(), outcome);
          tell(outcome, key, keyed);
          learners.share(partition);
        } else if (labels.read() instanceof Read.Rejected rejected) {
          badLabels.add(rejected.reason(), labels.position());
        }
        labelled = labels.next();
      }
    }

    private void observe(Event event, String key) {
      Bytes name = bytes(key);
      int partition = learners.partition(name);
      KeyedLearner keyed = learners.learner(partition);
      MapStore<KeyState> states = learners.keys(partition);
      long known = states.size();
      long before = System.nanoTime();
      Outcome outcome = keyed.observe(name, event);
      tally.learning(System.nanoTime() - before);
      if (outcome.refusal != null) {
        rejections.add(outcome.refusal, event.position);
        return;
      }
      if (states.size() > known) {
        tally.key();
        requireRoom(tally.keys() - keysBefore);
      }
      last = new Learned(keyed.state(), keyed.weights());
      newest = outcome;
      tally.accepted(outcome);
      rivals.observe(partition, name, event, outcome, states);
      tell(outcome, key, keyed);
      rivals.next();
      learners.share(partition);
    }

    private void tell(Outcome outcome, String key, KeyedLearner keyed) {
      tally.unlabelled(outcome.unlabelled);
      settled.tell(outcome, key, keyed, rivals);
    }

    private void delete(Bytes key) {
      int partition = learners.partition(key);
      tally.unlabelled(learners.learner(partition).delete(key));
      rivals.delete(partition, key);
    }

    private void requireRoom(long known) {
      if (known * bytesPerKey > heapBytes) {
        throw new ReplayException(
            "the keys do not fit into memory: "
                + known
                + " keys of "
                + bytesPerKey
                + " bytes exceed "
                + heapBytes
                + " bytes; give the JVM more heap with -Xmx");
      }
    }

    ReplaySummary summary() {
      long sets = spec.scope() == LearnerSpec.Scope.KEY ? tally.keys() : learners.sets();
      return new ReplaySummary(
          tally.summary(rejections.count(), learner, last, sets),
          rejections,
          badLabels,
          learners.counts());
    }
  }

  private static String key(EventSource source) {
    return source.key() == null ? "" : source.key();
  }

  private static Bytes bytes(String key) {
    return Bytes.wrap(key.getBytes(StandardCharsets.UTF_8));
  }
}
