package eddy.soak;

import eddy.benchmark.Onlooker;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Events at a steady rate of keys that come and go, and how long their predictions take to be
 * committed. One thread sends, another reads.
 */
final class Load implements AutoCloseable {
  private static final long STEP_MILLIS = 10;

  private final Producer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Recorder latency = new Recorder(3);
  private final SplittableRandom chance;
  private final String input;
  private final int rate;
  private final int keys;
  private final double newKeys;
  private final List<Thread> threads =
      List.of(new Thread(this::send, "sender"), new Thread(this::read, "reader"));
  private volatile boolean ended;
  private volatile Exception failure;

  /**
   * Starts at once.
   *
   * @param rate events a second
   * @param keys that are alive at a time
   * @param newKeys a second, in place of the oldest
   */
  Load(
      String bootstrapServers,
      String input,
      String predictions,
      int partitions,
      long seed,
      int rate,
      int keys,
      double newKeys) {
    this.input = input;
    this.rate = rate;
    this.keys = keys;
    this.newKeys = newKeys;
    chance = new SplittableRandom(seed);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    consumer = Onlooker.ofCommitted(bootstrapServers, predictions, partitions);
    threads.forEach(Thread::start);
  }

  private void send() {
    long start = System.nanoTime();
    long sent = 0;
    try {
      while (!ended) {
        double seconds = (System.nanoTime() - start) / 1e9;
        long oldest = (long) (seconds * newKeys);
        for (; sent < seconds * rate; sent++) {
          event(oldest + chance.nextInt(keys), seconds);
        }
        Thread.sleep(STEP_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void event(long key, double seconds) {
    double value = Math.sin(seconds + key) + 0.2 * chance.nextDouble();
    String json =
        String.format(Locale.ROOT, "{\"value\":%s,\"other\":%s}", value, chance.nextDouble());
    byte[] now = ByteBuffer.allocate(Long.BYTES).putLong(System.nanoTime()).array();
    producer.send(
        new ProducerRecord<>(
            input,
            null,
            (Long) null,
            ("key-" + key).getBytes(StandardCharsets.UTF_8),
            json.getBytes(StandardCharsets.UTF_8),
            List.of(new RecordHeader("sent", now))),
        (metadata, thrown) -> failure = thrown == null ? failure : thrown);
  }

  private void read() {
    while (!ended) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(20))) {
        Header sent = record.headers().lastHeader("sent");
        if (sent != null) {
          long nanos = System.nanoTime() - ByteBuffer.wrap(sent.value()).getLong();
          latency.recordValue(Math.max(0, nanos / 1000));
        }
      }
    }
  }

  /** Microseconds from sending to reading what is committed, of what came since the last time. */
  Histogram takeLatency() {
    if (failure != null) {
      throw new IllegalStateException("events could not be sent: " + failure, failure);
    }
    return latency.getIntervalHistogram();
  }

  @Override
  public void close() {
    ended = true;
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close();
    consumer.close();
  }
}
