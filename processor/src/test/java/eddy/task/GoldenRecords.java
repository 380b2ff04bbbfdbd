package eddy.task;

import eddy.ledger.LedgerEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * What a task has stored besides weights and key states, in each format there was.
 *
 * <p>The files in {@code src/test/resources/eddy/golden} were written by {@link #main} and are not
 * to be written anew: a later version must read them. In format 2 the task state knows sweeps, in
 * format 3 the head of a snapshot has a checksum.
 */
final class GoldenRecords {
  static final String TASK_STATE = "task-state";
  static final String SNAPSHOT_HEAD = "snapshot-head";
  static final String LEDGER_ENTRY = "ledger-entry";
  static final byte[] KEY = "key".getBytes(StandardCharsets.UTF_8);

  private static final String FOLDER = "/eddy/golden/";

  private GoldenRecords() {}

  static TaskState taskState(int format) {
    TaskState state = new TaskState();
    if (format > 1) {
      state.sweepTime = 1_700_000_000_045L;
      state.silentFrom = 1_690_000_000_067L;
    }
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

  static SnapshotHead snapshotHead(int format) {
    return new SnapshotHead(true, 1, 20, taskState(format));
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

  static byte[] read(int format, String name) throws IOException {
    String place = FOLDER + format + "/" + name;
    try (InputStream file = GoldenRecords.class.getResourceAsStream(place)) {
      return file.readAllBytes();
    }
  }

  /** Writes the file of format 3 into the folder that is named; the others are of format 1 or 2. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    Files.write(folder.resolve(SNAPSHOT_HEAD), snapshotHead(3).encode());
  }
}
