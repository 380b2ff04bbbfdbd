package eddy.replay;

import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;

/**
 * The first record of an output partition that is not what its input gives.
 *
 * @param partition of the output topic
 * @param offset of the record there; where a record is missing at the end, the partition's end
 * @param what one line about it
 * @param fields that differ; empty where there is no record to compare with
 */
public record Difference(
    TopicPartition partition, long offset, String what, List<FieldDifference> fields) {
  public Difference {
    Objects.requireNonNull(partition, "partition");
    Objects.requireNonNull(what, "what");
    fields = List.copyOf(fields);
  }

  /** Topic-partition-offset. */
  public String place() {
    return partition + "-" + offset;
  }
}
