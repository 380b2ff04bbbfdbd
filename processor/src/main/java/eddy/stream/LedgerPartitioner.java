package eddy.stream;

import eddy.ledger.LedgerCodec;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Keeps an entry in the partition that its record came from, or gives it to all of them. */
final class LedgerPartitioner implements StreamPartitioner<byte[], byte[]> {
  @Override
  public Optional<Set<Integer>> partitions(
      String topic, byte[] key, byte[] frame, int numPartitions) {
    if (LedgerCodec.kind(frame).isForAll()) {
      return Optional.of(
          IntStream.range(0, numPartitions).boxed().collect(Collectors.toUnmodifiableSet()));
    }
    // the control topic may have more partitions than the input
    return Optional.of(Set.of(LedgerCodec.partition(frame) % numPartitions));
  }
}
