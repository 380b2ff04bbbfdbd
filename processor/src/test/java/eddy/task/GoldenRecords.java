package eddy.task;

import eddy.ledger.LedgerCodec;
import eddy.ledger.LedgerEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * What a task of format 1 has stored besides weights and key states.
 *
 * <p>The files in {@code src/test/resources/eddy/golden/1} were written by {@link #main} and are
 * not to be written anew: a later version must read them.
 */
final class GoldenRecords {
  static final String TASK_STATE = "task-state";
  static final String SNAPSHOT_HEAD = "snapshot-head";
  static final String LEDGER_ENTRY = "ledger-entry";
  static final byte[] KEY = "key".getBytes(StandardCharsets.UTF_8);

  private static final String FOLDER = "/eddy/golden/1/";

  private GoldenRecords() {}

  static TaskState taskState() {
    TaskState state = new TaskState();
    state.fingerprint = 0x0123_4567_89ab_cdefL;
    state.streamTime = 1_700_000_000_123L;
    state.position = 4711;
    state.inputOffset = 4700;
    state.paused = true;
    state.rateFactor = 0.25f;
    for (Counter counter : Counter.values()) {
      state.add(counter, 1000L + counter.ordinal());
    }
    return state;
  }

  static SnapshotHead snapshotHead() {
    return new SnapshotHead(true, 1, 20, taskState());
  }

  static LedgerEntry ledgerEntry() {
    return new LedgerEntry(
        LedgerEntry.Kind.LABEL,
        3,
        4712,
        1_700_000_000_456L,
        KEY,
        "{\"value\":1.5}".getBytes(StandardCharsets.UTF_8),
        new RecordHeaders());
  }

  static byte[] read(String name) throws IOException {
    try (InputStream file = GoldenRecords.class.getResourceAsStream(FOLDER + name)) {
      return file.readAllBytes();
    }
  }

  /** Writes all files into the folder that is named. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    Files.write(folder.resolve(TASK_STATE), new TaskStateCodec().encode(taskState()));
    Files.write(folder.resolve(SNAPSHOT_HEAD), snapshotHead().encode());
    Files.write(folder.resolve(LEDGER_ENTRY), LedgerCodec.encode(ledgerEntry()));
  }
}
