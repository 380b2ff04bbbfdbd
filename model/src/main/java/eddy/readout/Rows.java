package eddy.readout;

import java.util.Arrays;

/**
 * Which rows of a matrix have been touched, as few runs of neighbouring rows as there are.
 *
 * <p>Mark what is touched, list the runs, clear.
 */
final class Rows {
  private final boolean[] touched;
  private final int[] from;
  private final int[] to;
  private int runs;

  /** Rows of a matrix of so many; none is touched. */
  Rows(int count) {
    touched = new boolean[count];
    from = new int[count / 2 + 1];
    to = new int[count / 2 + 1];
  }

  /** Marks the rows whose factor x[at + row] is not zero. */
  void mark(float[] x, int at) {
    for (int row = 0; row < touched.length; row++) {
      touched[row] |= x[at + row] != 0f;
    }
  }

  /** Lists the runs of what is marked. */
  void list() {
    runs = 0;
    int row = 0;
    while (row < touched.length) {
      if (touched[row]) {
        from[runs] = row;
        while (row < touched.length && touched[row]) {
          row++;
        }
        to[runs++] = row;
      } else {
        row++;
      }
    }
  }

  /** Number of listed runs. */
  int runs() {
    return runs;
  }

  /** First row of a listed run. */
  int from(int run) {
    return from[run];
  }

  /** Number of rows of a listed run. */
  int length(int run) {
    return to[run] - from[run];
  }

  void clear() {
    Arrays.fill(touched, false);
  }
}
