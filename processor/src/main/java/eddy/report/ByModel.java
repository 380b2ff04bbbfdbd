package eddy.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Scores of one target by model, and skills of what was published by baseline.
 *
 * @param target its name
 * @param models in the order of {@link TargetScores#models}
 * @param scores by model
 * @param skills by baseline
 */
public record ByModel<S, K>(String target, List<String> models, List<S> scores, List<K> skills) {
  /** Number of the first model that is a baseline. */
  static final int FIRST_BASELINE = 2;

  /** Scores of models that have said nothing. */
  static <S, K> ByModel<S, K> of(
      String target, List<String> models, Supplier<S> score, Supplier<K> skill) {
    return new ByModel<>(
        target,
        List.copyOf(models),
        new ArrayList<>(Stream.generate(score).limit(models.size()).toList()),
        new ArrayList<>(Stream.generate(skill).limit(models.size() - FIRST_BASELINE).toList()));
  }

  /** Scores of a model. */
  S of(String model) {
    return scores.get(TargetScores.index(models, model));
  }

  /** Skill of what was published against a baseline. */
  K against(String baseline) {
    return skills.get(TargetScores.index(models.subList(FIRST_BASELINE, models.size()), baseline));
  }
}
