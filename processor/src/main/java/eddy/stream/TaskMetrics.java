package eddy.stream;

import eddy.query.TargetScore.Losses;
import eddy.task.Counter;
import eddy.task.TargetLosses;
import eddy.task.TaskState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.DoubleSupplier;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.MeasurableStat;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.Rate;
import org.apache.kafka.streams.StreamsMetrics;

/**
 * What a task has counted, as metrics of Kafka Streams: JMX, {@code KafkaStreams.metrics()}, and
 * whatever reads those. docs/metrics.md has a table.
 *
 * <p>Written by the task's thread, a few stores for a record; read by any thread.
 */
final class TaskMetrics implements AutoCloseable {
  static final String GROUP = "eddy-task-metrics";

  /** Of each target of a task. */
  static final String TARGETS = "eddy-target-metrics";

  private static final Counter[] COUNTERS = Counter.values();
  private static final Counter[] WITH_RATE = {
    Counter.EVENTS, Counter.PREDICTIONS, Counter.REJECTED
  };

  private static final String MODEL = "model";

  private final StreamsMetrics metrics;
  private final Sensor sensor;
  private final Map<String, String> tags;
  private final AtomicLongArray counts = new AtomicLongArray(COUNTERS.length);
  private volatile boolean paused;
  private volatile float rateFactor = 1f;
  private volatile int liveKeys;
  private volatile long liveBytes;

  /** Registers the metrics of a task, by the thread that runs it. */
  TaskMetrics(StreamsMetrics metrics, String task, List<TargetLosses> targets) {
    this.metrics = metrics;
    String thread = Thread.currentThread().getName();
    tags = Map.of("thread-id", thread, "task-id", task);
    sensor = metrics.addSensor("eddy-task." + thread + "." + task, Sensor.RecordingLevel.INFO);
    for (Counter counter : COUNTERS) {
      add(name(counter) + "-total", counter.meaning(), () -> count(counter));
    }
    for (Counter counter : WITH_RATE) {
      MetricName rate = metric(name(counter) + "-rate", counter.meaning() + " A second.");
      sensor.add(rate, new AskedRate(counter));
    }
    add(
        "label-coverage",
        "Share of predictions that a label of a topic has settled.",
        () -> ratio(Counter.LABELS_SETTLED, Counter.PREDICTIONS));
    add(
        "label-lag-ms-avg",
        "Stream time from an event to its label, of those of a topic.",
        () -> ratio(Counter.LABEL_LAG_MS, Counter.LABELS_SETTLED));
    add("paused", "1 while learning is paused.", () -> paused ? 1 : 0);
    add("rate-factor", "Factor on the learning rates of the configuration.", () -> rateFactor);
    add("live-keys", "Keys whose state is a live object.", () -> liveKeys);
    add("live-bytes", "Heap of the live states of keys.", () -> liveBytes);
    targets.forEach(this::add);
  }

  private void add(TargetLosses target) {
    add(
        target,
        "labels-total",
        "Labels that were scored beside persistence, since the task runs here.",
        Map.of(),
        target::labels);
    String loss = "Mean loss of the newest 1000 labels: absolute error, or wrong or not.";
    add(target, "loss", loss, Map.of(MODEL, "eddy"), () -> eddy(target.window()));
    add(target, "loss", loss, Map.of(MODEL, "persistence"), () -> persistence(target.window()));
    add(
        target,
        "skill",
        "Share of the loss of persistence that predictions avoid, over the same labels.",
        Map.of(),
        () -> skill(target.window()));
  }

  private static double eddy(Losses window) {
    return window.eddy() / window.labels();
  }

  private static double persistence(Losses window) {
    return window.persistence() / window.labels();
  }

  private static double skill(Losses window) {
    return 1 - window.eddy() / window.persistence();
  }

  private void add(
      TargetLosses target,
      String name,
      String meaning,
      Map<String, String> more,
      DoubleSupplier value) {
    Map<String, String> all = new LinkedHashMap<>(tags);
    all.put("target", target.name());
    all.putAll(more);
    sensor.add(new MetricName(name, TARGETS, meaning, all), new Asked(value));
  }

  static String name(Counter counter) {
    return counter.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private MetricName metric(String name, String meaning) {
    return new MetricName(name, GROUP, meaning, tags);
  }

  private void add(String name, String meaning, DoubleSupplier value) {
    sensor.add(metric(name, meaning), new Asked(value));
  }

  private double count(Counter counter) {
    return counts.get(counter.ordinal());
  }

  private double ratio(Counter part, Counter whole) {
    double all = count(whole);
    return all == 0 ? 0 : count(part) / all;
  }

  /** Shows what the task has counted so far. */
  void update(TaskState task, int keys, long bytes) {
    for (Counter counter : COUNTERS) {
      counts.lazySet(counter.ordinal(), task.count(counter));
    }
    paused = task.paused;
    rateFactor = task.rateFactor;
    liveKeys = keys;
    liveBytes = bytes;
  }

  @Override
  public void close() {
    metrics.removeSensor(sensor);
  }

  /** A value that is looked up when it is asked for. */
  private record Asked(DoubleSupplier value) implements MeasurableStat {
    @Override
    public void record(MetricConfig config, double recorded, long timeMs) {
      // nothing is recorded: the value is that of the task
    }

    @Override
    public double measure(MetricConfig config, long now) {
      return value.getAsDouble();
    }
  }

  /** A rate over Kafka's windows, which takes in what has come since it was asked for last. */
  private final class AskedRate implements MeasurableStat {
    private final Counter counter;
    private final Rate rate = new Rate();
    private double seen;
    private boolean asked;

    AskedRate(Counter counter) {
      this.counter = counter;
    }

    @Override
    public void record(MetricConfig config, double recorded, long timeMs) {
      // taken in when it is asked for
    }

    @Override
    public synchronized double measure(MetricConfig config, long now) {
      double count = count(counter);
      // what was counted before this task came here did not happen now
      rate.record(config, asked ? count - seen : 0, now);
      asked = true;
      seen = count;
      return rate.measure(config, now);
    }
  }
}
