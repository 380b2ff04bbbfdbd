package eddy.stream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Tells faults of the cluster, which a new thread gets over, from those that would come again.
 *
 * <p>Brokers that die or hand over their partitions may leave a transaction in a state that its
 * producer cannot end. It is aborted, nothing of it was learned, and a thread that begins anew
 * finds the state of the last commit. Faults that keep coming are not passing: more than {@value
 * #MOST} within {@value #MINUTES} minutes end the app. Safe for use by several threads.
 */
final class PassingFaults {
  static final int MOST = 10;
  static final int MINUTES = 10;

  private static final long WITHIN = Duration.ofMinutes(MINUTES).toNanos();

  /** Beside those that Kafka itself calls worth trying again. */
  private static final Set<Class<? extends Throwable>> ENDED_TRANSACTIONS =
      Set.of(
          InvalidTxnStateException.class,
          InvalidProducerEpochException.class,
          InvalidPidMappingException.class,
          OutOfOrderSequenceException.class);

  private final LongSupplier nanoClock;
  private final Deque<Long> seen = new ArrayDeque<>();

  /** Faults by a clock such as {@code System::nanoTime}. */
  PassingFaults(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** Takes a fault in; whether a new thread may get over it. */
  synchronized boolean isPassing(Throwable thrown) {
    if (!ofCluster(thrown)) {
      return false;
    }
    long now = nanoClock.getAsLong();
    while (!seen.isEmpty() && now - seen.peekFirst() > WITHIN) {
      seen.removeFirst();
    }
    seen.addLast(now);
    return seen.size() <= MOST;
  }

  private static boolean ofCluster(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof RetriableException || ENDED_TRANSACTIONS.contains(cause.getClass())) {
        return true;
      }
    }
    return false;
  }
}
