package eddy.event;

import eddy.config.ConnectionSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes the rows of a CSV file into a topic, in their order, each once: JSON values, the key
 * column as key, the time column as timestamp.
 *
 * <p>Without a key column all rows have the empty key; a row whose key cell is empty has none and
 * will be rejected by the app.
 */
public final class CsvFeed {
  private static final byte[] ONE_KEY = {};

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final boolean keyed;
  private final boolean timed;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private double rowsPerSecond = Double.POSITIVE_INFINITY;
  private long untimed;

  /** Is told how far a feed has come. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Takes note.
     *
     * @param rows sent so far
     * @param fraction of the file, from 0 to 1; NaN where its size is not known
     */
    void update(long rows, double fraction);
  }

  /**
   * A feed that has not begun.
   *
   * @param keyed whether the rows have a key column
   * @param timed whether the rows have a time column; without, a record has the time it is sent at
   */
  public CsvFeed(Producer<byte[], byte[]> producer, String topic, boolean keyed, boolean timed) {
    this.producer = producer;
    this.topic = topic;
    this.keyed = keyed;
    this.timed = timed;
  }

  /** A producer that neither loses nor repeats a record, nor changes their order. */
  public static Producer<byte[], byte[]> producer(String bootstrapServers) {
    return producer(bootstrapServers, ConnectionSettings.none());
  }

  /** The same for a broker that asks who is there. */
  public static Producer<byte[], byte[]> producer(
      String bootstrapServers, ConnectionSettings connection) {
    Map<String, Object> settings = connection.of(ProducerConfig.configNames(), "producer.");
    settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "eddy-feed");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 10);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 1 << 17);
    // what is too large is for the topic to say
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 16 << 20);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Sends at most so many rows a second. */
  public CsvFeed rate(double rows) {
    rowsPerSecond = rows;
    return this;
  }

  /**
   * Sends all rows and waits until the broker has them.
   *
   * @return rows sent
   * @throws IOException where the file cannot be read any further, or the broker refuses a row
   * @throws InterruptedException where this thread was interrupted; rows sent before are there
   */
  public long feed(CsvRows rows, Listener listener) throws IOException, InterruptedException {
    CsvToJson json = new CsvToJson(rows);
    long start = System.nanoTime();
    long sent = 0;
    long timestamp = 0;
    while (rows.next()) {
      waitUntil(start + (long) (sent / rowsPerSecond * 1e9));
      byte[] key = keyed ? key(rows) : ONE_KEY;
      if (timed) {
        long time = rows.time();
        untimed += time == TimeText.NONE ? 1 : 0;
        timestamp = time == TimeText.NONE ? timestamp : time;
      }
      send(key, timed ? timestamp : null, json.json(), rows.number());
      sent++;
      listener.update(sent, rows.bytesTotal() < 0 ? Double.NaN : share(rows));
    }
    try {
      producer.flush();
    } catch (KafkaException e) {
      throw new IOException(topic + ": " + e.getMessage(), e);
    }
    throwFailure();
    return sent;
  }

  private static double share(CsvRows rows) {
    return (double) rows.bytesRead() / rows.bytesTotal();
  }

  private static byte[] key(CsvRows rows) {
    String key = rows.key();
    return key == null ? null : key.getBytes(StandardCharsets.UTF_8);
  }

  private void send(byte[] key, Long timestamp, byte[] value, long row) throws IOException {
    throwFailure();
    try {
      producer.send(
          new ProducerRecord<>(topic, null, timestamp, key, value),
          (written, thrown) -> {
            if (thrown != null) {
              failure.compareAndSet(
                  null, new IOException("row " + row + ": " + thrown.getMessage(), thrown));
            }
          });
    } catch (KafkaException e) {
      throw new IOException(topic + ": row " + row + ": " + e.getMessage(), e);
    }
  }

  private void throwFailure() throws IOException {
    Exception thrown = failure.get();
    if (thrown != null) {
      throw new IOException(topic + ": " + thrown.getMessage(), thrown);
    }
  }

  private static void waitUntil(long nanoTime) throws InterruptedException {
    for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  /** Rows whose time cell holds no time: they were sent with the time of the row before. */
  public long untimed() {
    return untimed;
  }
}
