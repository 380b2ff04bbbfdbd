package eddy.task;

import eddy.event.DeadLetter;
import eddy.ledger.LedgerEntry;

/** Takes what a task has to say, while it takes an entry. */
public interface TaskOutput {
  /**
   * Takes a prediction record.
   *
   * @param event that it was made at
   */
  void prediction(LedgerEntry event, byte[] prediction);

  /** Takes a dead letter; its headers are to be added to those of the entry. */
  void deadLetter(LedgerEntry entry, DeadLetter letter);
}
