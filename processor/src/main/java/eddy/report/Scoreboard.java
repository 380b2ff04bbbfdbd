package eddy.report;

import eddy.feature.TargetSpec;
import eddy.metric.RunningMean;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Scores of every target, fed line by line as labels settle. For one thread.
 *
 * <p>Replay and the demo keep the same board, so that their figures mean the same.
 */
public final class Scoreboard {
  private final List<TargetScores> targets;
  private long scored;

  private Scoreboard(
      List<TargetSpec> targets, List<List<String>> rivals, Supplier<RunningMean> means) {
    List<TargetScores> scores = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      List<String> models = models(rivals.isEmpty() ? List.of() : rivals.get(i));
      TargetSpec target = targets.get(i);
      scores.add(
          target.category()
              ? new ClassScores(target.name(), models, means)
              : new NumberScores(target.name(), models, means));
    }
    this.targets = List.copyOf(scores);
  }

  private static List<String> models(List<String> rivals) {
    List<String> models =
        new ArrayList<>(List.of(TargetScores.EDDY, TargetScores.MODEL, TargetScores.PERSISTENCE));
    models.addAll(rivals);
    return List.copyOf(models);
  }

  /** A board over everything scored. */
  public static Scoreboard of(List<TargetSpec> targets) {
    return of(targets, RunningMean::cumulative);
  }

  /**
   * A board over everything scored, of lines that say what rivals said.
   *
   * @param rivals their names, by target
   */
  public static Scoreboard of(List<TargetSpec> targets, List<List<String>> rivals) {
    return new Scoreboard(targets, rivals, RunningMean::cumulative);
  }

  /**
   * A board over what the given means remember.
   *
   * @param means such as {@code () -> RunningMean.windowed(1000)}
   */
  public static Scoreboard of(List<TargetSpec> targets, Supplier<RunningMean> means) {
    return new Scoreboard(targets, List.of(), means);
  }

  /** Scores the settled targets of a line. Modifies only this board. */
  public void add(ScoredLine line) {
    if (line.targets().size() != targets.size()) {
      throw new IllegalArgumentException(
          "a line must have " + targets.size() + " targets but has " + line.targets().size());
    }
    for (int i = 0; i < targets.size(); i++) {
      ScoredTarget target = line.targets().get(i);
      if (!(target instanceof ScoredTarget.Unsettled)) {
        targets.get(i).add(target);
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
