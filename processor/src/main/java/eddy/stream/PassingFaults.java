package eddy.stream;

import eddy.config.ConfigurationException;
import eddy.learn.IncompatibleStateException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.streams.errors.ProcessorStateException;

/**
 * Tells faults of the cluster and of the local disk, which a new thread gets over, from those that
 * would come again.
 *
 * <p>Brokers that die or hand over their partitions may leave a transaction in a state that its
 * producer cannot end. It is aborted, nothing of it was learned, and a thread that begins anew
 * finds the state of the last commit. Local files that are corrupt, or cannot be written because
 * the disk is full, are a copy: at exactly-once a thread that fails deletes those of its tasks, and
 * the next one restores them from the changelogs. Faults that keep coming are not passing: more
 * than {@value #MOST} within {@value #MINUTES} minutes end the app. Safe for use by several
 * threads.
 */
final class PassingFaults {
  static final int MOST = 10;
  static final int MINUTES = 10;

  private static final long WITHIN = Duration.ofMinutes(MINUTES).toNanos();

  /** Beside those that Kafka itself calls worth trying again. */
  private static final Set<Class<? extends Throwable>> FAILED_TRANSACTIONS =
      Set.of(
          InvalidTxnStateException.class,
          InvalidProducerEpochException.class,
          InvalidPidMappingException.class,
          OutOfOrderSequenceException.class,
          UnknownServerException.class);

  /**
   * How a client begins what it says of an answer that it has no exception for, such as that of a
   * coordinator which is asked to end a transaction while it fences it.
   */
  private static final List<String> UNNAMED =
      List.of("Unhandled error in ", "Unexpected error in ");

  /** What lies behind a failure. */
  enum Origin {
    /** Brokers that die or hand over their partitions. */
    CLUSTER,
    /** Files of the state directory. */
    LOCAL_STATE,
    /** What would come again, or has come too often. */
    LASTING
  }

  private final LongSupplier nanoClock;
  private final Deque<Long> seen = new ArrayDeque<>();

  /** Faults by a clock such as {@code System::nanoTime}. */
  PassingFaults(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** Takes a fault in; whether a new thread may get over it, and over what. */
  synchronized Origin of(Throwable thrown) {
    Origin origin = origin(thrown);
    if (origin == Origin.LASTING) {
      return origin;
    }
    long now = nanoClock.getAsLong();
    while (!seen.isEmpty() && now - seen.peekFirst() > WITHIN) {
      seen.removeFirst();
    }
    seen.addLast(now);
    return seen.size() <= MOST ? origin : Origin.LASTING;
  }

  private static Origin origin(Throwable thrown) {
    Origin origin = Origin.LASTING;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof IncompatibleStateException || cause instanceof ConfigurationException) {
        return Origin.LASTING;
      }
      if (cause instanceof RetriableException
          || FAILED_TRANSACTIONS.contains(cause.getClass())
          || isUnnamed(cause)) {
        return Origin.CLUSTER;
      }
      if (cause instanceof ProcessorStateException) {
        origin = Origin.LOCAL_STATE;
      }
    }
    return origin;
  }

  private static boolean isUnnamed(Throwable cause) {
    String message = cause.getMessage();
    return cause.getClass() == KafkaException.class
        && message != null
        && UNNAMED.stream().anyMatch(message::startsWith);
  }
}
