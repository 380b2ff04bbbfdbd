package eddy.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.datasketches.frequencies.ItemsSketch;

/**
 * Scores by key, in memory that does not grow with the number of keys. For one thread.
 *
 * <p>Exact while there are at most {@value #MOST} keys. Beyond, the {@value #KEPT} with most lines
 * stay, as a frequent-items sketch estimates them (Misra and Gries 1982, in the form of Anderson et
 * al. 2017, off by less than 1 in 9,000 of all lines): a key with more than 1 in 4,000 is never
 * dropped. One that comes back begins anew.
 */
public final class KeyScores {
  static final int MOST = 16_384;
  static final int KEPT = MOST / 2;

  private static final int SKETCH = 32_768; // counters of the sketch, a power of 2
  private static final int ROWS = 0;
  private static final int LOSS = 1;
  private static final int BASELINE = 2;
  private static final int WIDTH = 3;

  private final int targets;
  private final int linesAt;

  /** By key: of each target rows, loss and that of the baseline; then the number of lines. */
  private final Map<String, double[]> followed = new HashMap<>();

  private ItemsSketch<String> sketch; // null while all keys are followed

  KeyScores(int targets) {
    this.targets = targets;
    linesAt = targets * WIDTH;
  }

  /** Scores the settled targets of a line. Modifies only these scores. */
  void add(ScoredLine line) {
    String key = line.key();
    double[] sums = followed.get(key);
    if (sums == null) {
      if (followed.size() == MOST) {
        drop();
      }
      sums = new double[linesAt + 1];
      followed.put(key, sums);
    }
    sums[linesAt]++;
    if (sketch != null) {
      sketch.update(key);
    }
    for (int i = 0; i < targets; i++) {
      add(line.targets().get(i), sums, i * WIDTH);
    }
  }

  private static void add(ScoredTarget scored, double[] sums, int at) {
    double loss = Double.NaN;
    double baseline = Double.NaN;
    if (scored instanceof ScoredTarget.OfNumber number) {
      loss = Math.abs(number.predicted() - number.label());
      baseline = Math.abs(number.baseline() - number.label());
    } else if (scored instanceof ScoredTarget.OfClass symbol) {
      loss = symbol.label().equals(symbol.predicted()) ? 0 : 1;
      baseline = symbol.label().equals(symbol.baseline()) ? 0 : 1;
    }
    if (!Double.isNaN(loss) && !Double.isNaN(baseline)) {
      sums[at + ROWS]++;
      sums[at + LOSS] += loss;
      sums[at + BASELINE] += baseline;
    }
  }

  /** Follows the keys with fewest events no longer. */
  private void drop() {
    if (sketch == null) {
      sketch = new ItemsSketch<>(SKETCH);
      followed.forEach((key, sums) -> sketch.update(key, (long) sums[linesAt]));
    }
    List<String> keys = new ArrayList<>(followed.keySet());
    // by name where estimates are equal, so that the same events leave the same keys
    keys.sort(
        Comparator.comparingLong((String key) -> -sketch.getEstimate(key))
            .thenComparing(Comparator.naturalOrder()));
    for (String key : keys.subList(KEPT, keys.size())) {
      followed.remove(key);
    }
  }

  /** The last ones of a list, the last one first. */
  static List<KeyScore> worst(List<KeyScore> keys, int count) {
    List<KeyScore> worst = new ArrayList<>(keys.subList(keys.size() - count, keys.size()));
    Collections.reverse(worst);
    return worst;
  }

  /** Share of keys with less loss than persistence, those with equal losses as a half. */
  static double better(List<KeyScore> keys) {
    double better = 0;
    for (KeyScore key : keys) {
      better += (Math.signum(key.standing()) + 1) / 2;
    }
    return better / keys.size();
  }

  /** Whether no key was ever dropped: then all scores are of all rows. */
  public boolean complete() {
    return sketch == null;
  }

  /** Keys that are followed. */
  public int size() {
    return followed.size();
  }

  /**
   * Scores of one target by key, those of the highest {@link KeyScore#standing} first; keys without
   * a row are left out.
   */
  public List<KeyScore> of(int target) {
    List<KeyScore> scores = new ArrayList<>();
    int at = target * WIDTH;
    followed.forEach(
        (key, sums) -> {
          if (sums[at + ROWS] > 0) {
            scores.add(
                new KeyScore(key, (long) sums[at + ROWS], sums[at + LOSS], sums[at + BASELINE]));
          }
        });
    scores.sort(
        Comparator.comparingDouble((KeyScore score) -> -score.standing())
            .thenComparing(KeyScore::key));
    return scores;
  }
}
