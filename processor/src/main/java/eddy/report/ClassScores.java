package eddy.report;

import eddy.metric.ClassificationScore;
import eddy.metric.ClassificationSkill;
import eddy.metric.RunningMean;
import eddy.metric.TopScore;
import java.util.List;
import java.util.function.Supplier;

/**
 * Scores of a class.
 *
 * <p>Saying nothing is an error. Persistence gives its class probability 1, so that its log-loss is
 * infinite from its first error on, and ranks no other, so that its top-k accuracy is its accuracy.
 */
public final class ClassScores implements TargetScores {
  private final ByModel<ClassificationScore, ClassificationSkill> by;
  private final List<TopScore> tops; // by model

  ClassScores(String target, List<String> models, Supplier<RunningMean> means) {
    by =
        ByModel.of(
            target,
            models,
            () -> new ClassificationScore(means),
            () -> new ClassificationSkill(means));
    tops = models.stream().map(model -> new TopScore(means)).toList();
  }

  @Override
  public void add(ScoredTarget scored, double naive) {
    if (scored instanceof ScoredTarget.OfClass symbol) {
      String label = symbol.label();
      boolean right = label.equals(symbol.predicted());
      boolean noChangeRight = label.equals(symbol.baseline());
      double bits = ClassificationScore.bits(symbol.probability());
      tops.get(0).add(symbol.publishedRank());
      tops.get(1).add(symbol.rank());
      tops.get(ByModel.FIRST_BASELINE).add(noChangeRight ? 1 : TopScore.UNRANKED);
      by.scores().get(0).addBits(right, noChangeRight, bits);
      by.scores().get(1).addBits(label.equals(symbol.model()), noChangeRight, bits);
      double noChangeBits = noChangeRight ? 0 : Double.POSITIVE_INFINITY;
      addBaseline(0, noChangeRight, noChangeBits, right, bits, noChangeRight);
      for (int i = 1; i < by.skills().size(); i++) {
        ScoredTarget.Opinion rival = symbol.rivals().get(i - 1);
        addBaseline(
            i,
            label.equals(rival.predicted()),
            ClassificationScore.bits(rival.probability()),
            right,
            bits,
            noChangeRight);
        tops.get(ByModel.FIRST_BASELINE + i).add(rival.rank());
      }
    }
  }

  private void addBaseline(
      int baseline,
      boolean baselineRight,
      double baselineBits,
      boolean right,
      double bits,
      boolean noChangeRight) {
    by.scores()
        .get(ByModel.FIRST_BASELINE + baseline)
        .addBits(baselineRight, noChangeRight, baselineBits);
    by.skills().get(baseline).add(right, bits, baselineRight, baselineBits);
  }

  @Override
  public ByModel<ClassificationScore, ClassificationSkill> byModel() {
    return by;
  }

  @Override
  public long scored() {
    return by.scores().get(0).count();
  }

  @Override
  public double skill(String baseline) {
    return skillAgainst(baseline).accuracy();
  }

  /** Errors of a model. */
  public ClassificationScore of(String model) {
    return by.of(model);
  }

  /** Top-k accuracy of a model. Persistence ranks its one class alone. */
  public TopScore top(String model) {
    return tops.get(TargetScores.index(models(), model));
  }

  /** Share of a baseline's labels beyond its first classes that what was published has within. */
  public double topSkill(String baseline, int index) {
    return top(EDDY).skill(index, top(baseline));
  }

  /** What was published against a baseline. */
  public ClassificationSkill skillAgainst(String baseline) {
    return by.against(baseline);
  }
}
