package eddy.stream;

import eddy.config.EddyConfig;
import eddy.event.DeadLetter;
import eddy.ledger.LedgerCodec;
import eddy.ledger.LedgerEntry;
import eddy.task.Command;
import eddy.task.CommandReader;
import eddy.task.TaskLearner;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Makes a ledger entry of every record, in the order in which they arrive here. Keeps nothing: the
 * order is decided once, by the ledger.
 *
 * <p>A record that the learner would reject for its size alone becomes its dead letter already, for
 * it might not fit into the ledger; and so does a command that says nothing.
 */
final class LedgerAppender extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
  private final Map<String, LedgerEntry.Kind> kinds;
  private final int largestValue;

  LedgerAppender(EddyConfig config) {
    kinds = kinds(config);
    largestValue = config.ledgerValueBytes();
  }

  /** Topics that the ledger takes records of. */
  static Map<String, LedgerEntry.Kind> kinds(EddyConfig config) {
    Map<String, LedgerEntry.Kind> kinds = new HashMap<>();
    kinds.put(config.inputTopic(), LedgerEntry.Kind.EVENT);
    if (config.labelsTopic() != null) {
      kinds.put(config.labelsTopic(), LedgerEntry.Kind.LABEL);
    }
    if (config.controlTopic() != null) {
      kinds.put(config.controlTopic(), LedgerEntry.Kind.CONTROL);
    }
    if (config.weightsTopic() != null) {
      kinds.put(config.weightsTopic(), LedgerEntry.Kind.WEIGHTS);
    }
    return kinds;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata source =
        context()
            .recordMetadata()
            .orElseThrow(() -> new IllegalStateException("an entry must come from a topic"));
    LedgerEntry entry =
        new LedgerEntry(
            kinds.get(source.topic()),
            source.partition(),
            source.offset(),
            record.timestamp(),
            record.key(),
            record.value(),
            record.headers());
    String refusal = refusal(entry);
    if (refusal != null) {
      entry = rejected(entry, source.topic(), refusal);
    }
    context()
        .forward(
            new Record<>(
                entry.key(), LedgerCodec.encode(entry), entry.timestamp(), entry.headers()));
  }

  private String refusal(LedgerEntry entry) {
    if (entry.kind() == LedgerEntry.Kind.WEIGHTS) {
      return null;
    }
    String tooLarge = TaskLearner.tooLarge(entry, largestValue);
    // what is wrong with a command is said once, not by every partition
    if (tooLarge == null
        && entry.kind() == LedgerEntry.Kind.CONTROL
        && CommandReader.read(entry.value()) instanceof Command.Refused refused) {
      return refused.reason();
    }
    return tooLarge;
  }

  private static LedgerEntry rejected(LedgerEntry entry, String topic, String reason) {
    DeadLetter letter = TaskLearner.letter(entry, topic, reason);
    byte[] key = entry.key();
    boolean longKey = key != null && key.length > TaskLearner.LONGEST_KEY;
    return new LedgerEntry(
        LedgerEntry.Kind.REJECTED,
        entry.partition(),
        entry.offset(),
        entry.timestamp(),
        longKey ? Arrays.copyOf(key, TaskLearner.LONGEST_KEY) : key,
        letter.value(),
        TaskLearner.headers(entry, letter));
  }
}
