package eddy.learn;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * What one observed event brought: predictions, at most one for every target, and the labels it
 * settled.
 *
 * <p>Reused: valid until the next event is observed. Numbers are in the field's own units.
 */
public final class Outcome {
  /** Who made the published value. */
  public enum Source {
    /** The network. */
    MODEL,
    /** Persistence, because the network had not beaten it or its output was not finite. */
    BASELINE
  }

  /** The prediction of one target. For a class, values are slots and {@code -1} is none. */
  public static final class Prediction {
    /** What is published. */
    public double value;

    /** What the network said. */
    public double model;

    /** What persistence says: the last value, or the last class. */
    public double baseline;

    public Source source = Source.MODEL;

    /** For a class: the published class's probability; NaN for a number. */
    public double probability;

    /** For a class: probability of every slot [slots]; empty for a number. */
    public final float[] distribution;

    /** Levels of {@link #quantiles}, ascending; empty unless they are what is learned. */
    public final double[] levels;

    /** Quantiles by level, the median being the model's value; NaN before a label has come. */
    public final double[] quantiles;

    /**
     * Standard deviation about the model's value; NaN unless it is learned and a label has come.
     */
    public double deviation = Double.NaN;

    private final Spread form;

    Prediction(int slots, Spread form) {
      this.form = form;
      distribution = new float[slots];
      levels =
          form instanceof Spread.Quantiles given
              ? given.levels().stream().mapToDouble(Double::doubleValue).toArray()
              : new double[0];
      quantiles = new double[levels.length];
    }

    /**
     * Place of a class among all slots by what they were given, 1 for the most; slots that were
     * given the same stand before it, free ones too.
     *
     * @param slot of the class
     */
    public int rank(int slot) {
      int rank = 0;
      for (float given : distribution) {
        rank += given < distribution[slot] ? 0 : 1;
      }
      return rank;
    }

    /** The uncertainty as a value. Allocates. */
    public Spread spread() {
      if (form instanceof Spread.Quantiles given) {
        return new Spread.Quantiles(given.levels(), Arrays.stream(quantiles).boxed().toList());
      }
      return form instanceof Spread.Deviation ? new Spread.Deviation(deviation) : Spread.NONE;
    }
  }

  /** Labels of one origin that this event settled. */
  public static final class Settlement {
    /** Position of the event that made the prediction. */
    public long originPosition;

    /** Timestamp of the event that made the prediction. */
    public long originTimestamp;

    /** Position of the event whose labels these are. */
    public long labelPosition;

    /** By target: whether this settlement has its label. */
    public final boolean[] settled;

    /** By target: the label; for a class its slot. */
    public final double[] label;

    /** By target: the class as the event has it, null for a number. */
    public final String[] text;

    /**
     * By target: the prediction as it was made at the origin. Of a class, {@code probability} is
     * the one given to the true class.
     */
    public final Prediction[] prediction;

    Settlement(Prediction[] prediction) {
      this.prediction = prediction;
      settled = new boolean[prediction.length];
      label = new double[prediction.length];
      text = new String[prediction.length];
    }
  }

  /** Whether the event is earlier than the newest of its key. */
  public boolean late;

  /** Whether the event's id is one that its key remembers. */
  public boolean duplicate;

  /** Why the event is refused: then it has changed nothing. Null where it is accepted. */
  public String refusal;

  /** Whether a sequence of its key begins with this event. */
  public boolean begins;

  /**
   * Whether predictions were made at this event; where not, {@link #predictions} mean nothing. None
   * are made while too few events have followed the one to be labelled, and within a sequence that
   * is predicted as a whole.
   */
  public boolean predicted;

  /**
   * Position of the event that the predictions are for: of this event, from which targets count
   * ahead, or of an earlier one that is labelled after others have followed it.
   */
  public long labelledPosition;

  /** By target. */
  public final Prediction[] predictions;

  /** Number of entries of {@link #settlements} that hold something. */
  public int settledOrigins;

  /**
   * Oldest origin first within a horizon; the first {@link #settledOrigins} are valid. Longer where
   * one event has brought the labels of many.
   */
  public Settlement[] settlements;

  /**
   * What the learner is in place of its name, where sensitivities of the key have been dropped and
   * are not carried again yet; null where they are as always.
   */
  public String fallback;

  /** How often sensitivities were dropped at this event because they had left their bounds. */
  public int drops;

  /** Updates of the weights before the predictions were made. */
  public long updates;

  /**
   * Labels that fell due without a value, such as an absent target field, or that will not come
   * because their sequence has ended.
   */
  public int unlabelled;

  /** Origins that have waited too long for their label, or were too many to wait. */
  public int expired;

  /** What became of a label that came by itself; null where none did. */
  public LabelFate fate;

  /** Labels that had come before their event and settled with it. */
  public int settledEarly;

  /** Labels whose event had not come, and which wait for it no longer. */
  public int unknown;

  private final List<String> targets;
  private final Supplier<Settlement> more;

  Outcome(
      List<String> targets, Prediction[] predictions, int settlements, Supplier<Settlement> more) {
    this.targets = targets;
    this.predictions = predictions;
    this.more = more;
    this.settlements = new Settlement[0];
    ensure(settlements);
  }

  /** Starts the outcome of another event or label. */
  void begin() {
    late = false;
    duplicate = false;
    refusal = null;
    begins = false;
    predicted = false;
    settledOrigins = 0;
    unlabelled = 0;
    fallback = null;
    drops = 0;
    expired = 0;
    fate = null;
    settledEarly = 0;
    unknown = 0;
  }

  /** The settlement that is to be filled next. */
  Settlement next() {
    if (settledOrigins == settlements.length) {
      ensure(2 * settledOrigins);
    }
    return settlements[settledOrigins];
  }

  private void ensure(int count) {
    int before = settlements.length;
    settlements = Arrays.copyOf(settlements, count);
    for (int i = before; i < count; i++) {
      settlements[i] = more.get();
    }
  }

  /** Names of the targets, in the order of all arrays. */
  public List<String> targets() {
    return targets;
  }
}
