package eddy.learn;

import com.sun.management.ThreadMXBean;
import eddy.feature.Event;
import eddy.learn.LearnerSpec.Estimator;
import eddy.learn.Streams.Row;
import java.lang.management.ManagementFactory;
import java.util.List;

/** What learning allocates once it is compiled. */
final class Allocation {
  private static final int EVENTS = 200;

  private Allocation() {}

  /** The least that 200 events allocate. */
  static long fewestBytes(Prequential learner) {
    KeyState key = learner.newKeyState();
    Weights weights = learner.newWeights();
    Event[] events = new Event[EVENTS];
    Row[] rows = Streams.rows(6, events.length);
    for (int i = 0; i < events.length; i++) {
      events[i] = rows[i].into(learner, i);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long fewest = Long.MAX_VALUE;
    // interpreted vector operations allocate; compiled ones must not
    for (int round = 0; round < 500 && fewest > 0; round++) {
      long before = threads.getThreadAllocatedBytes(thread);
      for (Event event : events) {
        learner.observe(event, key, weights);
      }
      fewest = Math.min(fewest, threads.getThreadAllocatedBytes(thread) - before);
    }
    return fewest;
  }

  /** Prints the least that 200 events of a learner of 32 units allocate: cell, estimator. */
  public static void main(String[] arguments) {
    Prequential learner =
        Prequential.of(
            LearnerSpec.of(Streams.FEATURES, List.of(Streams.OWN))
                .cell(arguments[0])
                .units(32)
                .window(32)
                .estimator(Estimator.valueOf(arguments[1]))
                .budget(new LearnerSpec.Budget(1L << 30, 1L << 30))
                .build());
    System.out.println(fewestBytes(learner));
  }
}
