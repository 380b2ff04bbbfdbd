package eddy.benchmark;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * How long the events of a subject take, told so that other work on the machine does not show.
 *
 * @param keys that take turns
 * @param median in us, the least of all batches
 * @param mean in us that the thread ran, the least of all batches
 * @param tail 99.9th percentile in us, the least of all batches
 * @param worstPosition largest median at one position of a block / median of all events
 * @param bytes allocated per event
 * @param steady whether allocation ceased and two batches agreed before it was measured
 */
record Latency(
    int keys,
    double median,
    double mean,
    double tail,
    double worstPosition,
    double bytes,
    boolean steady) {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** A batch takes about this long. */
  private static final long BATCH = 100_000_000L;

  private static final int LARGEST_BATCH = 1 << 19;
  private static final int MOST_BATCHES = 200;
  private static final double AGREED = 0.03;

  /** The one of two with the lesser median; what either allocated was allocated. */
  Latency faster(Latency other) {
    Latency best = other.median < median ? other : this;
    return new Latency(
        keys,
        best.median,
        best.mean,
        best.tail,
        best.worstPosition,
        Math.max(bytes, other.bytes),
        best.steady);
  }

  /**
   * Warms the subject up, then measures event by event.
   *
   * @param period events of a key after which its work repeats: the steps of a block
   */
  static Latency of(Subject subject, int keys, int period, Effort effort) {
    return of(subject, keys, period, effort, System::nanoTime);
  }

  /** The same by another clock of nanoseconds. */
  static Latency of(Subject subject, int keys, int period, Effort effort, LongSupplier clock) {
    int round = keys * period;
    Batch batch = new Batch(subject, keys, round, clock);
    long begin = clock.getAsLong();
    Latency latency;
    do {
      boolean steady = false;
      double before = 0;
      long spent = 0;
      while (!(steady && spent >= effort.warmUp()) && spent < effort.patience()) {
        batch.run();
        steady = batch.bytes == 0 && Math.abs(batch.median - before) <= AGREED * batch.median;
        before = batch.median;
        batch = batch.resized(round);
        spent = clock.getAsLong() - begin;
      }
      latency = measure(batch, keys, period, effort, steady, clock);
      // the compiler may change its mind while it is measured
    } while (latency.bytes > 0 && clock.getAsLong() - begin < effort.patience());
    return latency;
  }

  private static Latency measure(
      Batch batch, int keys, int period, Effort effort, boolean steady, LongSupplier clock) {
    long begin = clock.getAsLong();
    double best = Double.POSITIVE_INFINITY;
    double bestMean = Double.POSITIVE_INFINITY;
    double bestTail = Double.POSITIVE_INFINITY;
    double bytes = 0;
    long[][] all = new long[MOST_BATCHES][];
    int count = 0;
    do {
      batch.run();
      best = Math.min(best, batch.median);
      bestMean = Math.min(bestMean, batch.mean);
      bestTail = Math.min(bestTail, batch.tail);
      bytes += (double) batch.bytes / batch.nanos.length;
      all[count++] = batch.nanos.clone();
    } while (count < MOST_BATCHES && clock.getAsLong() - begin < effort.measured());
    long[] sorted = Arrays.stream(all, 0, count).flatMapToLong(Arrays::stream).sorted().toArray();
    double median = sorted[sorted.length / 2];
    return new Latency(
        keys,
        best / 1e3,
        bestMean / 1e3,
        bestTail / 1e3,
        worst(Arrays.copyOf(all, count), keys, period) / median,
        bytes / count,
        steady);
  }

  /** Largest median over the positions of a block. */
  private static double worst(long[][] batches, int keys, int period) {
    double worst = 0;
    int round = keys * period;
    for (int position = 0; position < period; position++) {
      int first = position * keys;
      long[] nanos =
          Arrays.stream(batches)
              .flatMapToLong(
                  batch ->
                      IntStream.range(0, batch.length)
                          .filter(i -> i % round >= first && i % round < first + keys)
                          .mapToLong(i -> batch[i]))
              .sorted()
              .toArray();
      worst = Math.max(worst, nanos[nanos.length / 2]);
    }
    return worst;
  }

  /** Events one after another, in whole rounds of all keys through all positions of a block. */
  private static final class Batch {
    private final Subject subject;
    private final int keys;
    private final LongSupplier clock;
    final long[] nanos;
    double median;
    double mean;
    double tail;
    long bytes;

    Batch(Subject subject, int keys, int events, LongSupplier clock) {
      this.subject = subject;
      this.clock = clock;
      this.keys = keys;
      nanos = new long[events];
    }

    void run() {
      long thread = Thread.currentThread().getId();
      // the first question allocates
      THREADS.getThreadAllocatedBytes(thread);
      long allocated = THREADS.getThreadAllocatedBytes(thread);
      long ran = THREADS.getCurrentThreadCpuTime();
      int key = 0;
      for (int i = 0; i < nanos.length; i++) {
        long begin = clock.getAsLong();
        subject.event(key, i);
        nanos[i] = clock.getAsLong() - begin;
        key = key + 1 == keys ? 0 : key + 1;
      }
      mean = (double) (THREADS.getCurrentThreadCpuTime() - ran) / nanos.length;
      bytes = THREADS.getThreadAllocatedBytes(thread) - allocated;
      long[] sorted = nanos.clone();
      Arrays.sort(sorted);
      median = sorted[sorted.length / 2];
      tail = sorted[(int) (0.999 * (sorted.length - 1))];
    }

    /** As many rounds as take about {@link #BATCH}, at the speed just seen. */
    Batch resized(int round) {
      long events = (long) Math.min(BATCH / mean, LARGEST_BATCH);
      int rounded = (int) Math.max(1, events / round) * round;
      boolean near = rounded < 2 * nanos.length && nanos.length < 2 * rounded;
      if (near) {
        return this;
      }
      Batch other = new Batch(subject, keys, rounded, clock);
      other.median = median;
      return other;
    }
  }
}
