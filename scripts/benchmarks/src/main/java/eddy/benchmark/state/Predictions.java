package eddy.benchmark.state;

import eddy.benchmark.Onlooker;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.BitSet;
import java.util.HexFormat;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** The committed predictions of one partition: which events have one, and a digest of all. */
final class Predictions implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final BitSet answered = new BitSet();
  private final MessageDigest digest;
  private long count;

  Predictions(String bootstrapServers, String topic) {
    consumer = Onlooker.ofCommitted(bootstrapServers, topic, 1);
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes what has been committed since. */
  void poll(Duration within) {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(within)) {
      String value = new String(record.value(), StandardCharsets.UTF_8);
      String id = value.split("\"", 5)[3];
      answered.set(Integer.parseInt(id.substring(id.lastIndexOf('-') + 1)));
      digest.update(record.key());
      // two apps read topics of different names
      int idEnds = value.indexOf("\"key\"");
      digest.update(record.value(), idEnds, record.value().length - idEnds);
      count++;
    }
  }

  long count() {
    return count;
  }

  /** Events that have a prediction; fewer than predictions where an event has two. */
  long events() {
    return answered.cardinality();
  }

  /** Digest of keys and values without their ids; to be asked once, at the end. */
  String digest() {
    return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
