package eddy.stream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs how long stores take to be restored from their changelogs. */
final class RestoreLog implements StateRestoreListener {
  private static final Logger log = LoggerFactory.getLogger(RestoreLog.class);

  private final Map<TopicPartition, Long> started = new ConcurrentHashMap<>();

  @Override
  public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
    started.put(partition, System.nanoTime());
  }

  @Override
  public void onBatchRestored(TopicPartition partition, String store, long last, long count) {}

  @Override
  public void onRestoreEnd(TopicPartition partition, String store, long total) {
    Long since = started.remove(partition);
    if (total > 0 && since != null) {
      log.info(
          "Restored {} records of {} partition {} in {} ms",
          total,
          store,
          partition.partition(),
          (System.nanoTime() - since) / 1_000_000);
    }
  }
}
