package eddy.soak;

import eddy.benchmark.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a soak has come to.
 *
 * @param warmUp seconds that no trend counts
 * @param bound most that memory may rise in an hour, as a share of its mean
 */
record SoakReport(List<Sample> samples, double warmUp, double bound) {
  private List<Sample> judged() {
    return samples.stream().filter(sample -> sample.seconds() >= warmUp).toList();
  }

  private Trend trend(Series series) {
    List<Sample> after = judged();
    return Trend.of(
        after.stream().mapToDouble(Sample::seconds).toArray(),
        after.stream().mapToDouble(series::of).toArray());
  }

  boolean flat() {
    return List.of(Series.values()).stream().noneMatch(this::rises);
  }

  private boolean rises(Series series) {
    return series.judged() && trend(series).risesAbove(series.latitude() * bound);
  }

  String text() {
    Table table = new Table("series", "first", "mean", "last", "% an hour", "bound", "");
    List<Sample> after = judged();
    for (Series series : Series.values()) {
      Trend trend = trend(series);
      String verdict = rises(series) ? "RISES" : "flat";
      table.add(
          series.title() + (series.unit().isEmpty() ? "" : ", " + series.unit()),
          number(series.of(after.get(0))),
          number(trend.mean()),
          number(series.of(after.get(after.size() - 1))),
          String.format(Locale.ROOT, "%+.2f ± %.2f", 100 * trend.perHour(), 100 * trend.error()),
          series.judged() ? number(100 * series.latitude() * bound) : "",
          series.judged() ? verdict : "");
    }
    return table
        + String.format(
            Locale.ROOT,
            "%nLinear fits of %d samples from minute %.1f to %.1f, ± one standard error. Judged:"
                + " a rise above the bound that exceeds two standard errors.",
            after.size(),
            warmUp / 60,
            after.get(after.size() - 1).seconds() / 60);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
  }

  Map<String, Object> data(String facts) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("facts", facts);
    data.put("flat", flat());
    data.put("minutes", samples.stream().map(sample -> sample.seconds() / 60).toList());
    List<Map<String, Object>> all = new ArrayList<>();
    for (Series series : Series.values()) {
      Trend trend = trend(series);
      double middle = judged().stream().mapToDouble(Sample::seconds).average().orElse(0);
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("title", series.title());
      line.put("unit", series.unit());
      line.put("judged", series.judged());
      line.put("mean", trend.mean());
      line.put("percent_an_hour", 100 * trend.perHour());
      line.put("standard_error", 100 * trend.error());
      line.put(
          "trend",
          String.format(
              Locale.ROOT,
              "mean %s, %+.2f ± %.2f %% an hour%s",
              number(trend.mean()),
              100 * trend.perHour(),
              100 * trend.error(),
              series.judged() ? ", judged" : ""));
      line.put("values", samples.stream().map(series::of).toList());
      List<Double> fit = new ArrayList<>();
      for (Sample sample : samples) {
        double hours = (sample.seconds() - middle) / 3600;
        fit.add(sample.seconds() < warmUp ? null : trend.mean() * (1 + trend.perHour() * hours));
      }
      line.put("fit", fit);
      all.add(line);
    }
    data.put("series", all);
    return data;
  }
}
