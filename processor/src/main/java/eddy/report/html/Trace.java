package eddy.report.html;

import java.util.Arrays;

/**
 * What was forecast for one key and target over time, in bounded memory: the newest rows as they
 * are, and of those before them the rows with the lowest and the highest label of every group. When
 * the history is full, the groups double.
 */
final class Trace {
  static final int TIME = 0;
  static final int LABEL = 1;
  static final int PREDICTED = 2;
  static final int BASELINE = 3;
  static final int LOW = 4;
  static final int HIGH = 5;
  static final int BY_MODEL = 6;

  /** Values of a row. */
  static final int WIDTH = 7;

  private static final int NEWEST = 800;
  private static final int HISTORY = 1600;
  private static final int FIRST = 16;

  private double[] newest = new double[FIRST * WIDTH];
  private double[] history = {};
  private final double[] group = new double[2 * WIDTH]; // rows of the lowest and highest label
  private long rows;
  private int historyRows;
  private int groupSize = 1;
  private int grouped;
  private boolean highestLast;

  /** Adds a row [WIDTH]. */
  void add(double[] row) {
    if (rows >= NEWEST) {
      remember(newest, (int) (rows % NEWEST) * WIDTH);
    } else if (rows * WIDTH == newest.length) {
      newest = Arrays.copyOf(newest, Math.min(2 * newest.length, NEWEST * WIDTH));
    }
    System.arraycopy(row, 0, newest, (int) (rows % NEWEST) * WIDTH, WIDTH);
    rows++;
  }

  /** Rows held, those that have been left out not counted. */
  int held() {
    return historyRows + (int) Math.min(rows, NEWEST);
  }

  private void remember(double[] from, int offset) {
    double label = from[offset + LABEL];
    if (grouped == 0 || label < group[LABEL]) {
      System.arraycopy(from, offset, group, 0, WIDTH);
      highestLast = false;
    }
    if (grouped == 0 || label >= group[WIDTH + LABEL]) {
      System.arraycopy(from, offset, group, WIDTH, WIDTH);
      highestLast = true;
    }
    grouped++;
    if (grouped == groupSize) {
      grouped = 0;
      if (groupSize == 1) {
        append(0);
      } else {
        append(highestLast ? 0 : WIDTH);
        append(highestLast ? WIDTH : 0);
      }
    }
  }

  private void append(int offset) {
    if (historyRows == HISTORY) {
      double[] full = history;
      history = new double[HISTORY * WIDTH];
      historyRows = decimate(full, HISTORY, history);
      groupSize *= 2;
    }
    if (history.length == historyRows * WIDTH) {
      int more = Math.max(FIRST * WIDTH, 2 * history.length);
      history = Arrays.copyOf(history, Math.min(more, HISTORY * WIDTH));
    }
    System.arraycopy(group, offset, history, historyRows * WIDTH, WIDTH);
    historyRows++;
  }

  /** Of every four rows keeps the ones with the lowest and the highest label; their number. */
  private static int decimate(double[] from, int count, double[] to) {
    int kept = 0;
    for (int start = 0; start < count; start += 4) {
      int low = start;
      int high = start;
      for (int row = start; row < Math.min(start + 4, count); row++) {
        low = from[row * WIDTH + LABEL] < from[low * WIDTH + LABEL] ? row : low;
        high = from[row * WIDTH + LABEL] >= from[high * WIDTH + LABEL] ? row : high;
      }
      System.arraycopy(from, Math.min(low, high) * WIDTH, to, kept++ * WIDTH, WIDTH);
      if (low != high) {
        System.arraycopy(from, Math.max(low, high) * WIDTH, to, kept++ * WIDTH, WIDTH);
      }
    }
    return kept;
  }

  /**
   * The rows, oldest first, by column [WIDTH][row]; decimated until they are few enough.
   *
   * @param most rows wanted, at least 4
   */
  double[][] columns(int most) {
    int count = held();
    double[] all = new double[count * WIDTH];
    System.arraycopy(history, 0, all, 0, historyRows * WIDTH);
    int ring = count - historyRows;
    int oldest = rows > NEWEST ? (int) (rows % NEWEST) : 0;
    for (int i = 0; i < ring; i++) {
      int from = (oldest + i) % NEWEST * WIDTH;
      System.arraycopy(newest, from, all, (historyRows + i) * WIDTH, WIDTH);
    }
    while (count > most) {
      double[] fewer = new double[count * WIDTH];
      count = decimate(all, count, fewer);
      all = fewer;
    }
    double[][] columns = new double[WIDTH][count];
    for (int row = 0; row < count; row++) {
      for (int column = 0; column < WIDTH; column++) {
        columns[column][row] = all[row * WIDTH + column];
      }
    }
    return columns;
  }
}
