package eddy.soak;

import java.util.function.ToDoubleFunction;

/** What is followed over time. */
enum Series {
  RESIDENT("resident memory", "MiB", 1, sample -> mebi(sample.resident())),
  HEAP("heap after a collection", "MiB", 1, sample -> mebi(sample.heap())),
  ROCKSDB("RocksDB: cache, memtables, table readers", "MiB", 50, s -> mebi(s.rocksdb())),
  DIRECT("direct buffers", "MiB", 50, sample -> mebi(sample.direct())),
  THREADS("threads", "", 1, Sample::threads),
  HANDLES("open file handles", "", 20, Sample::handles),
  STORE("state directory", "MiB", 50, sample -> mebi(sample.store())),
  CHANGELOG("changelogs", "MiB", 50, sample -> mebi(sample.changelog())),
  MEDIAN("median latency, sent to committed", "ms", 0, Sample::medianMillis),
  P99("p99 latency, sent to committed", "ms", 20, Sample::p99Millis),
  THROUGHPUT("predictions a second", "", 0, Sample::throughput);

  private final String title;
  private final String unit;
  private final double latitude;
  private final ToDoubleFunction<Sample> value;

  Series(String title, String unit, double latitude, ToDoubleFunction<Sample> value) {
    this.title = title;
    this.unit = unit;
    this.latitude = latitude;
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
    return latitude > 0;
  }

  /** How many times the rise that memory may have is allowed; 0 where any is. */
  double latitude() {
    return latitude;
  }

  double of(Sample sample) {
    return value.applyAsDouble(sample);
  }

  private static double mebi(long bytes) {
    return bytes / (double) (1 << 20);
  }
}
