package eddy.stream;

import com.sun.management.ThreadMXBean;
import eddy.learn.Prequential;
import eddy.learn.Rehearsal;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a learner on made-up events until the JVM has compiled it, before the app joins its group.
 *
 * <p>Vector code that is still interpreted takes some hundred times as long, so the first events of
 * a cold instance would hold up its partitions. Steady is: a batch allocates nothing and takes no
 * longer than the best one before it by more than a fifth. Changes nothing that is learned.
 */
final class WarmUp {
  private static final Logger log = LoggerFactory.getLogger(WarmUp.class);

  private static final int BATCH = 256;
  private static final int STEADY_BATCHES = 4;
  private static final double TOLERANCE = 1.2;
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(10);

  private WarmUp() {}

  /**
   * Returns when the learner runs steadily, or after 10 seconds.
   *
   * @return nanoseconds of an event in the best batch
   */
  static double run(Prequential learner) {
    Rehearsal rehearsal = new Rehearsal(learner);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long start = System.nanoTime();
    double best = Double.POSITIVE_INFINITY;
    int steady = 0;
    int batches = 0;
    while (steady < STEADY_BATCHES && System.nanoTime() - start < LONGEST) {
      long allocated = threads.getCurrentThreadAllocatedBytes();
      long begin = System.nanoTime();
      rehearsal.run(BATCH);
      double nanos = (double) (System.nanoTime() - begin) / BATCH;
      boolean free = threads.getCurrentThreadAllocatedBytes() == allocated;
      steady = free && nanos < TOLERANCE * best ? steady + 1 : 0;
      best = Math.min(best, nanos);
      batches++;
    }
    log.info(
        "Warmed up by {} made-up events in {} ms: {} microseconds an event",
        batches * BATCH,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
        String.format(java.util.Locale.ROOT, "%.1f", best / 1000));
    return best;
  }
}
