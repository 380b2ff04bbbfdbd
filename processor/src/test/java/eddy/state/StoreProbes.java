package eddy.state;

import eddy.fuzz.Probe;
import eddy.fuzz.Refusal;
import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Shows hostile records to a store's reader of values. */
public final class StoreProbes {
  private static final Bytes KEY = Bytes.wrap(new byte[] {7});
  private static final Bytes RECORD = Bytes.wrap(new byte[] {0, 7});

  private StoreProbes() {}

  /** First chunks: of a value, and of one with parts. */
  public static byte[][] seeds() {
    byte[] plain = ByteBuffer.allocate(21).putLong(3).putInt(5).putInt(0).array();
    byte[] parts =
        ByteBuffer.allocate(45)
            .putLong(3)
            .putInt(5)
            .putInt(2)
            .putLong(3)
            .putInt(4)
            .putLong(2)
            .putInt(0)
            .array();
    return new byte[][] {plain, parts};
  }

  /** A probe of first chunks. */
  public static Probe chunks() {
    KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore("values").get();
    ChunkedValues values = new ChunkedValues(store);
    return input -> {
      store.put(RECORD, input);
      try {
        ChunkedValues.Found found = values.read(KEY);
        for (int part = 0; part < found.extent().parts(); part++) {
          values.readPart(KEY, part, found.extent());
        }
        values.forNext(null, (key, value) -> true);
        values.write(KEY, new byte[3], values.extent(KEY));
        return 0;
      } catch (ProcessorStateException e) {
        return Refusal.shape(e.getMessage());
      }
    };
  }
}
