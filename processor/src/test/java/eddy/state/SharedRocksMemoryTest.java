package eddy.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;

class SharedRocksMemoryTest {
  private static final long BYTES = 64 << 20;
  private static final int WRITTEN = 4 << 20;

  @TempDir Path directory;

  @Test
  void setConfig_twoStores_shareOneBoundOnWrites() {
    try (Options first = new Options();
        Options second = new Options()) {
      for (Options options : new Options[] {first, second}) {
        options.setTableFormatConfig(new BlockBasedTableConfig());
        new SharedRocksMemory()
            .setConfig("store", options, Map.of(SharedRocksMemory.BYTES, String.valueOf(BYTES)));
      }
      assertThat(first.writeBufferManager()).isNotNull().isSameAs(second.writeBufferManager());
    }
  }

  /**
   * Writes of a store stand in its memtable, which is charged to the cache: an empty one is not.
   */
  @Test
  void usedBytes_afterWritesOfARealStore_countsThem() {
    Properties settings = new Properties();
    settings.put("application.id", "app");
    settings.put("bootstrap.servers", "unused:9092");
    settings.put("state.dir", directory.toString());
    settings.put("rocksdb.config.setter", SharedRocksMemory.class.getName());
    settings.put(SharedRocksMemory.BYTES, BYTES);
    Topology topology = new Topology();
    topology
        .addSource("source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "in")
        .addProcessor("writer", Writer::new, "source")
        .addStateStore(
            Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore("store"), Serdes.Bytes(), Serdes.ByteArray()),
            "writer");
    try (TopologyTestDriver driver = new TopologyTestDriver(topology, settings)) {
      long before = SharedRocksMemory.usedBytes();
      driver
          .createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer())
          .pipeInput(new byte[1], new byte[WRITTEN]);

      assertThat(SharedRocksMemory.usedBytes() - before)
          .isGreaterThanOrEqualTo(WRITTEN)
          .isLessThan(BYTES);
    }
  }

  private static final class Writer extends ContextualProcessor<byte[], byte[], Void, Void> {
    @Override
    public void process(Record<byte[], byte[]> record) {
      KeyValueStore<Bytes, byte[]> store = context().getStateStore("store");
      store.put(Bytes.wrap(record.key()), record.value());
    }
  }
}
