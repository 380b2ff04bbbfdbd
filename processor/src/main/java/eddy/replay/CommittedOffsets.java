package eddy.replay;

import eddy.config.EddyConfig;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;

/** How far an app has come in its input: what it has committed is published. */
record CommittedOffsets(Map<TopicPartition, Long> offsets) {
  private static final String GROUP = "application.id";

  /** The offsets of the app's group; none where it has no name, or may not be asked about. */
  static CommittedOffsets of(OutsideClients clients, EddyConfig config, List<TopicPartition> inputs)
      throws IOException {
    Object group = config.streamsProperties().get(GROUP);
    if (group == null) {
      return new CommittedOffsets(Map.of());
    }
    try (Admin admin = clients.admin()) {
      Map<TopicPartition, OffsetAndMetadata> found =
          admin
              .listConsumerGroupOffsets(
                  group.toString(), new ListConsumerGroupOffsetsOptions().requireStable(true))
              .partitionsToOffsetAndMetadata()
              .get();
      Map<TopicPartition, Long> offsets = new HashMap<>();
      for (TopicPartition input : inputs) {
        OffsetAndMetadata offset = found.get(input);
        if (offset != null) {
          offsets.put(input, offset.offset());
        }
      }
      return new CommittedOffsets(offsets);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        return new CommittedOffsets(Map.of());
      }
      throw new IOException("group " + group + ": " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking for the offsets of group " + group, e);
    }
  }

  /** Whether the app has taken the record at this offset, and published what came of it. */
  boolean passed(TopicPartition input, long offset) {
    return offset < offsets.getOrDefault(input, 0L);
  }
}
