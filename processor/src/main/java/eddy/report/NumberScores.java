package eddy.report;

import eddy.learn.Spread;
import eddy.metric.NormalScore;
import eddy.metric.QuantileScore;
import eddy.metric.RegressionScore;
import eddy.metric.RegressionSkill;
import eddy.metric.RunningMean;
import java.util.List;
import java.util.function.Supplier;

/**
 * Scores of a number.
 *
 * <p>A model that said nothing (NaN) is not scored on that row; its own n tells.
 */
public final class NumberScores implements TargetScores {
  private static final int FIRST_BASELINE = ByModel.FIRST_BASELINE;

  private final ByModel<RegressionScore, RegressionSkill> by;
  private final QuantileScore quantiles;
  private final NormalScore normal;
  private final RunningMean steps; // of labels, from one of a key to the next

  NumberScores(String target, List<String> models, Supplier<RunningMean> means) {
    by =
        ByModel.of(
            target, models, () -> new RegressionScore(means), () -> new RegressionSkill(means));
    quantiles = new QuantileScore(means);
    normal = new NormalScore(means);
    steps = means.get();
  }

  @Override
  public void add(ScoredTarget scored, double naive) {
    if (scored instanceof ScoredTarget.OfNumber number) {
      double label = number.label();
      if (!Double.isNaN(naive)) {
        steps.add(naive);
      }
      for (int i = 0; i < by.scores().size(); i++) {
        double said = said(number, i);
        if (!Double.isNaN(said)) {
          by.scores().get(i).add(label, said);
        }
        if (i >= FIRST_BASELINE) {
          by.skills().get(i - FIRST_BASELINE).add(label, number.predicted(), said);
        }
      }
      add(label, number.model(), number.spread());
      addPinball(number);
    }
  }

  private void addPinball(ScoredTarget.OfNumber number) {
    double lost = Pinball.of(number.label(), number.model(), number.spread());
    if (Double.isNaN(lost)) {
      return;
    }
    for (int i = 0; i < by.skills().size(); i++) {
      double baselineLost =
          i == 0
              ? Pinball.ofPoint(number.label(), number.baseline(), number.spread())
              : Pinball.of(number.label(), number.rivals().get(i - 1), number.spread());
      by.skills().get(i).addPinball(lost, baselineLost);
    }
  }

  private static double said(ScoredTarget.OfNumber number, int model) {
    return switch (model) {
      case 0 -> number.predicted();
      case 1 -> number.model();
      case FIRST_BASELINE -> number.baseline();
      default -> number.rivals().get(model - FIRST_BASELINE - 1).value();
    };
  }

  private void add(double label, double model, Spread spread) {
    if (spread instanceof Spread.Quantiles given) {
      if (!Double.isNaN(given.values().get(0))) {
        quantiles.add(label, given.levels(), given.values());
      }
    } else if (spread instanceof Spread.Deviation deviation && !Double.isNaN(deviation.value())) {
      normal.add(label, model, deviation.value());
    }
  }

  @Override
  public ByModel<RegressionScore, RegressionSkill> byModel() {
    return by;
  }

  @Override
  public long scored() {
    return by.scores().get(0).count();
  }

  @Override
  public double skill(String baseline) {
    return skillAgainst(baseline).mae();
  }

  /** Errors of a model. */
  public RegressionScore of(String model) {
    return by.of(model);
  }

  /**
   * Mean absolute scaled error of a model: its MAE by the mean change of a key's labels from one to
   * the next, up to now. One step, whatever the horizon, so that horizons compare. Hyndman and
   * Koehler 2006, who take the changes of a training set; in one pass there is none. NaN before a
   * key has two labels, and while labels stand still.
   */
  public double mase(String model) {
    double step = steps.mean();
    return step == 0 ? Double.NaN : of(model).mae() / step;
  }

  /** What was published against a baseline, on the rows on which both said something. */
  public RegressionSkill skillAgainst(String baseline) {
    return by.against(baseline);
  }

  /** Whether the learner has said of its uncertainty so that pinball losses can be had. */
  public boolean hasPinball() {
    return quantiles.count() + normal.count() > 0;
  }

  /** Of the model's quantiles; empty where it gives none. */
  public QuantileScore quantiles() {
    return quantiles;
  }

  /** Of the model's mean and deviation; empty where it gives no deviation. */
  public NormalScore normal() {
    return normal;
  }
}
