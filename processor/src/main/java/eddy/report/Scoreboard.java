package eddy.report;

import eddy.feature.TargetSpec;
import eddy.metric.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Scores of every target that look equally far back. {@link Scores} feed it. */
public final class Scoreboard {
  private final List<TargetScores> targets;
  private long scored;

  private Scoreboard(List<TargetScores> targets) {
    this.targets = List.copyOf(targets);
  }

  /**
   * A board without a line.
   *
   * @param rivals by target, names of those that every line tells of, in its order
   */
  static Scoreboard of(List<TargetSpec> targets, List<List<String>> rivals, Memory memory) {
    List<TargetScores> scores = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      TargetSpec target = targets.get(i);
      List<String> models =
          Stream.concat(
                  TargetScores.ALWAYS.stream(),
                  (rivals.isEmpty() ? List.<String>of() : rivals.get(i)).stream())
              .toList();
      scores.add(
          target.category()
              ? new ClassScores(target.name(), models, memory.means())
              : new NumberScores(target.name(), models, memory.means()));
    }
    return new Scoreboard(scores);
  }

  /**
   * Scores the settled targets of a line. Modifies only this board.
   *
   * @param naive by target, how far the label lies from the one before it; NaN where that is none
   */
  void add(ScoredLine line, double[] naive) {
    for (int i = 0; i < naive.length; i++) {
      ScoredTarget target = line.targets().get(i);
      if (!(target instanceof ScoredTarget.Unsettled)) {
        targets.get(i).add(target, naive[i]);
        scored++;
      }
    }
  }

  /** Scores by target, in the configured order. */
  public List<TargetScores> targets() {
    return targets;
  }

  /** Number of event-target pairs whose label settled. */
  public long scored() {
    return scored;
  }
}
