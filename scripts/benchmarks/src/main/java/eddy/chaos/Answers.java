package eddy.chaos;

import eddy.benchmark.Onlooker;
import eddy.crash.Cluster;
import eddy.crash.EventStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * How far an app has answered each partition of its input, in committed records, and how long the
 * oldest event waits that has none. For one thread.
 */
final class Answers implements AutoCloseable {
  private static final Pattern ID = Pattern.compile("^\\{\"id\":\"[^\"]*-(\\d+)-(\\d+)\"");

  /** Until when events had come in: up to this offset, by then. */
  private record Mark(long end, long nanos) {}

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final EventStream stream;
  private final long[] answered = new long[Cluster.PARTITIONS];
  private final List<Deque<Mark>> waiting =
      IntStream.range(0, Cluster.PARTITIONS)
          .<Deque<Mark>>mapToObj(p -> new ArrayDeque<>())
          .toList();
  private long count;
  private double longestWait;

  Answers(String bootstrapServers, EventStream stream, String predictions, String deadLetters) {
    this.stream = stream;
    consumer = Onlooker.of(bootstrapServers, "read_committed");
    List<TopicPartition> partitions = Onlooker.partitions(predictions, Cluster.PARTITIONS);
    consumer.assign(
        java.util.stream.Stream.concat(
                partitions.stream(), Onlooker.partitions(deadLetters, Cluster.PARTITIONS).stream())
            .toList());
    consumer.seekToBeginning(consumer.assignment());
  }

  /** Takes note of what has come in, and of what was answered, in some milliseconds. */
  void poll() {
    long now = System.nanoTime();
    for (int partition = 0; partition < answered.length; partition++) {
      long end = stream.end(partition);
      Deque<Mark> marks = waiting.get(partition);
      if (marks.isEmpty() ? end > answered[partition] : end > marks.peekLast().end()) {
        marks.addLast(new Mark(end, now));
      }
    }
    consumer.poll(Duration.ofMillis(20)).forEach(this::take);
    now = System.nanoTime();
    for (int partition = 0; partition < answered.length; partition++) {
      Deque<Mark> marks = waiting.get(partition);
      while (!marks.isEmpty() && marks.peekFirst().end() <= answered[partition]) {
        wait(now, marks.removeFirst());
      }
      if (!marks.isEmpty()) {
        wait(now, marks.peekFirst());
      }
    }
  }

  private void wait(long now, Mark mark) {
    longestWait = Math.max(longestWait, (now - mark.nanos()) / 1e9);
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    Header topic = record.headers().lastHeader("eddy.error.topic");
    if (topic == null) {
      int length = Math.min(200, record.value().length);
      String head = new String(record.value(), 0, length, StandardCharsets.UTF_8);
      Matcher id = ID.matcher(head);
      if (!id.find()) {
        throw new IllegalStateException("a prediction without an id: " + head);
      }
      answered(Integer.parseInt(id.group(1)), Long.parseLong(id.group(2)));
    } else if (eddy.crash.Row.EVENTS.equals(text(topic))) {
      answered(
          Integer.parseInt(text(record.headers().lastHeader("eddy.error.partition"))),
          Long.parseLong(text(record.headers().lastHeader("eddy.error.offset"))));
    }
  }

  private static String text(Header header) {
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  private void answered(int partition, long offset) {
    count++;
    answered[partition] = Math.max(answered[partition], offset + 1);
  }

  /** Number of committed answers. */
  long count() {
    return count;
  }

  /** Whether everything is answered that has come in. */
  boolean complete() {
    return IntStream.range(0, answered.length).allMatch(p -> answered[p] >= stream.end(p));
  }

  /** Whether in every partition everything up to these offsets is answered. */
  boolean reached(long[] ends) {
    return IntStream.range(0, answered.length).allMatch(p -> answered[p] >= ends[p]);
  }

  /** Offsets after what has come in. */
  long[] ends() {
    return IntStream.range(0, answered.length).mapToLong(stream::end).toArray();
  }

  /** Seconds of the longest wait since this was asked last. */
  double takeLongestWait() {
    double longest = longestWait;
    longestWait = 0;
    return longest;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
