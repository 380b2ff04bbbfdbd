package eddy.task;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.ledger.LedgerCodec;
import eddy.ledger.LedgerEntry;
import java.io.IOException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an earlier version has stored of tasks, snapshots and ledgers is read. */
class GoldenRecordsTest {
  private static void requireGolden(int format, TaskState read) {
    TaskState expected = GoldenRecords.taskState(format);
    assertThat(read).usingRecursiveComparison().ignoringFields("counts").isEqualTo(expected);
    for (Counter counter : Counter.values()) {
      // those that were added since begin at zero
      assertThat(read.count(counter)).isIn(expected.count(counter), 0L);
    }
    assertThat(read.count(Counter.FALLBACKS)).isEqualTo(expected.count(Counter.FALLBACKS));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void decode_taskState_isWhatWasStored(int format) throws IOException {
    byte[] stored = GoldenRecords.read(format, GoldenRecords.TASK_STATE);
    requireGolden(format, new TaskStateCodec().decode(stored));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void decode_snapshotHead_isWhatWasStored(int format) throws IOException {
    SnapshotHead read =
        SnapshotHead.decode(GoldenRecords.read(format, GoldenRecords.SNAPSHOT_HEAD));
    SnapshotHead expected = GoldenRecords.snapshotHead(format);
    assertThat(read.full()).isEqualTo(expected.full());
    assertThat(read.weights()).isEqualTo(expected.weights());
    assertThat(read.keys()).isEqualTo(expected.keys());
    requireGolden(format, read.task());
  }

  @Test
  void decode_ledgerEntry_isWhatWasStored() throws IOException {
    LedgerEntry read =
        LedgerCodec.decode(
            GoldenRecords.KEY,
            GoldenRecords.read(1, GoldenRecords.LEDGER_ENTRY),
            new RecordHeaders());
    LedgerEntry expected = GoldenRecords.ledgerEntry();
    assertThat(read.kind()).isEqualTo(expected.kind());
    assertThat(read.partition()).isEqualTo(expected.partition());
    assertThat(read.offset()).isEqualTo(expected.offset());
    assertThat(read.timestamp()).isEqualTo(expected.timestamp());
    assertThat(read.value()).isEqualTo(expected.value());
    assertThat(LedgerCodec.encode(expected))
        .isEqualTo(GoldenRecords.read(1, GoldenRecords.LEDGER_ENTRY));
  }
}
