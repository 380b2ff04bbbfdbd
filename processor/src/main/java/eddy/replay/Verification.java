package eddy.replay;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import eddy.task.TaskStores;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Derives every prediction that an app has published anew, from what it has learned from, and
 * compares them byte for byte: value, key, timestamp and headers.
 *
 * <p>Only looks at the app's topics and at its group's committed offsets. Predictions published
 * after the start are left for the next time. For one thread.
 */
public final class Verification implements Closeable {
  private final EddyConfig config;
  private final OutsideClients clients;
  private final Consumer<byte[], byte[]> consumer;
  private final CommittedOffsets committed;
  private final List<TopicPartition> inputs;
  private final List<TopicPartition> outputs;
  private final Map<TopicPartition, Long> inputEnds;
  private final Map<TopicPartition, Beginning> beginnings = new HashMap<>();
  private final Map<TopicPartition, Long> outputStarts;
  private final Map<TopicPartition, Long> outputEnds;
  private final Map<Integer, Shares> shares = new TreeMap<>();
  private long heapBytes = Long.MAX_VALUE;
  private Replay.Progress progress = (events, fraction) -> {};
  private ObjIntConsumer<TaskStores> learned = (stores, partition) -> {};

  /** How the records of one output partition divide among the partitions of the input. */
  private static final class Shares {
    final Map<Integer, Long> equal = new TreeMap<>();
    Map<Integer, Long> named = Map.of();
    Map<Integer, Long> first = Map.of();
  }

  private Verification(EddyConfig config, OutsideClients clients) throws IOException {
    this.config = config;
    this.clients = clients;
    consumer = clients.consumer();
    try {
      inputs =
          clients.first(
              () ->
                  config.usesLedger()
                      ? clients.partitions(consumer, "the ledger", config.ledgerTopic())
                      : clients.partitions(consumer, "eddy.input.topic", config.inputTopic()));
      outputs = clients.partitions(consumer, "eddy.output.topic", config.outputTopic());
      // in this order: whatever the app has passed is published, and has its event
      committed = CommittedOffsets.of(clients, config, inputs);
      outputEnds = consumer.endOffsets(outputs);
      outputStarts = consumer.beginningOffsets(outputs);
      inputEnds = consumer.endOffsets(inputs);
      findBeginnings(consumer.beginningOffsets(inputs));
    } catch (IOException | RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  /**
   * A verification of what stands in the output topic now.
   *
   * @throws ConfigurationException where a topic is not there, or the input no longer begins at its
   *     first event and no full snapshot was taken since
   * @throws IOException where the broker cannot be asked
   */
  public static Verification open(EddyConfig config, String bootstrapServers) throws IOException {
    config.requireReproducible();
    require("eddy.input.topic", config.inputTopic());
    require("eddy.output.topic", config.outputTopic());
    return new Verification(config, new OutsideClients(config, bootstrapServers));
  }

  private static void require(String key, String topic) {
    if (topic == null) {
      throw new ConfigurationException(
          key + ": is missing; write the name of the topic that the app uses");
    }
  }

  private void findBeginnings(Map<TopicPartition, Long> starts) throws IOException {
    List<String> problems = new ArrayList<>();
    for (TopicPartition input : inputs) {
      long start = starts.get(input);
      Optional<Beginning> beginning =
          start == 0
              ? Optional.of(Beginning.first())
              : Beginning.snapshot(config, consumer, input, start);
      beginning.ifPresentOrElse(
          found -> beginnings.put(input, found), () -> problems.add(unusable(input, start)));
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  private static String unusable(TopicPartition input, long start) {
    return input
        + " begins at offset "
        + start
        + ": earlier events have been deleted, and what was learned from them cannot be derived"
        + " again, nor was a full snapshot taken since; the earliest usable offset is "
        + start
        + ", for a new application.id that begins there";
  }

  /** Bounds the memory of key states; without it only the heap does. */
  public Verification heapBytes(long bytes) {
    heapBytes = bytes;
    return this;
  }

  /** Tells how far it is. */
  public Verification progress(Replay.Progress listener) {
    progress = listener;
    return this;
  }

  /** Is shown what was learned by the end of each partition, with its number. */
  public Verification learned(ObjIntConsumer<TaskStores> listener) {
    learned = listener;
    return this;
  }

  /**
   * Compares partition after partition, up to the first difference.
   *
   * @throws IOException where a topic cannot be read any further
   * @throws ReplayException where the keys outgrow the memory
   */
  public Verified run() throws IOException {
    long total = Math.max(1, inputEnds.values().stream().mapToLong(Long::longValue).sum());
    long before = 0;
    long events = 0;
    long equal = 0;
    long deleted = 0;
    List<Verified.Behind> behind = new ArrayList<>();
    for (TopicPartition input : inputs) {
      Beginning beginning = beginnings.remove(input);
      PartitionRecords records =
          new PartitionRecords(consumer, input, beginning.offset(), inputEnds.get(input));
      try (PartitionVerification partition =
          new PartitionVerification(config, beginning, records, this::published, outputs.size())) {
        while (partition.next()) {
          events++;
          partition.requireRoom(heapBytes);
          progress.update(events, (double) (before + records.done()) / total);
        }
        learned.accept(partition.stores(), input.partition());
        Optional<Difference> difference = partition.finish(committed);
        equal += partition.equal();
        deleted += partition.deleted();
        partition.behind().ifPresent(behind::add);
        if (difference.isPresent()) {
          return new Verified(equal, difference, behind, deleted);
        }
        partition.published().forEach(output -> take(partition, output));
      }
      before += records.size();
    }
    return new Verified(equal, others(), behind, deleted);
  }

  /** The predictions of an input partition in an output partition. */
  private PublishedPartition published(int inputPartition, int outputPartition, long derivedAfter) {
    TopicPartition output = outputs.get(outputPartition);
    Consumer<byte[], byte[]> own = clients.consumer();
    long start = outputStarts.get(output);
    return new PublishedPartition(
        own,
        new PartitionRecords(own, output, start, outputEnds.get(output)),
        start > 0,
        inputPartition,
        inputs.size(),
        derivedAfter);
  }

  private void take(PartitionVerification partition, PublishedPartition output) {
    Shares share = shares.computeIfAbsent(output.partition().partition(), p -> new Shares());
    share.equal.put(partition.number(), output.passed());
    if (share.named.isEmpty()) {
      share.named = output.others();
      share.first = output.firstOthers();
    }
  }

  /** The first record that stands where no event puts one. */
  private Optional<Difference> others() throws IOException {
    for (TopicPartition output : outputs) {
      Shares share = shares.get(output.partition());
      if (share == null) {
        Optional<Difference> unasked = first(output);
        if (unasked.isPresent()) {
          return unasked;
        }
        continue;
      }
      for (Map.Entry<Integer, Long> named : share.named.entrySet()) {
        if (named.getValue() > share.equal.getOrDefault(named.getKey(), 0L)
            && outputStarts.get(output) == 0) {
          return Optional.of(unasked(output, share.first.get(named.getKey())));
        }
      }
    }
    return Optional.empty();
  }

  /** The first record of an output partition for which there is no event at all. */
  private Optional<Difference> first(TopicPartition output) throws IOException {
    ConsumerRecord<byte[], byte[]> record =
        new PartitionRecords(consumer, output, outputStarts.get(output), outputEnds.get(output))
            .next();
    return Optional.ofNullable(record).map(found -> unasked(output, found.offset()));
  }

  private static Difference unasked(TopicPartition output, long offset) {
    return new Difference(
        output, offset, "no event gives a prediction that belongs here", List.of());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
