package eddy.state;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * A stream application that writes, for each number of its input, the sum of the key's numbers so
 * far and a hash of the state's padding. Every 500th key has a state of more than one chunk.
 * Arguments: bootstrap servers, application id, output topic, state directory, heap bound.
 */
final class SumApp {
  static final String INPUT = "numbers";

  private SumApp() {}

  public static void main(String[] arguments) {
    Properties config = new Properties();
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, arguments[0]);
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, arguments[1]);
    config.put(StreamsConfig.STATE_DIR_CONFIG, arguments[3]);
    config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    config.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
    config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 2);
    config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 300);
    // A static member that comes back under its name need not wait for the session to end.
    config.put("group.instance.id", arguments[1]);
    config.put("session.timeout.ms", 6000);
    config.put("auto.offset.reset", "earliest");
    KafkaStreams streams =
        new KafkaStreams(topology(arguments[2], Long.parseLong(arguments[4])), config);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> streams.close(Duration.ofSeconds(10))));
    streams.start();
  }

  private static Topology topology(String output, long heapBytes) {
    StoreBuilder<WriteBehindStore<Sum>> store =
        WriteBehindStore.builder("sums", new Sum.Codec(), heapBytes);
    ProcessorSupplier<byte[], byte[], byte[], byte[]> summing =
        new ProcessorSupplier<>() {
          @Override
          public Processor<byte[], byte[], byte[], byte[]> get() {
            return new Summing();
          }

          @Override
          public Set<StoreBuilder<?>> stores() {
            return Set.of(store);
          }
        };
    return new Topology()
        .addSource("source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), INPUT)
        .addProcessor("sum", summing, "source")
        .addSink(
            "sink",
            output,
            new ByteArraySerializer(),
            new ByteArraySerializer(),
            // As in the input, so that a partition's order is that of one task.
            (topic, key, value, partitions) -> Optional.of(Set.of(partition(key, partitions))),
            "sum");
  }

  static int partition(byte[] key, int partitions) {
    return ByteBuffer.wrap(key).getInt() % partitions;
  }

  private static final class Summing extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private WriteBehindStore<Sum> store;

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
      super.init(context);
      store = context.getStateStore("sums");
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      Bytes key = Bytes.wrap(record.key());
      Sum sum = store.get(key);
      if (sum == null) {
        sum = new Sum(0, 0);
      }
      sum.total += ByteBuffer.wrap(record.value()).getLong();
      boolean large = ByteBuffer.wrap(record.key()).getInt() % 500 == 0;
      sum.pad(large ? 400_000 + (int) (sum.total % 400_000) : 20);
      store.put(key, sum);
      byte[] value =
          ByteBuffer.allocate(12).putLong(sum.total).putInt(Arrays.hashCode(sum.padding)).array();
      context().forward(record.withValue(value));
    }
  }
}
