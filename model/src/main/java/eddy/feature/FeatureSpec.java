package eddy.feature;

import java.util.List;
import java.util.Objects;

/**
 * A feature as it is configured: a field and the chain of encoders it runs through, left to right.
 *
 * @param field path of the field
 * @param optional whether a missing value is encoded (its running mean plus a missing flag) instead
 *     of rejecting the event; written {@code field?}
 * @param chain the encoders; {@code standard} is appended by {@link FeatureEncoder} where the chain
 *     is numeric and does not end in a scale of its own
 */
public record FeatureSpec(String field, boolean optional, List<Encoder> chain) {
  public FeatureSpec {
    Objects.requireNonNull(field, "field");
    chain = List.copyOf(chain);
  }

  /** The configured form, such as {@code lat:diff(1)}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(field).append(optional ? "?" : "");
    chain.forEach(encoder -> text.append(':').append(encoder));
    return text.toString();
  }
}
