package eddy.feature;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * Bounds the magnitude of a number: of the field's own before a scale, of the scaled one after it.
 *
 * @param limit the bound, positive
 */
public record Clip(double limit) implements Transform {
  public Clip {
    if (!(limit > 0) || limit > Event.LARGEST) {
      throw new IllegalArgumentException(
          "clip(n): n must be positive and at most "
              + (float) Event.LARGEST
              + " but was "
              + limit
              + "; write clip(3), or remove it");
    }
  }

  static Clip of(List<String> arguments) {
    return new Clip(new Arguments("clip", "clip(3)", arguments).size(1, 1).number(0));
  }

  @Override
  public Chain appendTo(Chain chain) {
    return chain.hasScale() ? chain.limited(limit) : chain.then(this);
  }

  @Override
  public Signal takes() {
    return Signal.NUMBER;
  }

  @Override
  public Signal gives() {
    return Signal.NUMBER;
  }

  @Override
  public void apply(Input input, double[] value) {
    value[0] = Math.max(-limit, Math.min(limit, input.now()));
  }

  // The shortest decimal that reads back as this bound; Double.toString differs between JDKs.
  @Override
  public String toString() {
    BigDecimal exact = new BigDecimal(limit);
    BigDecimal shortest = exact;
    for (int digits = 17; digits > 0; digits--) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.doubleValue() != limit) {
        break;
      }
      shortest = rounded;
    }
    return "clip(" + shortest.stripTrailingZeros().toPlainString() + ")";
  }
}
