package eddy.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The losses of two runs, summed over the same ranges of rows. Ranges whose rows are not exactly
 * the same in both are empty here.
 *
 * @param counts rows of each range
 * @param bases sum of the base's losses in each
 * @param others sum of the other's losses in each
 * @param times latest time in each
 * @param width rows that a range spans
 * @param first number of the first range, counted from row 0
 * @param leftOut rows in ranges that differ, of the run that has more of them
 */
record PairedSums(
    long[] counts,
    double[] bases,
    double[] others,
    long[] times,
    long width,
    int first,
    long leftOut) {
  /** Pairs two runs. Widens the ranges of the one that has the narrower ones. */
  static PairedSums of(LossSums base, LossSums other) {
    base.widenTo(other);
    other.widenTo(base);
    int end = Math.max(base.ranges(), other.ranges());
    int first = 0;
    while (first < end && base.count(first) == 0 && other.count(first) == 0) {
      first++;
    }
    int ranges = end - first;
    long[] counts = new long[ranges];
    double[] bases = new double[ranges];
    double[] others = new double[ranges];
    long[] times = new long[ranges];
    long leftOut = 0;
    for (int i = 0; i < ranges; i++) {
      int range = first + i;
      if (base.sameRows(other, range)) {
        counts[i] = base.count(range);
        bases[i] = base.sum(range);
        others[i] = other.sum(range);
        times[i] = base.time(range);
      } else {
        leftOut += Math.max(base.count(range), other.count(range));
      }
    }
    return new PairedSums(counts, bases, others, times, base.width(), first, leftOut);
  }

  long rows() {
    return LongStream.of(counts).sum();
  }

  /** Rows of each range, as what a mean is taken by. */
  double[] weights() {
    return LongStream.of(counts).asDoubleStream().toArray();
  }

  double base() {
    return sum(bases);
  }

  double other() {
    return sum(others);
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  /** What the other lost more than the base in each range. */
  double[] differences() {
    double[] differences = new double[counts.length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = others[i] - bases[i];
    }
    return differences;
  }

  /** The differences added up, at no more than so many points. */
  List<Comparison.Point> course(int points) {
    List<Comparison.Point> course = new ArrayList<>();
    double sum = 0;
    int step = Math.max(1, (counts.length + points - 1) / points);
    long time = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += others[i] - bases[i];
      time = counts[i] == 0 ? time : times[i];
      if ((i + 1) % step == 0 || i + 1 == counts.length) {
        course.add(new Comparison.Point((first + i + 1) * width - 1, time, sum));
      }
    }
    return course;
  }
}
