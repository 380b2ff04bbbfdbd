package eddy.task;

/** What a task counts as long as its state lives. New ones go to the end: their order is stored. */
public enum Counter {
  /** Events accepted. */
  EVENTS,
  /** Predictions published. */
  PREDICTIONS,
  /** Records that became dead letters. */
  REJECTED,
  /** Events that were earlier than the newest of their key, accepted or not. */
  LATE,
  /** Events whose id their key remembered, accepted or not. */
  DUPLICATE,
  /** Keys that were deleted because a record had no value. */
  DELETED,
  /** Labels that deleted keys were waiting for. */
  FORGOTTEN,
  /** Commands obeyed. */
  COMMANDS,
  /** Keys that came back from the store without their traces, and learn from a zero carry. */
  TRACES_LOST
}
