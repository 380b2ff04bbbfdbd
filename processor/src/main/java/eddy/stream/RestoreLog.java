package eddy.stream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows how far stores have been restored from their changelogs, and logs how long it took. */
final class RestoreLog implements StateRestoreListener {
  private static final Logger log = LoggerFactory.getLogger(RestoreLog.class);

  private final Map<TopicPartition, Running> running = new ConcurrentHashMap<>();

  private record Running(long since, long records, long total) {
    Running plus(long more) {
      return new Running(since, records + more, total);
    }
  }

  @Override
  public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
    running.put(partition, new Running(System.nanoTime(), 0, Math.max(0, to - from)));
  }

  @Override
  public void onBatchRestored(TopicPartition partition, String store, long last, long count) {
    running.computeIfPresent(partition, (key, now) -> now.plus(count));
  }

  @Override
  public void onRestoreEnd(TopicPartition partition, String store, long total) {
    Running ended = running.remove(partition);
    if (total > 0 && ended != null) {
      log.info(
          "Restored {} records of {} partition {} in {} ms",
          total,
          store,
          partition.partition(),
          (System.nanoTime() - ended.since) / 1_000_000);
    }
  }

  @Override
  public void onRestoreSuspended(TopicPartition partition, String store, long total) {
    running.remove(partition);
  }

  RestoreProgress progress() {
    int partitions = 0;
    long records = 0;
    long total = 0;
    for (Running now : running.values()) {
      partitions++;
      records += now.records;
      total += now.total;
    }
    return new RestoreProgress(partitions, records, total);
  }
}
