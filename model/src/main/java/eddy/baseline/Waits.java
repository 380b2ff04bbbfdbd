package eddy.baseline;

import java.util.Arrays;

/**
 * Forecasts of a key that wait for their labels, oldest first, found by the position of their
 * origin.
 *
 * <p>A ring that grows to the most that may wait; then the oldest is given up for the newest.
 */
final class Waits {
  private static final int FIRST_LENGTH = 2;

  private final int most;
  private final int width;
  private long[] positions; // of origins, ascending
  private long[] marks;
  private double[][] said;
  private long first;
  private long end;

  /**
   * An empty ring.
   *
   * @param most forecasts that wait
   * @param width doubles of a forecast; they may be replaced by {@link #said(long, double[])}
   */
  Waits(int most, int width) {
    this.most = most;
    this.width = width;
    int length = Math.min(most, FIRST_LENGTH);
    positions = new long[length];
    marks = new long[length];
    said = new double[length][];
  }

  /**
   * Makes room for a forecast.
   *
   * @param position of its origin, above those before
   * @param mark of the caller's
   * @return its number
   */
  long add(long position, long mark) {
    if (end - first == positions.length) {
      if (positions.length < most) {
        grow(Math.min(most, 2 * positions.length));
      } else {
        first++;
      }
    }
    int slot = slot(end);
    positions[slot] = position;
    marks[slot] = mark;
    if (said[slot] == null) {
      said[slot] = new double[width];
    }
    return end++;
  }

  private void grow(int length) {
    long[] newPositions = new long[length];
    long[] newMarks = new long[length];
    double[][] newSaid = new double[length][];
    for (long number = first; number < end; number++) {
      int to = (int) (number % length);
      newPositions[to] = positions[slot(number)];
      newMarks[to] = marks[slot(number)];
      newSaid[to] = said[slot(number)];
    }
    positions = newPositions;
    marks = newMarks;
    said = newSaid;
  }

  private int slot(long number) {
    return (int) (number % positions.length);
  }

  /** Number of the forecast whose origin has this position; -1 where it does not wait. */
  long find(long position) {
    long low = first;
    long high = end - 1;
    while (low <= high) {
      long middle = (low + high) >>> 1;
      long there = positions[slot(middle)];
      if (there == position) {
        return middle;
      }
      if (there < position) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  long mark(long number) {
    return marks[slot(number)];
  }

  /** What was said; to be filled where it has just been added. */
  double[] said(long number) {
    return said[slot(number)];
  }

  /** The same with room for at least so many doubles. */
  double[] said(long number, int length) {
    int slot = slot(number);
    if (said[slot].length < length) {
      said[slot] = Arrays.copyOf(said[slot], length);
    }
    return said[slot];
  }
}
