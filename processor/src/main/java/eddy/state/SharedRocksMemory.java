package eddy.state;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One bound on what all RocksDB stores of a process hold outside of the heap.
 *
 * <p>Unset, every store of every partition may take 50 MB for blocks and 48 MB for writes. Here
 * they share one cache of blocks, indexes and filters, and half of it may be writes that are not on
 * disk yet. Lives as long as the process; the first app in it says how large it is.
 */
public final class SharedRocksMemory implements RocksDBConfigSetter {
  /** Setting of Kafka Streams' properties that says how many bytes there are. */
  public static final String BYTES = "shared.rocksdb.bytes";

  /** Share of indexes and filters, which are needed at every read. */
  private static final double INDEXES = 0.25;

  private static final double WRITES = 0.5;

  /**
   * Bytes that a memtable takes at once, and holds with its first record. An eighth of a memtable
   * unless said otherwise, but at most 1 MiB: with some more stores than MiB for writes, empty
   * memtables alone would be too much, and every put would be written to a file of its own.
   */
  private static final long BLOCK = 64 << 10;

  /**
   * Bytes of a store's journal of its files before a new one is begun: RocksDB itself would let it
   * grow to 1 GiB.
   */
  private static final long JOURNAL = 64 << 10;

  // by the number of cores, as RocksDB itself would
  private static final int SHARD_BITS = -1;

  private static Cache cache;
  private static WriteBufferManager writes;

  /** Made by Kafka Streams for every store. */
  public SharedRocksMemory() {}

  private static synchronized void allocate(long bytes) {
    if (cache == null) {
      RocksDB.loadLibrary();
      // not strict: what must be read is read, the cache then shrinks by the next insertion
      cache = new LRUCache(bytes, SHARD_BITS, false, INDEXES);
      writes = new WriteBufferManager((long) (bytes * WRITES), cache);
    }
  }

  /** Bytes that the stores of this process hold now. */
  public static synchronized long usedBytes() {
    return cache == null ? 0 : cache.getUsage();
  }

  @Override
  public void setConfig(String store, Options options, Map<String, Object> settings) {
    allocate(Long.parseLong(settings.get(BYTES).toString()));
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(cache);
    table.setCacheIndexAndFilterBlocks(true);
    table.setCacheIndexAndFilterBlocksWithHighPriority(true);
    table.setPinTopLevelIndexAndFilter(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(writes);
    options.setArenaBlockSize(BLOCK);
    options.setMaxManifestFileSize(JOURNAL);
    options.setManifestPreallocationSize(JOURNAL);
  }

  /** Closes nothing: others share it. */
  @Override
  public void close(String store, Options options) {}
}
