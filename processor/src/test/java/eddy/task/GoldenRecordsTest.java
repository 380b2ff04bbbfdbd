package eddy.task;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.ledger.LedgerCodec;
import eddy.ledger.LedgerEntry;
import java.io.IOException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** What an earlier version has stored of tasks, snapshots and ledgers is read. */
class GoldenRecordsTest {
  private static void requireGolden(TaskState read) {
    TaskState expected = GoldenRecords.taskState();
    assertThat(read).usingRecursiveComparison().ignoringFields("counts").isEqualTo(expected);
    for (Counter counter : Counter.values()) {
      // those that were added since begin at zero
      assertThat(read.count(counter)).isIn(expected.count(counter), 0L);
    }
    assertThat(read.count(Counter.FALLBACKS)).isEqualTo(expected.count(Counter.FALLBACKS));
  }

  @Test
  void decode_taskState_isWhatWasStored() throws IOException {
    requireGolden(new TaskStateCodec().decode(GoldenRecords.read(GoldenRecords.TASK_STATE)));
  }

  @Test
  void decode_snapshotHead_isWhatWasStored() throws IOException {
    SnapshotHead read = SnapshotHead.decode(GoldenRecords.read(GoldenRecords.SNAPSHOT_HEAD));
    SnapshotHead expected = GoldenRecords.snapshotHead();
    assertThat(read.full()).isEqualTo(expected.full());
    assertThat(read.weights()).isEqualTo(expected.weights());
    assertThat(read.keys()).isEqualTo(expected.keys());
    requireGolden(read.task());
  }

  @Test
  void decode_ledgerEntry_isWhatWasStored() throws IOException {
    LedgerEntry read =
        LedgerCodec.decode(
            GoldenRecords.KEY, GoldenRecords.read(GoldenRecords.LEDGER_ENTRY), new RecordHeaders());
    LedgerEntry expected = GoldenRecords.ledgerEntry();
    assertThat(read.kind()).isEqualTo(expected.kind());
    assertThat(read.partition()).isEqualTo(expected.partition());
    assertThat(read.offset()).isEqualTo(expected.offset());
    assertThat(read.timestamp()).isEqualTo(expected.timestamp());
    assertThat(read.value()).isEqualTo(expected.value());
    assertThat(LedgerCodec.encode(expected))
        .isEqualTo(GoldenRecords.read(GoldenRecords.LEDGER_ENTRY));
  }
}
