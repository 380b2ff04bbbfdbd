package eddy.report;

import eddy.feature.TargetSpec;
import eddy.surprise.Assessment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The most surprising of all matured predictions, {@value #MOST} at most. For one thread. */
public final class MostSurprising {
  /** How many are kept. */
  public static final int MOST = 20;

  private static final Comparator<Found> BY_SCORE =
      Comparator.comparingDouble((Found found) -> found.assessment().score())
          // of equal ones the earlier counts more
          .thenComparing(
              Comparator.comparingLong((Found found) -> found.line().labelRow()).reversed())
          .thenComparing(Comparator.comparing(Found::target).reversed());

  private final List<TargetSpec> targets;
  private final PriorityQueue<Found> least = new PriorityQueue<>(MOST + 1, BY_SCORE);

  /**
   * One target of a line.
   *
   * @param line where it was settled
   * @param target its name
   * @param scored what was said of it, and its label
   * @param assessment how surprising that is
   */
  public record Found(ScoredLine line, String target, ScoredTarget scored, Assessment assessment) {}

  /** None so far. */
  public MostSurprising(List<TargetSpec> targets) {
    this.targets = targets;
  }

  /** Takes in a line. Modifies only this list. */
  public void add(ScoredLine line) {
    for (int t = 0; t < line.surprises().size(); t++) {
      Assessment assessment = line.surprises().get(t);
      if (assessment.isPresent() && isAmongThem(assessment)) {
        least.add(new Found(line, targets.get(t).name(), line.targets().get(t), assessment));
        if (least.size() > MOST) {
          least.poll();
        }
      }
    }
  }

  private boolean isAmongThem(Assessment assessment) {
    return least.size() < MOST || assessment.score() > least.peek().assessment().score();
  }

  /** The most surprising first. */
  public List<Found> list() {
    List<Found> found = new ArrayList<>(least);
    found.sort(BY_SCORE.reversed());
    return found;
  }
}
