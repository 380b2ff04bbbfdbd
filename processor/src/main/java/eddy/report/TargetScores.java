package eddy.report;

import java.util.List;

/**
 * Scores of one target by model: of what was published ({@value #EDDY}), of the learner alone
 * ({@value #MODEL}), of {@value #PERSISTENCE}, and of every rival that was asked beside them.
 */
public sealed interface TargetScores permits NumberScores, ClassScores {
  /** What was published. */
  String EDDY = "eddy";

  /** What the learner said. */
  String MODEL = "model";

  /** The last value, or the last class. */
  String PERSISTENCE = "persistence";

  /** The learner that has stopped learning, where it is among the rivals. */
  String FROZEN = "frozen";

  /** Those that are always scored, the baseline last. */
  List<String> ALWAYS = List.of(EDDY, MODEL, PERSISTENCE);

  /** Scores by model, and skills by baseline. */
  ByModel<?, ?> byModel();

  /** Name of the target. */
  default String target() {
    return byModel().target();
  }

  /** The models, in the order {@value #EDDY}, {@value #MODEL}, {@value #PERSISTENCE}, rivals. */
  default List<String> models() {
    return byModel().models();
  }

  /** The models that others are held against: {@value #PERSISTENCE}, then rivals. */
  default List<String> baselines() {
    return models().subList(models().indexOf(PERSISTENCE), models().size());
  }

  /** Number of labels scored. */
  long scored();

  /** Share of a baseline's loss that the published predictions avoid: of MAE, or of errors. */
  double skill(String baseline);

  /** Share of persistence's loss that the published predictions avoid. */
  default double skill() {
    return skill(PERSISTENCE);
  }

  /**
   * Adds what a line says of this target. Modifies only these scores.
   *
   * @param naive how far a number lies from the label of its key before it; NaN where that is none
   */
  void add(ScoredTarget scored, double naive);

  /** Where a name stands; refuses one that is not there. */
  static int index(List<String> names, String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("no scores of " + name + "; there are those of " + names);
    }
    return index;
  }
}
