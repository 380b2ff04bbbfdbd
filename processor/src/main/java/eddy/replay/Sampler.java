package eddy.replay;

import eddy.config.ConfigurationException;
import eddy.feature.Chain;
import eddy.feature.Event;
import eddy.feature.FeatureSpec;
import eddy.feature.FieldKind;
import eddy.feature.TargetSpec;
import eddy.learn.KeyState;
import eddy.learn.LearnerSpec;
import eddy.learn.Outcome;
import eddy.learn.Prequential;
import eddy.learn.Weights;
import eddy.math.RandomStream;

/**
 * Samples from what a next-symbol model says, and tells the model what was sampled as if it had
 * happened. Nothing is learned.
 *
 * <p>The symbols are the classes of the first category target with horizon 1. Slots without a class
 * of their own, unassigned or shared, are never sampled. For one sequence and one thread.
 */
public final class Sampler {
  private final Prequential learner;
  private final int target;
  private final int field;
  private final KeyState key;
  private final Weights weights;
  private final Event event;
  private final double[] shares;
  private Outcome outcome;

  /**
   * A sampler that goes on where a key stands.
   *
   * @param learner made of the spec
   * @param key modified by every symbol
   * @param outcome of the key's newest event; null for a key that has none
   * @throws ConfigurationException see {@link #require}
   */
  public Sampler(
      Prequential learner, LearnerSpec spec, KeyState key, Weights weights, Outcome outcome) {
    this.learner = learner;
    this.key = key;
    this.weights = weights;
    this.outcome = outcome;
    target = require(spec);
    TargetSpec symbol = spec.targets().get(target);
    field = learner.schema().index(symbol.field(), FieldKind.CATEGORY);
    event = new Event(learner.schema());
    shares = new double[symbol.slots()];
  }

  /**
   * The target that is sampled.
   *
   * @throws ConfigurationException where there is none, or where a feature cannot be told from the
   *     symbols alone
   */
  public static int require(LearnerSpec spec) {
    int target = 0;
    while (target < spec.targets().size() && !isNextSymbol(spec.targets().get(target))) {
      target++;
    }
    if (target == spec.targets().size()) {
      throw new ConfigurationException(
          "eddy.targets: none is the class of the next event, which generate samples; write"
              + " char:category@+1");
    }
    String field = spec.targets().get(target).field();
    for (FeatureSpec feature : spec.features()) {
      require("eddy.features", feature, field);
    }
    for (FeatureSpec feature : spec.readoutFeatures()) {
      require("eddy.readout.features", feature, field);
    }
    return target;
  }

  private static boolean isNextSymbol(TargetSpec target) {
    return target.category() && target.eventsAhead() == 1;
  }

  private static void require(String setting, FeatureSpec feature, String field) {
    FieldKind kind = Chain.of(feature).kind();
    if (kind != null && !(kind == FieldKind.CATEGORY && feature.field().equals(field))) {
      throw new ConfigurationException(
          setting
              + ": feature "
              + feature
              + " is not known of a symbol that is sampled; generate needs features of "
              + field
              + " as a category alone");
    }
  }

  /** Takes in a symbol as the sequence's next event. */
  public void read(String symbol) {
    event.categories[field] = symbol;
    outcome = learner.follow(event, key, weights);
  }

  /**
   * Samples the next symbol and takes it in.
   *
   * @param temperature exponent 1 / temperature of the probabilities; 0 for the likeliest symbol
   * @return null where the sequence has no event, or no symbol is known
   */
  public String next(double temperature, RandomStream random) {
    if (outcome == null) {
      return null;
    }
    float[] distribution = outcome.predictions[target].distribution;
    int best = -1;
    for (int slot = 0; slot < distribution.length; slot++) {
      boolean known = learner.className(weights, target, slot) != null;
      shares[slot] = known ? distribution[slot] : 0;
      if (known && (best < 0 || shares[slot] > shares[best])) {
        best = slot;
      }
    }
    if (best < 0) {
      return null;
    }
    int slot = temperature == 0 ? best : draw(best, temperature, random);
    String symbol = learner.className(weights, target, slot);
    read(symbol);
    return symbol;
  }

  private int draw(int best, double temperature, RandomStream random) {
    double sum = 0;
    for (int slot = 0; slot < shares.length; slot++) {
      // relative to the best, so that no temperature makes all of them vanish
      double ratio = shares[slot] / shares[best];
      shares[slot] = ratio > 0 ? StrictMath.exp(StrictMath.log(ratio) / temperature) : 0;
      sum += shares[slot];
    }
    double left = random.nextDouble() * sum;
    for (int slot = 0; slot < shares.length; slot++) {
      left -= shares[slot];
      if (left < 0) {
        return slot;
      }
    }
    return best;
  }
}
