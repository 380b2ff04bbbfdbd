package eddy.task;

import eddy.config.EddyConfig;
import eddy.drift.DriftState;
import eddy.learn.KeyState;
import eddy.learn.LearnerSpec;
import eddy.learn.Prequential;
import eddy.learn.Weights;
import eddy.query.KeyReport;
import eddy.query.TaskCopy;
import eddy.query.TaskSummary;
import eddy.query.TaskView;
import eddy.state.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;

/** Answers for a task, from its stores, by copies. For the task's thread, between two records. */
final class TaskReporter implements TaskView {
  /** Keys that are shown as seen last. */
  private static final int SEEN = 20;

  /** Keys that one step over the store looks at. */
  private static final int STEP = 64;

  private static final ObjectStore.Time<KeyState> TOUCHED =
      new ObjectStore.Time<>(KeyState::touched, Prequential::touched);

  private final Prequential learner;
  private final TaskStores stores;
  private final TaskState task;
  private final TaskWatch watch;
  private final LiveState live;
  private final int partition;
  private final String idPrefix;
  private final boolean weightsByKey;

  TaskReporter(
      EddyConfig config,
      int partition,
      Prequential learner,
      TaskStores stores,
      TaskState task,
      TaskWatch watch,
      LiveState live) {
    this.learner = learner;
    this.stores = stores;
    this.task = task;
    this.watch = watch;
    this.live = live;
    this.partition = partition;
    idPrefix = config.inputTopic() + "-" + partition + "-";
    weightsByKey = config.learnerSpec().scope() == LearnerSpec.Scope.KEY;
  }

  @Override
  public TaskSummary summary() {
    return new TaskSummary(
        partition,
        Thread.currentThread().getName(),
        task.count(Counter.EVENTS),
        task.count(Counter.PREDICTIONS),
        task.count(Counter.REJECTED),
        task.count(Counter.FALLBACKS),
        task.position,
        watch.updates(),
        watch.byModel(),
        watch.byBaseline(),
        live.keys(),
        live.bytes(),
        task.paused,
        task.rateFactor,
        watch.scores(),
        watch.recent().newest(SEEN));
  }

  @Override
  public List<String> keys(String prefix, int limit) {
    byte[] begin = prefix.getBytes(StandardCharsets.UTF_8);
    List<String> keys = new ArrayList<>();
    Bytes from = begin.length == 0 ? null : Bytes.wrap(begin);
    if (from != null && stores.keys().get(from) != null) {
      keys.add(prefix);
    }
    boolean[] beyond = {false};
    do {
      from =
          stores
              .keys()
              .times(
                  from,
                  STEP,
                  TOUCHED,
                  (key, touched) -> {
                    if (!startsWith(key.get(), begin)) {
                      beyond[0] = true;
                    } else if (keys.size() < limit) {
                      keys.add(new String(key.get(), StandardCharsets.UTF_8));
                    }
                  });
    } while (from != null && !beyond[0] && keys.size() < limit);
    return keys.size() > limit ? List.copyOf(keys.subList(0, limit)) : List.copyOf(keys);
  }

  private static boolean startsWith(byte[] key, byte[] begin) {
    for (int i = 0; i < begin.length; i++) {
      if (i == key.length || key[i] != begin[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean knows(byte[] key) {
    return stores.keys().get(Bytes.wrap(key)) != null;
  }

  @Override
  public Optional<KeyReport> key(byte[] bytes) {
    Bytes key = Bytes.wrap(bytes);
    KeyState state = stores.keys().get(key);
    if (state == null) {
      return Optional.empty();
    }
    long events = state.events();
    long lastTime = state.timestamp();
    long stateBytes = learner.encode(state).length;
    Weights weights = weightsByKey ? stores.weights().get(key) : null;
    return Optional.of(
        new KeyReport(
            new String(bytes, StandardCharsets.UTF_8),
            partition,
            events,
            stateBytes,
            weights == null ? -1 : learner.encode(weights).length,
            learner.learner(),
            watch.recent().fallback(key),
            lastTime,
            watch.recent().events(key, idPrefix)));
  }

  @Override
  public TaskCopy copy(byte[] bytes) {
    Bytes key = Bytes.wrap(bytes);
    KeyState state = stores.keys().get(key);
    byte[] ofKey = state == null ? null : learner.encode(state);
    Bytes scope = weightsByKey ? key : KeyedLearner.PARTITION;
    Weights weights = stores.weights().get(scope);
    byte[] ofWeights = weights == null ? null : learner.encode(weights);
    return new TaskCopy(
        partition,
        new TaskStateCodec().encode(task),
        ofWeights,
        ofKey,
        drift(scope),
        drift(DriftWatch.at(key)));
  }

  private byte[] drift(Bytes place) {
    DriftState drift = stores.drift().get(place);
    return drift == null ? null : drift.encode();
  }
}
