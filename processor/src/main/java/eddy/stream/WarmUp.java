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
 * a cold instance would hold up its partitions. Steady is: batches allocate as good as nothing,
 * which interpreted vectors do, and none takes much more processor time than the best before it; a
 * busy machine does not count. Changes nothing that is learned.
 *
 * @param events made-up events that it took
 * @param nanos how long it took
 * @param nanosPerEvent of the best batch by the thread's processor time, for one key in the caches
 */
public record WarmUp(long events, long nanos, double nanosPerEvent) {
  /** As long as it takes at most, unless the caller says otherwise. */
  private static final long MOST_MILLIS = 10_000;

  private static final int BATCH = 256;
  private static final int STEADY_BATCHES = 4;
  private static final double TOLERANCE = 1.5;

  /** What the JVM itself allocates now and then. */
  private static final long FEW_BYTES = 4 * BATCH;

  /** Runs until the learner is steady, or for 10 seconds. */
  public static WarmUp of(Prequential learner) {
    return of(learner, MOST_MILLIS);
  }

  /** Runs until the learner is steady, or for so many milliseconds; for 0 not at all. */
  public static WarmUp of(Prequential learner, long mostMillis) {
    Rehearsal rehearsal = new Rehearsal(learner);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long longest = TimeUnit.MILLISECONDS.toNanos(mostMillis);
    long start = System.nanoTime();
    double best = Double.POSITIVE_INFINITY;
    int steady = 0;
    int batches = 0;
    while (steady < STEADY_BATCHES && System.nanoTime() - start < longest) {
      long allocated = threads.getCurrentThreadAllocatedBytes();
      long begin = threads.getCurrentThreadCpuTime();
      rehearsal.run(BATCH);
      double nanos = (double) (threads.getCurrentThreadCpuTime() - begin) / BATCH;
      boolean free = threads.getCurrentThreadAllocatedBytes() - allocated < FEW_BYTES;
      steady = free && nanos < TOLERANCE * best ? steady + 1 : 0;
      best = Math.min(best, nanos);
      batches++;
    }
    return new WarmUp(batches * BATCH, System.nanoTime() - start, best);
  }
}
