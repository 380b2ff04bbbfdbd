package eddy.feature;

import eddy.math.Trigonometry;
import java.util.Arrays;

/**
 * Sines and cosines of a time's place in a period that starts at 1970-01-01T00:00Z.
 *
 * <p>Note for the implementer. The place is an integer, so it is reduced to an eighth of a turn
 * without rounding, and quarter turns are exact.
 */
final class Waves {
  private Waves() {}

  /**
   * sin a, cos a, sin 2a, cos 2a, ... with a = 2 pi (time + offset mod period) / period; NaN for a
   * missing time. Error below 1e-14.
   *
   * @param value [2 harmonics], modified
   */
  static void of(double time, long offsetMs, long periodMs, int harmonics, double[] value) {
    if (Double.isNaN(time)) {
      Arrays.fill(value, Double.NaN);
      return;
    }
    long into = Math.floorMod((long) Math.floor(time) + offsetMs, periodMs);
    long quarter = (8 * into + periodMs) / (2 * periodMs);
    double angle = Math.PI / 2 * (4 * into - quarter * periodMs) / periodMs;
    double sine = Trigonometry.sineOfSmall(angle);
    double cosine = Trigonometry.cosineOfSmall(angle);
    boolean across = quarter % 2 != 0;
    double first = across ? cosine : sine;
    double second = across ? sine : cosine;
    value[0] = quarter % 4 < 2 ? first : -first;
    value[1] = quarter % 4 == 1 || quarter % 4 == 2 ? -second : second;
    for (int i = 2; i < 2 * harmonics; i += 2) {
      // sin (n+1)a and cos (n+1)a by the addition theorem
      value[i] = value[i - 2] * value[1] + value[i - 1] * value[0];
      value[i + 1] = value[i - 1] * value[1] - value[i - 2] * value[0];
    }
  }

  /** {@code sin1, cos1, sin2, ...} */
  static String label(int output) {
    return (output % 2 == 0 ? "sin" : "cos") + (output / 2 + 1);
  }
}
