package eddy.metric;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often which class was taken for which, in bounded memory: the classes that are seen first
 * have a row and a column of their own, all others share the last ones.
 */
public final class Confusion {
  private final int most;
  private final Map<String, Integer> index = new HashMap<>();
  private final List<String> classes = new ArrayList<>();
  private final long[][] counts; // [true][predicted], the last of both for all others

  /**
   * Nothing counted.
   *
   * @param most classes with a row of their own
   */
  public Confusion(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("a confusion needs at least 1 class but has " + most);
    }
    this.most = most;
    counts = new long[most + 1][most + 1];
  }

  /**
   * Counts one prediction. Modifies only this confusion.
   *
   * @param predicted null for none, which counts among the others
   */
  public void add(String label, String predicted) {
    int row = index(label);
    counts[row][predicted == null ? most : index(predicted)]++;
  }

  private int index(String name) {
    Integer known = index.get(name);
    if (known != null) {
      return known;
    }
    if (classes.size() == most) {
      return most;
    }
    index.put(name, classes.size());
    classes.add(name);
    return classes.size() - 1;
  }

  /** Classes with a row of their own, in the order in which they were seen. */
  public List<String> classes() {
    return Collections.unmodifiableList(classes);
  }

  /**
   * How often a class was taken for another.
   *
   * @param label index of a class, or their number for all others
   * @param predicted the same of what was predicted; the last one counts no prediction too
   */
  public long count(int label, int predicted) {
    return counts[own(label)][own(predicted)];
  }

  private int own(int at) {
    return at == classes.size() ? most : at;
  }
}
