package eddy.feature;

/**
 * Running standardisation: (x - mean) / standard deviation, clipped at {@link #LIMIT}.
 *
 * <p>Mean and variance are those of the past events of all keys that share the statistics, before
 * any lag, so that a value and its lags stand on one scale; see {@link FeatureStatistics}.
 */
public record Standard() implements Encoder {
  /** Bound of the magnitude. */
  public static final double LIMIT = 6;

  @Override
  public Chain appendTo(Chain chain) {
    return chain.scaled(Chain.Scale.STANDARD);
  }

  @Override
  public String toString() {
    return "standard";
  }
}
