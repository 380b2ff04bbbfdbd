package eddy.stream;

import eddy.ledger.LedgerCodec;
import eddy.ledger.LedgerEntry;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Keeps an entry in the partition that its record came from, or gives it to all or all others. */
final class LedgerPartitioner implements StreamPartitioner<byte[], byte[]> {
  @Override
  public Optional<Set<Integer>> partitions(
      String topic, byte[] key, byte[] frame, int numPartitions) {
    LedgerEntry.Kind kind = LedgerCodec.kind(frame);
    if (kind.isForAll()) {
      // a partition knows its own weights
      int without = kind == LedgerEntry.Kind.WEIGHTS ? LedgerCodec.partition(frame) : -1;
      return Optional.of(
          IntStream.range(0, numPartitions)
              .filter(partition -> partition != without)
              .boxed()
              .collect(Collectors.toUnmodifiableSet()));
    }
    // the control topic may have more partitions than the input
    return Optional.of(Set.of(LedgerCodec.partition(frame) % numPartitions));
  }
}
