package eddy.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import eddy.learn.Spread;
import eddy.report.JsonNumber;
import java.io.IOException;
import java.util.List;

/**
 * Whether what the learner says of its uncertainty is true: how often labels lie below each
 * quantile, or where in its normal distribution each label lies (probability integral transform,
 * Dawid 1984).
 */
final class Calibration {
  private static final int BINS = 20;
  private static final double SQRT_2 = Math.sqrt(2);

  private List<Double> levels = List.of();
  private long[] below = {};
  private long quantileRows;
  private double width;
  private final long[] bins = new long[BINS];
  private long deviationRows;

  /** Adds a label beside what was said of it. */
  void add(double label, double mean, Spread spread) {
    if (spread instanceof Spread.Quantiles given) {
      addQuantiles(label, given);
    } else if (spread instanceof Spread.Deviation deviation && deviation.value() > 0) {
      double place = normal((label - mean) / deviation.value());
      if (!Double.isNaN(place)) {
        bins[Math.min(BINS - 1, (int) (place * BINS))]++;
        deviationRows++;
      }
    }
  }

  private void addQuantiles(double label, Spread.Quantiles given) {
    List<Double> values = given.values();
    if (values.isEmpty() || values.get(0).isNaN()) {
      return;
    }
    if (levels.isEmpty()) {
      levels = given.levels();
      below = new long[levels.size()];
    }
    for (int i = 0; i < below.length; i++) {
      below[i] += label <= values.get(i) ? 1 : 0;
    }
    width += values.get(values.size() - 1) - values.get(0);
    quantileRows++;
  }

  /** The normal distribution function, to 1.5e-7 (Abramowitz and Stegun 7.1.26). */
  static double normal(double deviations) {
    double x = Math.abs(deviations) / SQRT_2;
    double t = 1 / (1 + 0.3275911 * x);
    double polynomial =
        t
            * (0.254829592
                + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
    double upper = polynomial * Math.exp(-x * x) / 2;
    return deviations >= 0 ? 1 - upper : upper;
  }

  void write(JsonGenerator json) throws IOException {
    if (quantileRows > 0) {
      json.writeObjectFieldStart("quantiles");
      json.writeNumberField("rows", quantileRows);
      JsonNumber.field(json, "width", width / quantileRows);
      json.writeArrayFieldStart("levels");
      for (double level : levels) {
        json.writeNumber(level);
      }
      json.writeEndArray();
      json.writeFieldName("below");
      json.writeArray(below, 0, below.length);
      json.writeEndObject();
    }
    if (deviationRows > 0) {
      json.writeObjectFieldStart("pit");
      json.writeNumberField("rows", deviationRows);
      json.writeFieldName("bins");
      json.writeArray(bins, 0, bins.length);
      json.writeEndObject();
    }
  }
}
