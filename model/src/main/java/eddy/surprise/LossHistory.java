package eddy.surprise;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What is remembered of losses: a histogram whose weights fade, so that about the last {@value
 * #REMEMBERED} losses count.
 *
 * <p>Bins are eighths of octaves, found by the bits of a float; {@value #BINS} of them cover 32
 * octaves, and move with the losses. What lies below falls into the lowest bin, what lies above
 * into the highest. Losses of exactly 0 have a weight of their own. Owned by one task.
 */
public final class LossHistory {
  /** Losses that count, where many more have come. */
  public static final int REMEMBERED = 1000;

  static final int BINS = 256;

  /** Bytes of heap, headers left out. */
  public static final int HEAP_BYTES = BINS * Float.BYTES + 48;

  /** Bytes of the stored form without weights. */
  private static final int FIXED_BYTES =
      3 * Integer.BYTES + Float.BYTES + Double.BYTES + Long.BYTES;

  /** Bytes of the stored form at most. */
  static final int MOST_BYTES = FIXED_BYTES + BINS * Float.BYTES;

  /** Of a float's bits, what is not the bin: all but three of the 23 below the exponent. */
  private static final int BELOW_BIN = 20;

  private static final int OCTAVE = 8;
  private static final int STEP = 4 * OCTAVE;
  private static final int HIGHEST = (Float.floatToRawIntBits(Float.MAX_VALUE) >>> BELOW_BIN) + 1;
  private static final float KEPT = 1f - 1f / REMEMBERED;

  /** A weight of less is forgotten, long before it would be subnormal. */
  private static final float FORGOTTEN = 1e-6f;

  final float[] weights = new float[BINS];
  float zeros;
  double total;

  /** Losses that have come. */
  long count;

  /** Number of the bin that stands first, counted from that of 0. */
  int lowest;

  /** Bins outside of these are empty. */
  int from = BINS;

  int to;

  /** Where a loss falls; -1 for exactly 0. */
  int bin(double loss) {
    int number = number(loss);
    return number < 0 ? -1 : Math.max(0, Math.min(BINS - 1, number - lowest));
  }

  private static int number(double loss) {
    float value = (float) Math.min(loss, Float.MAX_VALUE);
    return value == 0 ? -1 : Float.floatToRawIntBits(value) >>> BELOW_BIN;
  }

  /** The least loss of a bin. */
  double edge(int bin) {
    return Float.intBitsToFloat(Math.min(HIGHEST - 1, lowest + bin) << BELOW_BIN);
  }

  /** Half way between the edges of a bin. */
  double middle(int bin) {
    return 0.5 * (edge(bin) + edge(bin + 1));
  }

  /** Weight of the bins from this one on. */
  double atOrAbove(int bin) {
    double sum = 0;
    for (int i = to - 1; i >= Math.max(bin, from); i--) {
      sum += weights[i];
    }
    return sum;
  }

  /** Weight of the losses that no bin tells from one in this bin. */
  double same(int bin) {
    return bin < 0 ? zeros : weights[bin];
  }

  /** Weight of the losses in higher bins. */
  double above(int bin) {
    return atOrAbove(bin + 1);
  }

  /** The lowest bin from which on no more than so much weight lies. */
  int tail(double most) {
    int bin = to;
    double sum = 0;
    while (bin > from && sum + weights[bin - 1] <= most) {
      bin--;
      sum += weights[bin];
    }
    return bin;
  }

  /** Lets a loss count from now on, and those before it less. */
  void add(double loss) {
    fade();
    count++;
    total += 1;
    int number = number(loss);
    if (number < 0) {
      zeros += 1;
      return;
    }
    move(number);
    int bin = Math.max(0, number - lowest);
    weights[bin] += 1;
    from = Math.min(from, bin);
    to = Math.max(to, bin + 1);
  }

  private void fade() {
    total *= KEPT;
    zeros *= KEPT;
    for (int i = from; i < to; i++) {
      float kept = weights[i] * KEPT;
      weights[i] = kept < FORGOTTEN ? 0f : kept;
    }
    while (to > from && weights[to - 1] == 0) {
      to--;
    }
    while (from < to && weights[from] == 0) {
      from++;
    }
    if (from == to) {
      from = BINS;
      to = 0;
    }
  }

  /** Moves the bins so that the loss, and most of those before it, fall between their ends. */
  private void move(int number) {
    if (from >= to) {
      lowest = Math.max(0, number - BINS / 2);
    }
    while (number - lowest >= BINS) {
      moveUp();
    }
    if (number < lowest && lowest > 0 && weights[0] > 0.5 * (total - zeros)) {
      moveDown();
    }
  }

  private void moveUp() {
    float below = 0;
    for (int i = 0; i <= STEP; i++) {
      below += weights[i];
    }
    System.arraycopy(weights, STEP, weights, 0, BINS - STEP);
    Arrays.fill(weights, BINS - STEP, BINS, 0f);
    weights[0] = below;
    lowest += STEP;
    from = Math.max(0, from - STEP);
    to = Math.max(1, to - STEP);
  }

  private void moveDown() {
    int step = Math.min(STEP, lowest);
    float above = 0;
    for (int i = BINS - 1 - step; i < BINS; i++) {
      above += weights[i];
    }
    System.arraycopy(weights, 0, weights, step, BINS - step);
    Arrays.fill(weights, 0, step, 0f);
    weights[BINS - 1] = above;
    lowest -= step;
    from = Math.min(BINS - 1, from + step);
    to = Math.min(BINS, to + step);
  }

  /** Bytes of the stored form. */
  int encodedBytes() {
    return FIXED_BYTES + Math.max(0, to - from) * Float.BYTES;
  }

  /** Writes count | total | zeros | lowest | from | to | weights between them. */
  void encode(ByteBuffer out) {
    out.putLong(count).putDouble(total).putFloat(zeros).putInt(lowest).putInt(from).putInt(to);
    for (int i = from; i < to; i++) {
      out.putFloat(weights[i]);
    }
  }

  /** Reads what {@link #encode} wrote into a new history. */
  void decode(ByteBuffer in) {
    count = in.getLong();
    total = in.getDouble();
    zeros = in.getFloat();
    lowest = in.getInt();
    from = in.getInt();
    to = in.getInt();
    if (from < 0 || from > BINS || to < 0 || to > BINS) {
      throw new IllegalArgumentException("bins " + from + " to " + to + " of " + BINS);
    }
    for (int i = from; i < to; i++) {
      weights[i] = in.getFloat();
    }
  }
}
