package eddy.task;

/** What a task counts as long as its state lives. New ones go to the end: their order is stored. */
public enum Counter {
  EVENTS("Events accepted."),
  PREDICTIONS("Predictions published."),
  REJECTED("Records that became dead letters."),
  LATE("Events that were earlier than the newest of their key, accepted or not."),
  DUPLICATE("Events whose id their key remembered, accepted or not."),
  DELETED("Keys that were deleted because a record had no value."),
  FORGOTTEN("Labels that deleted keys were waiting for."),
  COMMANDS("Commands obeyed."),
  TRACES_LOST(
      "Keys that came back from the store without their traces, and learn from a zero carry."),
  LABELS_SETTLED(
      "Labels that came by themselves and were scored and learned, early ones with their event."),
  LABELS_EARLY("Labels that came before their event."),
  LABELS_LATE("Labels that came after the deadline of their event."),
  LABELS_DUPLICATE("Labels for events that had one."),
  LABELS_UNKNOWN("Labels whose event did not come within the deadline."),
  EXPIRED("Predictions that have waited too long for a label."),
  LABEL_LAG_MS(
      "Milliseconds of stream time from events to their labels, of all that were settled."),
  FALLBACKS(
      "Times that sensitivities of a key left their bounds and were dropped; it learns from a"
          + " shorter past for a while, as the learner in its predictions says."),
  WEIGHTS_PUBLISHED("Times that this partition told the others its weights."),
  WEIGHTS_MERGED("Times that weights of another partition were taken in."),
  WEIGHTS_IGNORED("Times that they were not: they were not finite, or learning was paused."),
  KEYS_EXPIRED(
      "Keys that nothing was heard of for longer than eddy.state.ttl, and that were dropped."),
  WEIGHTS_TOO_LARGE(
      "Times that weights were not told because they have outgrown the largest record."),
  SCORES("Predictions that were scored for how surprising what became of them is."),
  DRIFT("Times that drift was found.");

  private final String meaning;

  Counter(String meaning) {
    this.meaning = meaning;
  }

  /** One sentence for users. */
  public String meaning() {
    return meaning;
  }
}
