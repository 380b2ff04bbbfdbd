package eddy.feature;

/**
 * One link of a feature's chain. Immutable.
 *
 * <p>{@link #toString} is its canonical configured form: equal encoders print alike, and the text
 * enters the fingerprint of the learner. Most links are a {@link Transform}.
 */
public interface Encoder {
  /**
   * The chain with this link at its end.
   *
   * @throws IllegalArgumentException where the link does not fit there
   */
  Chain appendTo(Chain chain);

  /** The configured form, such as {@code lag(1..23)}. */
  @Override
  String toString();
}
