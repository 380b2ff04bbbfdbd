package eddy.task;

import eddy.config.EddyConfig;
import eddy.drift.Detection;
import eddy.drift.DriftState;
import eddy.feature.EventSchema;
import eddy.fuzz.Probe;
import eddy.fuzz.Refusal;
import eddy.learn.IncompatibleStateException;
import eddy.ledger.LedgerEntry;
import eddy.surprise.KeyLosses;
import eddy.surprise.Surprise;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Shows hostile records to what a task reads. */
public final class TaskProbes {
  private TaskProbes() {}

  /** Of labels of a topic. */
  public static Probe label(EddyConfig config) {
    EventSchema schema = config.schema();
    LabelDecoder decoder = new LabelDecoder(config, schema, 0);
    return input -> {
      String reason =
          decoder.decode(
              new LedgerEntry(LedgerEntry.Kind.LABEL, 0, 17, 3, null, input, new RecordHeaders()));
      return reason == null ? 0 : Refusal.shape(reason);
    };
  }

  /** Of what is known of snapshots. */
  public static Probe snapshotHead() {
    return input -> {
      try {
        SnapshotHead head = SnapshotHead.decode(input);
        if (head.weights() < 0 || head.keys() < 0) {
          throw new AssertionError("a snapshot of " + head.weights() + " and " + head.keys());
        }
        return 0;
      } catch (IncompatibleStateException e) {
        return Refusal.shape(e.getMessage());
      }
    };
  }

  public static byte[] taskState() {
    TaskState state = GoldenRecords.taskState(2);
    state.sweptTo = new byte[] {1, 2, 3};
    return new TaskStateCodec().encode(state);
  }

  public static byte[] encodedHead() {
    return GoldenRecords.snapshotHead(2).encode();
  }

  /** Of two targets with some losses. */
  public static byte[] drift() {
    DriftState state = DriftState.of(new Detection.ByAdwin(0.002), true, false);
    for (int i = 0; i < 100; i++) {
      state.of(0).add(i % 2);
      state.of(1).add(i);
    }
    return new DriftStateCodec().encode(state);
  }

  /** Of two targets. */
  public static byte[] losses() {
    KeyLosses losses = new KeyLosses(2);
    Surprise surprise = new Surprise();
    for (int i = 0; i < 20; i++) {
      surprise.take(losses.of(0), losses.of(1), i, 0);
    }
    return KeyLossesCodec.of(2).encode(losses);
  }
}
