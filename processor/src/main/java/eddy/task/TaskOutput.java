package eddy.task;

import eddy.ledger.LedgerEntry;
import org.apache.kafka.common.header.Headers;

/** Takes what a task has to say, while it takes an entry. */
public interface TaskOutput {
  /**
   * Takes a prediction record.
   *
   * @param event that it was made at
   */
  void prediction(LedgerEntry event, byte[] prediction);

  /** Takes the weights that other partitions are due; whoever reads them from a ledger need not. */
  default void weights(byte[] published) {}

  /**
   * Takes a score record.
   *
   * @param key of the prediction that has matured
   */
  default void score(byte[] key, byte[] score) {}

  /** Takes a record of a drift. */
  default void drift(byte[] drift) {}

  /**
   * Takes a dead letter.
   *
   * @param entry that was rejected
   * @param value what is kept of its value, null where it had none
   * @param headers what is kept of its own, and why it was rejected
   */
  void deadLetter(LedgerEntry entry, byte[] value, Headers headers);
}
