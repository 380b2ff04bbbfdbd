package eddy.drift;

import java.nio.ByteBuffer;

/**
 * The losses of one target, and the detector that looks for drift in them. Owned by one task.
 *
 * <p>Detectors know values from 0 to 1, and a single huge loss is to count no more than a large
 * one: a loss l without a bound is judged as l / (l + m), m being the mean of the first {@value
 * #NEWEST} losses. It stands still from then on, for a scale that falls would make what is judged
 * by it rise. All begins anew where the newest losses have come down to half of it, since a learner
 * that still learns is not what a later one is held against; and where drift is found.
 */
public final class LossWatch {
  /** Losses that are what is now. */
  private static final int NEWEST = 64;

  /** Part of the scale that the newest losses may come down to. */
  private static final double FALL = 0.5;

  /** Losses before them that are told of as those before the drift. */
  private static final int BEFORE = 1000;

  private final Detection detection;
  private final boolean bounded;
  private final double[] newest = new double[NEWEST];
  private DriftDetector detector;
  private long labels;

  /** Losses since it began anew. */
  private long since;

  private double scale;
  private double before;

  /**
   * A watch that has seen no loss.
   *
   * @param bounded whether losses lie in [0, 1]
   */
  LossWatch(Detection detection, boolean bounded) {
    this.detection = detection;
    this.bounded = bounded;
    detector = detection.newDetector();
  }

  /**
   * Takes in the next loss.
   *
   * @param loss finite, at least 0
   * @return whether drift is found; {@link #restart} must follow then
   */
  public boolean add(double loss) {
    int at = (int) (since % NEWEST);
    if (since >= NEWEST) {
      before += (newest[at] - before) / Math.min(since - NEWEST + 1, BEFORE);
    }
    newest[at] = loss;
    labels++;
    since++;
    if (since % NEWEST == 0) {
      rescale();
    }
    return since > NEWEST && detector.add(judged(loss));
  }

  private void rescale() {
    double mean = after();
    if (since == NEWEST) {
      scale = mean;
    } else if (mean < FALL * scale) {
      restart();
    }
  }

  private double judged(double loss) {
    if (bounded || loss == 0) {
      return loss;
    }
    // in this order no sum overflows
    return 1 / (1 + scale / loss);
  }

  /** Begins anew, but for the count of labels. */
  public void restart() {
    since = 0;
    scale = 0;
    before = 0;
    detector = detection.newDetector();
  }

  /** Losses taken in. */
  public long labels() {
    return labels;
  }

  /** Mean loss before the newest ones; 0 where there was none. */
  public double before() {
    return before;
  }

  /** Mean of the newest losses; NaN where there was none. */
  public double after() {
    double sum = 0;
    int count = newest();
    for (int i = 0; i < count; i++) {
      sum += newest[i];
    }
    return sum / count;
  }

  private int newest() {
    return (int) Math.min(since, NEWEST);
  }

  /** Heap that it takes. */
  long heapBytes() {
    return mostBytes() + 256L;
  }

  /** Bytes of the stored form at most. */
  int mostBytes() {
    return 1 + (4 + NEWEST) * Long.BYTES + detector.mostBytes();
  }

  boolean bounded() {
    return bounded;
  }

  void encode(ByteBuffer out) {
    out.putLong(labels).putLong(since).putDouble(scale).putDouble(before);
    for (int i = 0; i < newest(); i++) {
      out.putDouble(newest[i]);
    }
    detector.encode(out);
  }

  void decode(ByteBuffer in) {
    labels = in.getLong();
    since = in.getLong();
    if (labels < 0 || since < 0) {
      throw new IllegalArgumentException(
          "drift: expected counts of losses but was " + labels + " and " + since);
    }
    scale = in.getDouble();
    before = in.getDouble();
    for (int i = 0; i < newest(); i++) {
      newest[i] = in.getDouble();
    }
    detector.decode(in);
  }
}
