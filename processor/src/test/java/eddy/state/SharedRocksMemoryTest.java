package eddy.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TestInputTopic;
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
      assertThat(first.maxManifestFileSize()).isLessThan(1 << 20);
    }
  }

  /**
   * Writes of a store stand in its memtable, which is charged to the cache: an empty one is not.
   */
  @Test
  void usedBytes_afterWritesOfARealStore_countsThem() {
    try (TopologyTestDriver driver = driver(1)) {
      long before = SharedRocksMemory.usedBytes();
      input(driver).pipeInput(new byte[1], new byte[WRITTEN]);

      assertThat(SharedRocksMemory.usedBytes() - before)
          .isGreaterThanOrEqualTo(WRITTEN)
          .isLessThan(BYTES);
    }
  }

  /** More stores than MiB for writes, whatever the first app of this process has asked for. */
  @Test
  void put_smallValuesIntoManyStores_areNotWrittenToFilesOneByOne() throws IOException {
    int stores = 80;
    int rounds = 1000;
    try (TopologyTestDriver driver = driver(stores)) {
      TestInputTopic<byte[], byte[]> input = input(driver);
      for (int i = 0; i < rounds; i++) {
        input.pipeInput(new byte[] {(byte) i, (byte) (i >> 8)}, new byte[10]);
      }

      assertThat(newestFile()).isPositive().isLessThan(rounds / 10);
    }
  }

  /** Files of a RocksDB are numbered in the order in which they were made. */
  private int newestFile() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("\\d+\\.(sst|log)"))
          .mapToInt(name -> Integer.parseInt(name.substring(0, name.indexOf('.'))))
          .max()
          .orElse(0);
    }
  }

  private TopologyTestDriver driver(int stores) {
    Properties settings = new Properties();
    settings.put("application.id", "app");
    settings.put("bootstrap.servers", "unused:9092");
    settings.put("state.dir", directory.toString());
    settings.put("rocksdb.config.setter", SharedRocksMemory.class.getName());
    settings.put(SharedRocksMemory.BYTES, BYTES);
    Topology topology = new Topology();
    topology
        .addSource("source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "in")
        .addProcessor("writer", () -> new Writer(stores), "source");
    for (int i = 0; i < stores; i++) {
      topology.addStateStore(
          Stores.keyValueStoreBuilder(
              Stores.persistentKeyValueStore("store" + i), Serdes.Bytes(), Serdes.ByteArray()),
          "writer");
    }
    return new TopologyTestDriver(topology, settings);
  }

  private static TestInputTopic<byte[], byte[]> input(TopologyTestDriver driver) {
    return driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Puts every record into every store. */
  private static final class Writer extends ContextualProcessor<byte[], byte[], Void, Void> {
    private final int stores;

    Writer(int stores) {
      this.stores = stores;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      for (int i = 0; i < stores; i++) {
        KeyValueStore<Bytes, byte[]> store = context().getStateStore("store" + i);
        store.put(Bytes.wrap(record.key()), record.value());
      }
    }
  }
}
