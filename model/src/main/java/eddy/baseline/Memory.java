package eddy.baseline;

import java.util.Arrays;

/** What a baseline keeps of a key: zeros at first, as many as it asks for. */
final class Memory {
  private double[] values = {};

  /** The values, at least so many. */
  double[] of(int length) {
    if (values.length < length) {
      values = Arrays.copyOf(values, length);
    }
    return values;
  }
}
