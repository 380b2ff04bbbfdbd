package eddy.soak;

import java.util.function.ToDoubleFunction;

/** What is followed over time. */
enum Series {
  RESIDENT("resident memory", "MiB", true, sample -> mebi(sample.resident())),
  HEAP("heap after a collection", "MiB", true, sample -> mebi(sample.heap())),
  ROCKSDB("RocksDB: cache, memtables, table readers", "MiB", false, s -> mebi(s.rocksdb())),
  DIRECT("direct buffers", "MiB", false, sample -> mebi(sample.direct())),
  THREADS("threads", "", false, Sample::threads),
  HANDLES("open file handles", "", false, Sample::handles),
  STORE("state directory", "MiB", false, sample -> mebi(sample.store())),
  CHANGELOG("changelogs", "MiB", false, sample -> mebi(sample.changelog())),
  MEDIAN("median latency, sent to committed", "ms", false, Sample::medianMillis),
  P99("p99 latency, sent to committed", "ms", false, Sample::p99Millis),
  THROUGHPUT("predictions a second", "", false, Sample::throughput);

  private final String title;
  private final String unit;
  private final boolean judged;
  private final ToDoubleFunction<Sample> value;

  Series(String title, String unit, boolean judged, ToDoubleFunction<Sample> value) {
    this.title = title;
    this.unit = unit;
    this.judged = judged;
    this.value = value;
  }

  String title() {
    return title;
  }

  String unit() {
    return unit;
  }

  /** Whether a rise fails the soak. */
  boolean judged() {
    return judged;
  }

  double of(Sample sample) {
    return value.applyAsDouble(sample);
  }

  private static double mebi(long bytes) {
    return bytes / (double) (1 << 20);
  }
}
