package eddy.report;

import java.util.ArrayList;
import java.util.List;

/** Where drift was found in a run, by the number of labels; the first of them in bounded memory. */
public final class DriftMarks {
  /** Drifts that are told of one by one. */
  private static final int MOST = 1000;

  private final long[] labels; // by target
  private final long[] found; // by target
  private final List<Mark> marks = new ArrayList<>();

  /**
   * One drift.
   *
   * @param labels of the target that had come by then, of all keys and partitions
   * @param line of the label that it was found at
   */
  public record Mark(Drift drift, long labels, ScoredLine line) {}

  DriftMarks(int targets) {
    labels = new long[targets];
    found = new long[targets];
  }

  void add(ScoredLine line) {
    for (int t = 0; t < labels.length; t++) {
      labels[t] += line.targets().get(t) instanceof ScoredTarget.Unsettled ? 0 : 1;
    }
    for (Drift drift : line.drifts()) {
      found[drift.target()]++;
      if (marks.size() < MOST) {
        marks.add(new Mark(drift, labels[drift.target()], line));
      }
    }
  }

  /** The first of them, in the order in which they were found. */
  public List<Mark> marks() {
    return List.copyOf(marks);
  }

  /** How many were found in the losses of a target. */
  public long found(int target) {
    return found[target];
  }
}
