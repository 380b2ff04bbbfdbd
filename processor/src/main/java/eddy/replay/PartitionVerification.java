package eddy.replay;

import eddy.config.EddyConfig;
import eddy.event.PredictionRecord;
import eddy.event.SchemaRegistryException;
import eddy.ledger.LedgerCodec;
import eddy.ledger.LedgerEntry;
import eddy.task.TaskLearner;
import eddy.task.TaskOutput;
import eddy.task.TaskStores;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Utils;

/**
 * One partition of the input, or of the ledger, learned from anew: each prediction compared with
 * the published one.
 */
final class PartitionVerification implements TaskOutput, Closeable {
  private final PartitionRecords input;
  private final Outputs outputs;
  private final int outputPartitions;
  private final Beginning beginning;
  private final TaskLearner learner;
  private final boolean ledger;
  private final long bytesPerKey;
  private final Map<Integer, PublishedPartition> published = new TreeMap<>();
  private long position; // of the record being taken
  private long equal;
  private long deleted;
  private Difference difference;
  private PublishedPartition lacking; // where the first prediction is missing, at the end
  private long lackingAt;

  /**
   * Opens the predictions of an input partition in an output partition, those of events up to an
   * offset left out.
   */
  @FunctionalInterface
  interface Outputs {
    PublishedPartition open(int inputPartition, int outputPartition, long derivedAfter);
  }

  /**
   * A verification that has compared nothing.
   *
   * @param input from the beginning on
   */
  PartitionVerification(
      EddyConfig config,
      Beginning beginning,
      PartitionRecords input,
      Outputs outputs,
      int outputPartitions) {
    this.beginning = beginning;
    this.input = input;
    this.outputs = outputs;
    this.outputPartitions = outputPartitions;
    learner = new TaskLearner(config, number(), beginning.stores(), this);
    ledger = config.usesLedger();
    bytesPerKey = config.newPrequential().fewestBytesPerKey();
  }

  /** Number of the input partition. */
  int number() {
    return input.partition().partition();
  }

  /**
   * Takes the next record; false at the end, after a difference, and where no prediction is left to
   * compare with.
   */
  boolean next() throws IOException {
    if (difference != null || (lacking != null && allRead())) {
      return false;
    }
    ConsumerRecord<byte[], byte[]> record = input.next();
    if (record == null) {
      return false;
    }
    position = record.offset();
    try {
      learner.take(position, entry(record));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (SchemaRegistryException e) {
      throw new IOException(e.getMessage(), e);
    }
    return true;
  }

  private LedgerEntry entry(ConsumerRecord<byte[], byte[]> record) {
    if (ledger) {
      return LedgerCodec.read(record);
    }
    return new LedgerEntry(
        LedgerEntry.Kind.EVENT,
        record.partition(),
        record.offset(),
        // as an app takes a record that never had one
        Math.max(0, record.timestamp()),
        record.key(),
        record.value(),
        record.headers());
  }

  private boolean allRead() throws IOException {
    for (PublishedPartition output : published.values()) {
      if (output.peek() != null) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void prediction(LedgerEntry event, byte[] prediction) {
    try {
      compare(
          event.offset(),
          new Publication(event.key(), prediction, event.timestamp(), event.headers()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void compare(long offset, Publication derived) throws IOException {
    if (difference != null) {
      return;
    }
    PublishedPartition output = output(derived.key());
    ConsumerRecord<byte[], byte[]> found = output.peek();
    if (found == null) {
      if (lacking == null) {
        lacking = output;
        lackingAt = position;
      }
    } else if (output.deleted(offset)) {
      deleted++;
    } else if (Publication.of(found).equalTo(derived)) {
      output.pass();
      equal++;
    } else {
      // a record that was altered to name another partition looks like one of that partition
      difference = different(output.passedOver() == null ? found : output.passedOver(), derived);
    }
  }

  /** Where the producer of Kafka Streams puts a prediction: by the hash of its key. */
  private PublishedPartition output(byte[] key) {
    int partition = Utils.toPositive(Utils.murmur2(key)) % outputPartitions;
    return published.computeIfAbsent(
        partition, unopened -> outputs.open(number(), unopened, beginning.inputOffset()));
  }

  private Difference different(ConsumerRecord<byte[], byte[]> found, Publication derived) {
    PredictionRecord stands = PublishedPartition.parsed(found.value());
    PredictionRecord due = PublishedPartition.parsed(derived.value());
    String what = "differs from what " + due.id() + " gives";
    if (stands == null) {
      what = "is no prediction; " + due.id() + " gives one here";
    } else if (stands.partition() == due.partition() && stands.offset() > due.offset()) {
      what = "comes without the prediction of " + due.id() + ", which is missing";
    } else if (stands.partition() == due.partition() && stands.offset() < due.offset()) {
      what = "is out of order, or is there twice; it is the turn of " + due.id();
    }
    return new Difference(
        output(derived.key()).partition(),
        found.offset(),
        what,
        FieldDifference.between(Publication.of(found), derived));
  }

  /** Nothing: dead letters are not compared. */
  @Override
  public void deadLetter(LedgerEntry entry, byte[] value, Headers headers) {}

  /**
   * Throws where the keys outgrow the memory.
   *
   * @param heapBytes bound of the state of all keys
   */
  void requireRoom(long heapBytes) {
    if (beginning.keys().size() * bytesPerKey > heapBytes) {
      throw new ReplayException(
          "the keys do not fit into memory: "
              + beginning.keys().size()
              + " keys of "
              + bytesPerKey
              + " bytes exceed "
              + heapBytes
              + " bytes; give the JVM more heap with -Xmx");
    }
  }

  /** The difference, after what is left in the output has been looked at. */
  Optional<Difference> finish(CommittedOffsets committed) throws IOException {
    if (difference != null) {
      return Optional.of(difference);
    }
    for (PublishedPartition output : published.values()) {
      ConsumerRecord<byte[], byte[]> left = output.peek();
      if (left != null) {
        return Optional.of(
            new Difference(
                output.partition(),
                left.offset(),
                lacking == null
                    ? "comes after the predictions of all events"
                    : "comes without a prediction that is missing in " + lacking.partition(),
                List.of()));
      }
    }
    if (lacking != null && committed.passed(input.partition(), lackingAt) && !lacking.grows()) {
      return Optional.of(
          new Difference(
              lacking.partition(),
              lacking.end(),
              "is missing: the app has passed "
                  + input.partition()
                  + "-"
                  + lackingAt
                  + " without the prediction that it gives",
              List.of()));
    }
    return Optional.empty();
  }

  /** Where the app has not come to the end. */
  Optional<Verified.Behind> behind() {
    return lacking == null
        ? Optional.empty()
        : Optional.of(new Verified.Behind(input.partition().toString(), lackingAt, input.size()));
  }

  /** Predictions found equal. */
  long equal() {
    return equal;
  }

  /** Predictions that the output topic no longer holds. */
  long deleted() {
    return deleted;
  }

  /** What has been learned. */
  TaskStores stores() {
    return beginning.stores();
  }

  /** The output partitions that were compared with. */
  Collection<PublishedPartition> published() {
    return published.values();
  }

  @Override
  public void close() {
    published.values().forEach(PublishedPartition::close);
    learner.close();
  }
}
