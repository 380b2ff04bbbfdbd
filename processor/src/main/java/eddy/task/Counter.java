package eddy.task;

/** What a task counts as long as its state lives. New ones go to the end: their order is stored. */
public enum Counter {
  /** Events accepted. */
  EVENTS,
  /** Predictions published. */
  PREDICTIONS,
  /** Records that became dead letters. */
  REJECTED
}
