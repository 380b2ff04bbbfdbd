package eddy.stream;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Gives weights the key by which only the newest of each partition are kept: its number. */
final class WeightsSender extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
  /** Sends weights to the partition that they were learned in. */
  static final StreamPartitioner<byte[], byte[]> PARTITIONER =
      (topic, key, value, partitions) -> Optional.of(Set.of(ByteBuffer.wrap(key).getInt()));

  @Override
  public void process(Record<byte[], byte[]> record) {
    byte[] key = ByteBuffer.allocate(Integer.BYTES).putInt(context().taskId().partition()).array();
    // the headers are those of the event that happened to be the last one
    context().forward(record.withKey(key).withHeaders(new RecordHeaders()));
  }
}
