package eddy.learn;

/** What became of a label that came by itself. */
public enum LabelFate {
  /** Its event waited for it: it has been scored and learned. */
  SETTLED,
  /** Its event has not come yet, or never will: it waits until then, as one of a few. */
  EARLY,
  /** Its event had waited longer than the deadline, and was given up. */
  LATE,
  /** Its event has been labelled before, or another label waits for it. */
  DUPLICATE,
  /** It found no room to wait for its event, or waited longer than the deadline. */
  UNKNOWN
}
