package eddy.baseline;

import eddy.feature.Dictionary;
import java.util.Arrays;
import java.util.List;

/**
 * Markov chains of one target that is a class, over keys that share what they learn: probabilities
 * are given at an origin from the classes before, and learned from when its label comes, however
 * late. Order 0 is the prior class.
 *
 * <p>Slots are assigned on first sight, as {@link Dictionary} does; the first sight of a class is
 * scored with the probability of one unassigned slot. For one thread.
 */
public final class ClassRivals {
  public static final String PRIOR = "prior-class";

  private static final int NONE = -1;

  private final int[] orders;
  private final int highest;
  private final int slots;
  private final List<String> names;
  private final int waiting;
  private final Dictionary classes;
  private final MarkovChain chain;
  private final double[] p;

  /** What is kept of one key. */
  public static final class Key {
    private long context = MarkovChain.START;
    private final Waits waits;

    private Key(Waits waits) {
      this.waits = waits;
    }
  }

  /** What a baseline said of a label. */
  public static final class Said {
    /** The class that it held most likely; null for none. */
    public String predicted;

    /** The probability that it gave to the true class; NaN where it is not known any more. */
    public double probability;

    /**
     * Place of the true class among all slots by what they were given, 1 for the most; slots that
     * were given the same stand before it, free ones too. The last where it is not known any more.
     */
    public int rank;
  }

  /**
   * Chains side by side.
   *
   * @param orders of the chains, ascending
   * @param slots of classes
   * @param waiting most forecasts of a key that wait for their labels
   */
  public ClassRivals(List<Integer> orders, int slots, int waiting) {
    this.orders = orders.stream().mapToInt(Integer::intValue).toArray();
    this.waiting = waiting;
    this.slots = slots;
    names = orders.stream().map(ClassRivals::name).toList();
    highest = orders.stream().mapToInt(Integer::intValue).max().orElse(0);
    classes = new Dictionary(slots);
    chain = new MarkovChain(highest, slots);
    p = new double[slots + 1];
  }

  /** Name of a chain in files and options. */
  public static String name(int order) {
    return order == 0 ? PRIOR : "markov-" + order;
  }

  /** Names of the chains, in the order of all that is said. */
  public List<String> names() {
    return names;
  }

  /** What is kept of a key before its first class. */
  public Key newKey() {
    return new Key(new Waits(waiting, 0));
  }

  /** Takes in the newest class of a key; null is none. Modifies key and this. */
  public void observe(String text, Key key) {
    if (text != null) {
      key.context = MarkovChain.follow(key.context, classes.assign(text));
    }
  }

  /**
   * Gives probabilities from what has been observed of a key. Modifies only key.
   *
   * <p>Kept until the label comes: the number of classes known, and by chain its most likely class
   * and the probabilities of all known ones and of one unknown.
   *
   * @param position of the origin
   */
  public void forecast(long position, Key key) {
    int assigned = classes.assigned();
    int length = length(assigned);
    double[] said =
        key.waits.said(key.waits.add(position, key.context), 1 + orders.length * length);
    said[0] = assigned;
    chain.start(assigned, p);
    int chains = 0;
    for (int order = 0; order <= highest; order++) {
      chain.refine(key.context, order, assigned, p);
      if (chains < orders.length && orders[chains] == order) {
        int at = 1 + chains * length;
        said[at] = mostLikely(assigned);
        System.arraycopy(p, 0, said, at + 1, assigned + 1);
        chains++;
      }
    }
  }

  private static int length(int assigned) {
    return assigned + 2;
  }

  private int mostLikely(int assigned) {
    int best = NONE;
    for (int slot = 0; slot < assigned; slot++) {
      best = best < 0 || p[slot] > p[best] ? slot : best;
    }
    return best;
  }

  /**
   * Brings back what was said at an origin, then learns from its label. Modifies key, this and out.
   *
   * @param out takes what each chain said
   */
  public void settle(long position, String label, Key key, Said[] out) {
    int slot = classes.assign(label);
    long number = key.waits.find(position);
    if (number < 0) {
      Arrays.stream(out).forEach(said -> tell(NONE, Double.NaN, slots, said));
      return;
    }
    double[] said = key.waits.said(number);
    int assigned = (int) said[0];
    for (int i = 0; i < orders.length; i++) {
      int at = 1 + i * length(assigned);
      double given = said[at + 1 + Math.min(slot, assigned)];
      tell((int) said[at], given, rank(said, at + 1, assigned, given), out[i]);
    }
    chain.learn(key.waits.mark(number), slot);
  }

  /** How many slots were given at least so much. */
  private int rank(double[] said, int first, int assigned, double given) {
    int rank = said[first + assigned] < given ? 0 : slots - assigned;
    for (int slot = 0; slot < assigned; slot++) {
      rank += said[first + slot] < given ? 0 : 1;
    }
    return rank;
  }

  private void tell(int predicted, double probability, int rank, Said out) {
    out.predicted = predicted == NONE ? null : classes.text(predicted);
    out.probability = probability;
    out.rank = rank;
  }
}
