package eddy.stream;

import com.sun.management.ThreadMXBean;
import eddy.learn.Prequential;
import eddy.learn.Rehearsal;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * Runs a learner on made-up events until the JVM has compiled it, before the app joins its group.
 *
 * <p>Vector code that is still interpreted takes some hundred times as long, so the first events of
 * a cold instance would hold up its partitions. Steady is: a batch allocates nothing and takes no
 * longer than the best one before it by more than a fifth. Changes nothing that is learned.
 *
 * @param events made-up events that it took
 * @param nanos how long it took
 * @param nanosPerEvent of the best batch, for one key in the caches
 */
public record WarmUp(long events, long nanos, double nanosPerEvent) {
  private static final int BATCH = 256;
  private static final int STEADY_BATCHES = 4;
  private static final double TOLERANCE = 1.2;
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(10);

  /** Runs until the learner is steady, or for 10 seconds. */
  public static WarmUp of(Prequential learner) {
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
    return new WarmUp(batches * BATCH, System.nanoTime() - start, best);
  }
}
