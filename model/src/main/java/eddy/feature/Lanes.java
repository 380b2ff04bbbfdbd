package eddy.feature;

import eddy.feature.Chain.Scale;
import eddy.feature.Transform.Signal;
import eddy.math.Alignment;
import java.util.Arrays;

/** What one feature gives: its node's value at each of its lags, scaled, then its missing flag. */
final class Lanes {
  private static final int NOW = -1;
  private static final int NOWHERE = -2;
  private static final int NO_ROW = -1;

  private final Node node;
  private final int lagFrom;
  private final int lagTo;
  private final int outputs;
  private final boolean oneHot;
  private final int rows;

  /** Row at a lag before the key's first event; negative where that event answers. */
  private final int rowBeforeFirst;

  private final boolean plain;
  private final boolean standard;
  private final boolean meanForMissing;
  private final double limit;
  private final boolean label;
  private final boolean optional;

  /**
   * The outputs of a feature.
   *
   * @param node what is computed from the field
   * @param chain how it is read and scaled
   * @param label whether the field is a label of its own event, so that before the key's first
   *     event there is nothing to repeat
   * @param optional whether a missing value is replaced by the mean and flagged
   */
  Lanes(Node node, Chain chain, boolean label, boolean optional) {
    this.node = node;
    this.label = label;
    this.optional = optional;
    lagFrom = chain.lagFrom();
    lagTo = chain.lagTo();
    outputs = chain.outputs();
    oneHot = chain.signal() == Signal.SLOT;
    rows = chain.rows();
    rowBeforeFirst = chain.rowBeforeFirst();
    // the usual case, worth sparing the two loops: half the time of an event
    plain = lagTo == 0 && outputs == 1;
    standard = chain.scale() == Scale.STANDARD;
    // the mean of what is standardised is 0
    meanForMissing = optional && chain.scale() == Scale.RAW;
    limit = Math.min(chain.limit(), standard ? Standard.LIMIT : Event.LARGEST);
    node.need(lagTo);
    if (standard || meanForMissing) {
      node.needMoments();
    }
  }

  Node node() {
    return node;
  }

  /** Whether it is a field's own number, standardised, and nothing more. */
  boolean isPlainField() {
    return plain && standard && !optional && limit == Standard.LIMIT && node.isField();
  }

  int width() {
    return (lagTo - lagFrom + 1) * outputs + (optional ? 1 : 0);
  }

  /**
   * How its outputs are aligned with those of a foreign learner.
   *
   * @param slots by dictionary
   */
  Alignment align(Alignment[] slots, float share) {
    if (node.dictionaryAt() < 0) {
      return Alignment.same(width(), share);
    }
    Alignment all = Alignment.same(0, share);
    for (int lag = lagFrom; lag <= lagTo; lag++) {
      all = all.then(slots[node.dictionaryAt()]);
    }
    return optional ? all.then(Alignment.same(1, share)) : all;
  }

  /** Lags whose value is a row; 0 unless the feature is sparse. */
  int rowLanes() {
    return rows == 0 ? 0 : lagTo - lagFrom + 1;
  }

  /** Rows of all lags together. */
  long rows() {
    return (long) rowLanes() * rows;
  }

  /** Modifies only width() outputs. */
  void write(double[] memory, FeatureStatistics statistics, float[] out, int at) {
    boolean missing;
    if (rows > 0) {
      missing = optional && isMissing(memory);
    } else {
      missing = oneHot ? writeSlots(memory, out, at) : writeNumbers(memory, statistics, out, at);
    }
    if (optional) {
      out[at + width() - 1] = missing ? 1 : 0;
    }
  }

  private boolean isMissing(double[] memory) {
    boolean missing = false;
    for (int lag = lagFrom; lag <= lagTo; lag++) {
      missing |= Double.isNaN(value(memory, place(lag), 0));
    }
    return missing;
  }

  /**
   * Numbers of the active rows, -1 where there is none. Modifies only rowLanes() of them.
   *
   * @param firstRow of this feature
   */
  void writeRows(double[] memory, int firstRow, int[] out, int at) {
    for (int lag = lagFrom; lag <= lagTo; lag++) {
      boolean before = rowBeforeFirst >= 0 && node.position() < lag;
      double row = before ? rowBeforeFirst : value(memory, place(lag), 0);
      int lane = lag - lagFrom;
      out[at + lane] = Double.isNaN(row) ? NO_ROW : firstRow + lane * rows + (int) row;
    }
  }

  private boolean writeSlots(double[] memory, float[] out, int at) {
    boolean missing = false;
    for (int lag = lagFrom, start = at; lag <= lagTo; lag++, start += outputs) {
      Arrays.fill(out, start, start + outputs, 0);
      double slot = value(memory, place(lag), 0);
      if (Double.isNaN(slot)) {
        missing = true;
      } else {
        out[start + (int) slot] = 1;
      }
    }
    return missing;
  }

  private boolean writeNumbers(double[] memory, FeatureStatistics statistics, float[] out, int at) {
    double shift = standard ? statistics.mean(node.momentsAt()) : 0;
    double factor = standard ? statistics.inverseDeviation(node.momentsAt()) : 1;
    double missingValue = meanForMissing ? statistics.mean(node.momentsAt()) : 0;
    if (plain) {
      double x = node.value[0];
      out[at] = input((x - shift) * factor, missingValue);
      return Double.isNaN(x);
    }
    boolean missing = false;
    for (int lag = lagFrom, start = at; lag <= lagTo; lag++, start += outputs) {
      int place = place(lag);
      for (int i = 0; i < outputs; i++) {
        double x = value(memory, place, i);
        missing |= Double.isNaN(x);
        out[start + i] = input((x - shift) * factor, missingValue);
      }
    }
    return missing;
  }

  /** The scaled number within its limits, or what stands for a missing one. */
  private float input(double x, double missingValue) {
    return bounded(Double.isNaN(x) ? missingValue : x, limit);
  }

  /** A number within the limit to both sides. */
  static float bounded(double x, double limit) {
    if (Math.abs(x) > limit) {
      return (float) (x > 0 ? limit : -limit);
    }
    // makes one zero of two
    return (float) (x + 0.0);
  }

  /** Index in memory, or NOW, or NOWHERE. */
  private int place(int lag) {
    int at = lag == 0 ? -1 : node.pastAt(lag);
    if (at >= 0) {
      return at;
    }
    return label ? NOWHERE : NOW;
  }

  private double value(double[] memory, int place, int index) {
    if (place >= 0) {
      return memory[place + index];
    }
    return place == NOW ? node.value[index] : Double.NaN;
  }
}
