package eddy.learn;

import java.util.Map;
import java.util.Objects;

/**
 * Weights that a learner starts from in place of random ones.
 *
 * @param tensors by name, as {@link Prequential#tensors} gives them; some or all
 * @param state all else that was learned, as {@link Prequential#encode(Weights)} gives it; null
 *     where statistics and optimisers are to begin anew
 * @param spec what {@link Prequential#specFingerprint} was where the state was learned
 * @param digest of what they were read from: part of the identity of all that is learned from them
 */
public record StartingWeights(Map<String, Tensor> tensors, byte[] state, long spec, long digest) {
  public StartingWeights {
    tensors = Map.copyOf(tensors);
  }

  /** By what they were read from. */
  @Override
  public boolean equals(Object other) {
    return other instanceof StartingWeights weights && weights.digest == digest;
  }

  @Override
  public int hashCode() {
    return Objects.hash(digest);
  }

  /** What they are to the identity of a learner. */
  @Override
  public String toString() {
    return Long.toHexString(digest);
  }
}
