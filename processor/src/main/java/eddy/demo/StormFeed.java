package eddy.demo;

import eddy.event.CsvFeed;
import eddy.event.CsvRows;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;

/** Feeds the fixes of the storms into a topic, on a thread of its own. */
final class StormFeed implements AutoCloseable {
  private static final double UNBOUNDED = Double.POSITIVE_INFINITY;

  private final String bootstrapServers;
  private final String topic;
  private final double perSecond;
  private final Thread thread = new Thread(this::run, "storm-feed");
  private volatile boolean done;
  private volatile Exception failure;

  /**
   * A feed that has not begun.
   *
   * @param perSecond events a second, 0 for as many as the broker takes
   */
  StormFeed(String bootstrapServers, String topic, int perSecond) {
    this.bootstrapServers = bootstrapServers;
    this.topic = topic;
    this.perSecond = perSecond == 0 ? UNBOUNDED : perSecond;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try (Producer<byte[], byte[]> producer = CsvFeed.producer(bootstrapServers);
        CsvRows rows = Storms.rows()) {
      feed(producer, rows);
      done = true;
    } catch (InterruptedException e) {
      // closed before its end, which is no failure
    } catch (IOException | RuntimeException e) {
      failure = e;
    }
  }

  private void feed(Producer<byte[], byte[]> producer, CsvRows rows)
      throws IOException, InterruptedException {
    try {
      new CsvFeed(producer, topic, true, true).rate(perSecond).feed(rows, (sent, share) -> {});
    } finally {
      // the producer complains of an interrupted close
      Thread.interrupted();
    }
  }

  /** Whether the broker has all fixes. */
  boolean isDone() {
    return done;
  }

  /** What ended the feed before its end; empty as long as all is well. */
  Optional<Exception> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
