package eddy.replay;

import eddy.event.CsvLabels;
import eddy.event.Decoded;
import eddy.event.EventSource;
import eddy.event.LabelReader.Read;
import eddy.feature.Event;
import eddy.feature.TargetSpec;
import eddy.learn.KeyState;
import eddy.learn.LearnerSpec;
import eddy.learn.Outcome;
import eddy.learn.Prequential;
import eddy.learn.Weights;
import eddy.report.Drift;
import eddy.report.Latency;
import eddy.report.RunCost;
import eddy.report.RunSummary;
import eddy.report.ScoredLine;
import eddy.state.MapStore;
import eddy.state.ObjectStore;
import eddy.surprise.Assessment;
import eddy.surprise.KeyLosses;
import eddy.task.Counter;
import eddy.task.KeyedLearner;
import eddy.task.TaskState;
import eddy.task.TaskStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;

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
  private final List<TargetSpec> targets;
  private final SettledLines settled;
  private final boolean weightsPerKey;
  private final Consumer<ScoredLine> lines;
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
    this.lines = Objects.requireNonNull(lines, "lines");
    targets = spec.targets();
    settled = new SettledLines(learner, targets);
    weightsPerKey = spec.scope() == LearnerSpec.Scope.KEY;
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
  private final class Run implements Frozen.Original {
    private final Rejections rejections = new Rejections();
    private final Rejections badLabels = new Rejections();
    private boolean labelled;
    private final long startNanos = System.nanoTime();
    private final boolean sized;
    private final double bytesTotal;
    private double bytesBefore; // of partitions done
    private long readingNanos;
    private long events;
    private long predictions;
    private long unlabelled;
    private final Latency latency = new Latency();
    private final Map<String, Long> fallen = new LinkedHashMap<>(); // events by learner
    private long accepted;
    private long fallbacks;
    private int sets;
    private long keys;
    private long keysBefore; // of sources done
    private final List<MapStore<KeyState>> byKey = new ArrayList<>();
    private final List<ObjectStore<Weights>> kept = new ArrayList<>();
    private final List<KeyedLearner> learners = new ArrayList<>();
    private KeyedLearner keyed;

    Run(List<? extends EventSource> partitions) {
      for (int partition = 0; partition < spread; partition++) {
        byKey.add(new MapStore<>());
        kept.add(new MapStore<>());
        learners.add(null);
      }
      sized = partitions.stream().allMatch(partition -> partition.bytesTotal() >= 0);
      bytesTotal = partitions.stream().mapToLong(EventSource::bytesTotal).sum();
    }

    void replay(EventSource source) throws IOException {
      ObjectStore<TaskState> counts = new MapStore<>();
      for (int partition = 0; partition < spread; partition++) {
        begin(partition, counts);
      }
      rivals.begin(spread, passes, this);
      labelled = labels != null && labels.next();
      while (events < limit && next(source)) {
        takeLabels(source.position(), source.timestamp());
        Decoded decoded = source.decoded();
        if (decoded instanceof Decoded.Accepted accepted) {
          observe(accepted.event(), key(source));
        } else if (decoded instanceof Decoded.Deleted) {
          Bytes key = bytes(key(source));
          unlabelled += learners.get(partition(key)).delete(key);
          rivals.delete(partition(key), key);
        } else if (decoded instanceof Decoded.Rejected rejected) {
          rejections.add(rejected.reason(), source.position());
        }
        events++;
        progress.update(
            events, sized ? (bytesBefore + source.bytesRead()) / bytesTotal : Double.NaN);
      }
      takeLabels(Long.MAX_VALUE, Long.MAX_VALUE);
      bytesBefore += Math.max(0, source.bytesTotal());
      keysBefore = keys;
    }

    /** Takes in the labels that come before an event. */
    private void takeLabels(long row, long time) throws IOException {
      while (labelled && (labels.isBefore(row, time) || row == Long.MAX_VALUE)) {
        if (labels.read() instanceof Read.Label label) {
          String key = labels.key() == null ? "" : labels.key();
          Bytes name = bytes(key);
          int partition = partition(name);
          keyed = learners.get(partition);
          Outcome outcome = keyed.label(name, labels.id(), label.values());
          rivals.label(partition, name, labels.id(), label.values(), outcome);
          tell(outcome, key);
          share(partition);
        } else if (labels.read() instanceof Read.Rejected rejected) {
          badLabels.add(rejected.reason(), labels.position());
        }
        labelled = labels.next();
      }
    }

    private void begin(int partition, ObjectStore<TaskState> counts) {
      MapStore<KeyState> before = byKey.get(partition);
      MapStore<KeyState> states = new MapStore<>();
      byKey.set(partition, states);
      if (!passes) {
        kept.set(partition, new MapStore<>());
      } else if (weightsPerKey) {
        before.forEach((key, state) -> states.put(key, learner.newKeyState()));
      }
      keyed = new KeyedLearner(learner, spec, stores(states, kept.get(partition), counts));
      learners.set(partition, keyed);
      sets += passes && sets == spread ? 0 : 1;
    }

    private static TaskStores stores(
        MapStore<KeyState> states, ObjectStore<Weights> weights, ObjectStore<TaskState> counts) {
      return new TaskStores(states, weights, counts).withLosses(new MapStore<>());
    }

    private int partition(Bytes key) {
      return Utils.toPositive(Utils.murmur2(key.get())) % spread;
    }

    @Override
    public int partitions() {
      return spread;
    }

    @Override
    public MapStore<KeyState> keys(int partition) {
      return byKey.get(partition);
    }

    @Override
    public ObjectStore<Weights> weights(int partition) {
      return kept.get(partition);
    }

    @Override
    public KeyedLearner learner(int partition) {
      return learners.get(partition);
    }

    /** Tells the weights of a partition to the others, where it is time to. */
    private void share(int source) {
      byte[] published = spread == 1 ? null : learners.get(source).publish();
      for (int partition = 0; published != null && partition < spread; partition++) {
        if (partition != source) {
          learners.get(partition).merge(source, published);
        }
      }
    }

    private boolean next(EventSource source) throws IOException {
      long before = System.nanoTime();
      boolean more = source.next();
      readingNanos += System.nanoTime() - before;
      return more;
    }

    private static String key(EventSource source) {
      return source.key() == null ? "" : source.key();
    }

    private static Bytes bytes(String key) {
      return Bytes.wrap(key.getBytes(StandardCharsets.UTF_8));
    }

    private void observe(Event event, String key) {
      Bytes name = bytes(key);
      int partition = partition(name);
      keyed = learners.get(partition);
      long known = byKey.get(partition).size();
      long before = System.nanoTime();
      Outcome outcome = keyed.observe(name, event);
      latency.add(System.nanoTime() - before);
      if (outcome.refusal != null) {
        rejections.add(outcome.refusal, event.position);
        return;
      }
      if (byKey.get(partition).size() > known) {
        keys++;
        requireRoom(keys - keysBefore);
      }
      last = new Learned(keyed.state(), keyed.weights());
      newest = outcome;
      count(outcome);
      rivals.observe(partition, name, event, outcome, byKey.get(partition));
      tell(outcome, key);
      rivals.next();
      share(partition);
    }

    private void count(Outcome outcome) {
      accepted++;
      predictions += outcome.predicted ? targets.size() : 0;
      fallbacks += outcome.drops;
      if (outcome.fallback != null) {
        fallen.merge(outcome.fallback, 1L, Long::sum);
      }
    }

    private void tell(Outcome outcome, String key) {
      unlabelled += outcome.unlabelled;
      for (int i = 0; i < outcome.settledOrigins; i++) {
        lines.accept(
            settled.of(
                outcome.settlements[i],
                key,
                keyed.weights(),
                rivals.said(i),
                assessed(i),
                found(i)));
      }
    }

    private List<Assessment> assessed(int settlement) {
      List<Assessment> assessed = new ArrayList<>(targets.size());
      for (int target = 0; target < targets.size(); target++) {
        assessed.add(keyed.scores().of(settlement, target));
      }
      return assessed;
    }

    private List<Drift> found(int settlement) {
      if (keyed.drift() == null || keyed.drift().newest().isEmpty()) {
        return List.of();
      }
      return keyed.drift().newest().stream()
          .filter(found -> found.settlement() == settlement)
          .map(found -> new Drift(found.target(), found.time(), found.before(), found.after()))
          .toList();
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

    /** What all partitions of the newest source have counted. */
    private TaskState counts() {
      TaskState sum = new TaskState();
      for (KeyedLearner each : learners) {
        for (Counter counter : Counter.values()) {
          sum.add(counter, each.task().count(counter));
        }
      }
      return sum;
    }

    ReplaySummary summary() {
      long nanos = System.nanoTime() - startNanos;
      RunSummary run =
          new RunSummary(
              events,
              rejections.count(),
              predictions,
              unlabelled,
              nanos / 1e9,
              learner.bytesPerKey(),
              learner.parameters(),
              learner.learner(),
              Optional.of(cost((double) readingNanos / nanos)));
      return new ReplaySummary(run, rejections, badLabels, counts());
    }

    private RunCost cost(double readingShare) {
      Map<String, Long> learners = new LinkedHashMap<>();
      learners.put(learner.learner(), accepted - fallen.values().stream().mapToLong(n -> n).sum());
      learners.putAll(fallen);
      return new RunCost(
          keys,
          last == null ? 0 : learner.encode(last.state()).length,
          weightsPerKey ? keys : sets,
          last == null ? 0 : learner.encode(last.weights()).length,
          learner.encode(learner.newWeights()).length + learner.sparseBytes(),
          latency.quantiles(),
          readingShare,
          learners,
          fallbacks);
    }
  }
}
