package eddy.feature;

/** How a field of an event is read. */
public enum FieldKind {
  /** A finite number. */
  NUMBER,
  /** A symbol out of an open set; numbers and booleans are read as their text. */
  CATEGORY,
  /** A point in time, in milliseconds since 1970-01-01T00:00Z. */
  TIME,
  /** True or false, which are 1 and 0 among the numbers. */
  TRUTH
}
