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
  TRACES_LOST,
  /** Labels that came by themselves and were scored and learned, early ones with their event. */
  LABELS_SETTLED,
  /** Labels that came before their event. */
  LABELS_EARLY,
  /** Labels that came after the deadline of their event. */
  LABELS_LATE,
  /** Labels for events that had one. */
  LABELS_DUPLICATE,
  /** Labels whose event did not come within the deadline. */
  LABELS_UNKNOWN,
  /** Predictions that have waited too long for a label. */
  EXPIRED,
  /** Milliseconds of stream time from events to their labels, of all that were settled. */
  LABEL_LAG_MS
}
