package eddy.benchmark.state;

import eddy.math.RandomStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Made-up events of many keys: numbers x0 to x15, of which each key's walk on, and y, a sum of some
 * of them. Every key has one event first, then keys come by chance.
 */
final class Events implements AutoCloseable {
  static final int INPUTS = 16;

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final int keys;
  private final RandomStream random = new RandomStream(1);
  private long sent;

  Events(String bootstrapServers, String topic, int keys) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.topic = topic;
    this.keys = keys;
  }

  /** Sends events until so many have been sent. */
  void sendUpTo(long count) {
    for (; sent < count; sent++) {
      int key = sent < keys ? (int) sent : (int) (random.nextDouble() * keys);
      byte[] name = String.format(Locale.ROOT, "key-%07d", key).getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(topic, 0, 1000 * sent, name, value(key)));
    }
  }

  /** Three decimals, put together by hand: formatting would cost more than the learner. */
  private byte[] value(int key) {
    StringBuilder json = new StringBuilder("{");
    double sum = 0;
    for (int i = 0; i < INPUTS; i++) {
      long thousandths = Math.round(1000 * random.uniform(-2, 2)) + key % 7 * 100;
      sum += i % 3 == 0 ? thousandths : 0;
      number(json.append("\"x").append(i).append("\":"), thousandths).append(',');
    }
    number(json.append("\"y\":"), Math.round(sum)).append('}');
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static StringBuilder number(StringBuilder json, long thousandths) {
    long size = Math.abs(thousandths);
    json.append(thousandths < 0 ? "-" : "").append(size / 1000).append('.');
    // the leading one keeps zeros after the point
    return json.append(1000 + size % 1000).deleteCharAt(json.length() - 4);
  }

  long sent() {
    return sent;
  }

  void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }
}
