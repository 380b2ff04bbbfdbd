package eddy.crash;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Noisy waves of some keys, one event of each in turn, the same for the same seed; a label a few
 * events later where labels have a topic.
 */
public final class EventStream implements AutoCloseable {
  private static final int KEYS = 16;
  private static final int LABEL_LAG = 5 * KEYS;
  private static final long START = 1_700_000_000_000L;

  private final Producer<byte[], byte[]> producer;
  private final boolean labels;
  private final SplittableRandom noise;
  private final AtomicLongArray ends = new AtomicLongArray(Cluster.PARTITIONS);
  private int events;
  private int brokenEvery;
  private final double[] truths;
  private int fed;
  private volatile Exception failure;

  /**
   * A stream of which nothing is sent yet.
   *
   * @param events the most that are sent
   */
  public EventStream(String bootstrapServers, boolean labels, long seed, int events) {
    this.labels = labels;
    this.events = events;
    noise = new SplittableRandom(seed);
    truths = new double[events];
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "acks",
                "all",
                // or a first batch that comes too early for a new topic is overtaken for ever
                "max.in.flight.requests.per.connection",
                1),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Makes every so manieth event one that cannot be read. */
  public EventStream brokenEvery(int number) {
    brokenEvery = number;
    return this;
  }

  /** Offset after the last event that brokers have taken, by partition; for any thread. */
  public long end(int partition) {
    return ends.get(partition);
  }

  /** Sends no more events, only the labels that are missing. */
  public void endHere() {
    events = fed;
    feed(events);
  }

  /** Number of events sent. */
  public int fed() {
    return fed;
  }

  /** Sends events up to this number, and the labels that have become known. */
  public void feed(int to) {
    for (; fed < Math.min(to, events); fed++) {
      double wave = Math.sin(fed * 0.02 + fed % KEYS) + 0.2 * noise.nextDouble();
      double other = noise.nextDouble();
      truths[fed] = 2 * wave - other;
      String event =
          String.format(Locale.ROOT, "{\"id\":\"%d\",\"value\":%s,\"other\":%s}", fed, wave, other);
      boolean broken = brokenEvery > 0 && fed % brokenEvery == brokenEvery - 1;
      send(Row.EVENTS, fed, broken ? event.replace("\"other\":", "\"other\":\"broken\" ") : event);
      if (labels && fed >= LABEL_LAG) {
        label(fed - LABEL_LAG);
      }
    }
    if (labels && fed == events) {
      for (int row = Math.max(0, events - LABEL_LAG); row < events; row++) {
        label(row);
      }
    }
    producer.flush();
    if (failure != null) {
      throw new IllegalStateException("events could not be sent: " + failure, failure);
    }
  }

  private void label(int row) {
    send(
        Row.LABELS,
        row,
        String.format(Locale.ROOT, "{\"id\":\"%d\",\"truth\":%s}", row, truths[row]));
  }

  private void send(String topic, int row, String json) {
    byte[] key = ("key-" + row % KEYS).getBytes(StandardCharsets.UTF_8);
    byte[] value = json.getBytes(StandardCharsets.UTF_8);
    producer.send(
        new ProducerRecord<>(topic, null, START + 1000L * row, key, value),
        (sent, thrown) -> {
          if (thrown != null) {
            failure = thrown;
          } else if (topic.equals(Row.EVENTS)) {
            ends.set(sent.partition(), sent.offset() + 1);
          }
        });
  }

  @Override
  public void close() {
    producer.close();
  }
}
