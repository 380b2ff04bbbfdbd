package eddy.report;

import eddy.learn.Spread;
import eddy.metric.ClassificationScore;
import eddy.metric.LikelihoodScore;
import eddy.metric.QuantileScore;
import eddy.metric.RegressionScore;
import eddy.metric.RunningMean;
import eddy.metric.Skill;
import java.util.function.Supplier;

/**
 * Scores of one target: of what was published ({@code eddy}), of the learner alone ({@code model})
 * and of {@code persistence}.
 */
public sealed interface TargetScores {
  /** Name of the target. */
  String target();

  /** Number of labels scored. */
  long scored();

  /** Share of persistence's loss that the published predictions avoid. */
  double skill();

  /** Adds what a line says of this target. Modifies only these scores. */
  void add(ScoredTarget scored);

  /**
   * Scores of a number.
   *
   * <p>A model that said nothing (NaN) is not scored on that row; its own n tells.
   */
  final class OfNumber implements TargetScores {
    private final String target;
    private final RegressionScore eddy;
    private final RegressionScore model;
    private final RegressionScore persistence;
    private final QuantileScore quantiles;
    private final LikelihoodScore likelihood;
    private final Skill skill;

    OfNumber(String target, Supplier<RunningMean> means) {
      this.target = target;
      eddy = new RegressionScore(means);
      model = new RegressionScore(means);
      persistence = new RegressionScore(means);
      quantiles = new QuantileScore(means);
      likelihood = new LikelihoodScore(means);
      skill = new Skill(means);
    }

    @Override
    public void add(ScoredTarget scored) {
      if (scored instanceof ScoredTarget.OfNumber number) {
        double label = number.label();
        add(eddy, label, number.predicted());
        add(model, label, number.model());
        add(persistence, label, number.baseline());
        skill.add(Math.abs(number.predicted() - label), Math.abs(number.baseline() - label));
        if (number.spread() instanceof Spread.Quantiles given) {
          addQuantiles(label, given);
        } else if (number.spread() instanceof Spread.Deviation deviation
            && !Double.isNaN(deviation.value())) {
          likelihood.add(label, number.model(), deviation.value());
        }
      }
    }

    private void addQuantiles(double label, Spread.Quantiles given) {
      if (!Double.isNaN(given.values().get(0))) {
        quantiles.add(label, given.levels(), given.values());
      }
    }

    private static void add(RegressionScore score, double label, double prediction) {
      if (!Double.isNaN(prediction)) {
        score.add(label, prediction);
      }
    }

    @Override
    public String target() {
      return target;
    }

    @Override
    public long scored() {
      return eddy.count();
    }

    @Override
    public double skill() {
      return skill.value();
    }

    public RegressionScore eddy() {
      return eddy;
    }

    public RegressionScore model() {
      return model;
    }

    public RegressionScore persistence() {
      return persistence;
    }

    /** Of the model's quantiles; empty where it gives none. */
    public QuantileScore quantiles() {
      return quantiles;
    }

    /** Of the model's mean and deviation; empty where it gives no deviation. */
    public LikelihoodScore likelihood() {
      return likelihood;
    }
  }

  /**
   * Scores of a class.
   *
   * <p>Saying nothing is an error. Persistence gives its class probability 1, so that its log-loss
   * is infinite from its first error on.
   */
  final class OfClass implements TargetScores {
    private final String target;
    private final ClassificationScore eddy;
    private final ClassificationScore model;
    private final ClassificationScore persistence;
    private final Skill skill;

    OfClass(String target, Supplier<RunningMean> means) {
      this.target = target;
      eddy = new ClassificationScore(means);
      model = new ClassificationScore(means);
      persistence = new ClassificationScore(means);
      skill = new Skill(means);
    }

    @Override
    public void add(ScoredTarget scored) {
      if (scored instanceof ScoredTarget.OfClass symbol) {
        String label = symbol.label();
        boolean right = label.equals(symbol.predicted());
        boolean noChangeRight = label.equals(symbol.baseline());
        eddy.add(right, noChangeRight, symbol.probability());
        model.add(label.equals(symbol.model()), noChangeRight, symbol.probability());
        persistence.add(noChangeRight, noChangeRight, noChangeRight ? 1 : 0);
        skill.add(right ? 0 : 1, noChangeRight ? 0 : 1);
      }
    }

    @Override
    public String target() {
      return target;
    }

    @Override
    public long scored() {
      return eddy.count();
    }

    @Override
    public double skill() {
      return skill.value();
    }

    public ClassificationScore eddy() {
      return eddy;
    }

    public ClassificationScore model() {
      return model;
    }

    public ClassificationScore persistence() {
      return persistence;
    }
  }
}
