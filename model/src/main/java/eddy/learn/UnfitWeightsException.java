package eddy.learn;

/** Thrown where weights to start from are not those of the learner that is to start from them. */
public final class UnfitWeightsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UnfitWeightsException(String message) {
    super(message);
  }
}
