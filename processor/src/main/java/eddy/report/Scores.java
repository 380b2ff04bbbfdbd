package eddy.report;

import eddy.feature.TargetSpec;
import eddy.learn.Outcome;
import eddy.metric.Confusion;
import eddy.metric.Memory;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that is scored of a run, fed line by line as labels settle, in memory that grows with
 * neither events nor keys. For one thread.
 *
 * <p>Replay and the demo keep the same, so that their figures mean the same.
 */
public final class Scores {
  /** Classes with a row of their own in a confusion. */
  private static final int CLASSES = 64;

  private final List<TargetSpec> targets;
  private final Map<Memory, Scoreboard> boards = new EnumMap<>(Memory.class);
  private final Scoreboard[] fed; // all of them
  private final NaiveSteps steps;
  private final KeyScores keys;
  private final MostSurprising surprising;
  private final DriftMarks drift;
  private final long[] fromBaseline; // by target
  private final Confusion[] confusions; // by target; null for a number

  private Scores(List<TargetSpec> targets, List<List<String>> rivals) {
    this.targets = List.copyOf(targets);
    for (Memory memory : Memory.values()) {
      boards.put(memory, Scoreboard.of(targets, rivals, memory));
    }
    fed = boards.values().toArray(Scoreboard[]::new);
    steps = new NaiveSteps(targets.size());
    keys = new KeyScores(targets.size());
    surprising = new MostSurprising(targets);
    drift = new DriftMarks(targets.size());
    fromBaseline = new long[targets.size()];
    confusions =
        targets.stream()
            .map(target -> target.category() ? new Confusion(CLASSES) : null)
            .toArray(Confusion[]::new);
  }

  /** Of what is published, the learner, and persistence. */
  public static Scores of(List<TargetSpec> targets) {
    return of(targets, List.of());
  }

  /**
   * Of these and of rivals.
   *
   * @param rivals names of those that every line tells of, in its order, by target; empty for none
   */
  public static Scores of(List<TargetSpec> targets, List<List<String>> rivals) {
    return new Scores(targets, rivals);
  }

  /** Scores the settled targets of a line. Modifies only these scores. */
  public void add(ScoredLine line) {
    if (line.targets().size() != targets.size()) {
      throw new IllegalArgumentException(
          "a line must have " + targets.size() + " targets but has " + line.targets().size());
    }
    double[] naive = steps.of(line);
    for (Scoreboard board : fed) {
      board.add(line, naive);
    }
    keys.add(line);
    surprising.add(line);
    drift.add(line);
    for (int i = 0; i < fromBaseline.length; i++) {
      if (line.targets().get(i) instanceof ScoredTarget.OfNumber number) {
        count(i, number.source());
      } else if (line.targets().get(i) instanceof ScoredTarget.OfClass symbol) {
        count(i, symbol.source());
        confusions[i].add(symbol.label(), symbol.predicted());
      }
    }
  }

  private void count(int target, Outcome.Source source) {
    fromBaseline[target] += source == Outcome.Source.BASELINE ? 1 : 0;
  }

  /** What is predicted, in the configured order. */
  public List<TargetSpec> targets() {
    return targets;
  }

  /** Scores over everything. */
  public Scoreboard board() {
    return board(Memory.CUMULATIVE);
  }

  /** Scores that look so far back. */
  public Scoreboard board(Memory memory) {
    return boards.get(memory);
  }

  /** Number of event-target pairs whose label settled. */
  public long scored() {
    return board().scored();
  }

  /**
   * Scores by field, of fields that are predicted at several horizons as the same kind, in the
   * configured order.
   */
  public Map<String, List<TargetScores>> horizons() {
    Map<String, List<TargetScores>> fields = new LinkedHashMap<>();
    for (int i = 0; i < targets.size(); i++) {
      TargetSpec target = targets.get(i);
      String kind = target.category() ? target.field() + ":category" : target.field();
      fields.computeIfAbsent(kind, field -> new ArrayList<>()).add(board().targets().get(i));
    }
    fields.values().removeIf(sides -> sides.size() < 2);
    return fields;
  }

  /** The most surprising of what was scored; empty where surprises were not assessed. */
  public MostSurprising surprising() {
    return surprising;
  }

  /** Where drift was found. */
  public DriftMarks drift() {
    return drift;
  }

  /** Scores by key. */
  public KeyScores keys() {
    return keys;
  }

  /** Predictions scored for which the baseline was published, as before the model had beaten it. */
  public long fromBaseline(int target) {
    return fromBaseline[target];
  }

  /** Which class was taken for which; null for a number. */
  public Confusion confusion(int target) {
    return confusions[target];
  }
}
