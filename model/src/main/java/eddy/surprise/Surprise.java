package eddy.surprise;

import eddy.math.Exponential;
import eddy.math.RandomStream;

/**
 * The calibrated surprise of a loss: the probability of one that is at least as large, by the
 * losses that the key has had before.
 *
 * <p>It is a smoothed conformal p-value (Vovk, Gammerman and Shafer 2005): the loss's rank among
 * those remembered, ties broken by chance (by the number of the loss among all, so that they break
 * the same way whenever they come again), so that whatever the losses are like, p-values of a
 * stationary key are uniform. Once a key has had some {@value #GROWN} losses, the {@link Tail} goes
 * on beyond the last {@value Tail#BEYOND}, so that of two losses that nothing came near, the
 * greater one has the lesser p-value. A key of fewer than {@value #YOUNG} borrows the rest from all
 * keys together.
 *
 * <p>A loss that is less probable than {@value #LEARNED} is remembered as one that is not, so that
 * an anomaly does not hide the next. Holds scratch: one per thread.
 */
public final class Surprise {
  private static final int YOUNG = 30;

  /** Fewer do not show what their tail is like. */
  private static final double GROWN = 100;

  private static final double LEARNED = 1e-5;

  /** Any odd number. */
  private static final long STRIDE = 0xC2B2AE3D27D4EB4FL;

  /** Powers by way of it, since StrictMath's allocate on later Javas. */
  private static final double LN_10 = StrictMath.log(10);

  private final Tail tail = new Tail();
  private double probability;
  private double score;

  /**
   * Scores a loss, and lets both remember it.
   *
   * @param all losses of all keys together, of which a young key borrows
   * @param loss at least 0; one that is not finite is as surprising as the greatest float
   * @param target which one it is of, so that chance treats each apart
   */
  public void take(LossHistory own, LossHistory all, double loss, int target) {
    double chance = RandomStream.first(all.count * STRIDE + target);
    double bounded = Math.min(loss, Float.MAX_VALUE);
    double remembered = bounded;
    if (own.total < YOUNG) {
      rank(own, all, bounded, chance);
    } else {
      remembered = place(own, bounded, chance);
    }
    own.add(remembered);
    all.add(remembered);
  }

  /** Scores by the key's own losses; says what is to be remembered. */
  private double place(LossHistory own, double loss, double chance) {
    int bin = own.bin(loss);
    int last = own.tail(Tail.BEYOND);
    if (bin < last || own.total < GROWN || own.from >= own.to) {
      known((own.above(bin) + chance * (own.same(bin) + 1)) / (own.total + 1));
      return loss;
    }
    tail.fit(own, last, own.atOrAbove(last));
    score = tail.score(loss);
    probability = Math.max(Double.MIN_NORMAL, Exponential.exp(-score * LN_10));
    return probability < LEARNED ? Math.min(loss, tail.loss(LEARNED)) : loss;
  }

  private void rank(LossHistory own, LossHistory all, double loss, double chance) {
    int bin = own.bin(loss);
    int common = all.bin(loss);
    double share = all.total == 0 ? 0 : Math.min(1, (YOUNG - own.total) / all.total);
    double above = own.above(bin) + share * all.above(common);
    double same = own.same(bin) + share * all.same(common);
    known((above + chance * (same + 1)) / (own.total + share * all.total + 1));
  }

  private void known(double value) {
    probability = Math.max(Double.MIN_NORMAL, Math.min(1, value));
    score = -StrictMath.log10(probability);
  }

  /** The p-value of the newest loss, in (0, 1]. */
  public double probability() {
    return probability;
  }

  /** Its -log10, which goes on where the p-value is less than a double can say. */
  public double score() {
    return score;
  }
}
