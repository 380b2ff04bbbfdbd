package eddy.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eddy.compare.Comparison;
import eddy.compare.Figures;
import eddy.compare.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The same comparison from several seeds: how much its differences depend on them.
 *
 * @param runs one for each seed, all with the same configurations and targets
 */
public record RepeatedComparison(List<Run> runs) {
  public static final String NAME = "repeat.json";

  private static final int DIGITS = 4;

  public RepeatedComparison {
    runs = List.copyOf(runs);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("a spread needs at least one run");
    }
  }

  /** What one seed gave. */
  public record Run(long seed, List<Compared> compared) {
    public Run {
      compared = List.copyOf(compared);
    }
  }

  /** Writes the file; it is seen in the folder when it is complete, not before. */
  public void write(Path folder) throws IOException {
    try (OutputFile file = OutputFile.in(folder, NAME)) {
      file.writer().write(json());
      file.complete();
    }
  }

  /** A table with a line for each configuration, target and loss. */
  public String text() {
    List<String[]> rows = new ArrayList<>();
    for (int i = 0; i < first().size(); i++) {
      for (int j = 0; j < first().get(i).comparisons().size(); j++) {
        List<Comparison> seeds = seeds(i, j);
        rows.add(
            new String[] {
              first().get(i).name() + " " + seeds.get(0).target(),
              seeds.get(0).loss().words(),
              digits(mean(seeds, Comparison::baseMean)),
              digits(mean(seeds, Comparison::mean)),
              digits(mean(seeds, Comparison::difference)),
              digits(least(seeds)),
              digits(greatest(seeds)),
              count(seeds, Verdict.BETTER) + " of " + seeds.size(),
              count(seeds, Verdict.WORSE) + " of " + seeds.size()
            });
      }
    }
    StringBuilder text = new StringBuilder();
    TextTable.append(
        text,
        rows,
        "configuration and target",
        "loss",
        first().get(0).base(),
        "it",
        "difference",
        "least",
        "greatest",
        "better",
        "worse");
    text.append("seeds ");
    text.append(String.join(", ", runs.stream().map(run -> Long.toString(run.seed())).toList()));
    return text.append("; better and worse by the interval of each\n").toString();
  }

  /** The content of the file, ended by a line feed. */
  public String json() {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    ArrayNode numbers = root.putArray("seeds");
    runs.forEach(run -> numbers.add(run.seed()));
    ArrayNode comparisons = root.putArray("comparisons");
    for (int i = 0; i < first().size(); i++) {
      ObjectNode other = comparisons.addObject();
      other.put("name", first().get(i).name()).put("base", first().get(i).base());
      ArrayNode targets = other.putArray("targets");
      for (int j = 0; j < first().get(i).comparisons().size(); j++) {
        List<Comparison> seeds = seeds(i, j);
        ObjectNode target = targets.addObject();
        target.put("target", seeds.get(0).target()).put("loss", seeds.get(0).loss().field());
        ObjectNode difference = target.putObject("difference");
        difference.put("mean", defined(mean(seeds, Comparison::difference)));
        difference.put("min", defined(least(seeds)));
        difference.put("max", defined(greatest(seeds)));
        difference.put("half_range", defined((greatest(seeds) - least(seeds)) / 2));
        ArrayNode values = difference.putArray("values");
        seeds.forEach(seed -> values.add(defined(seed.difference())));
        target.put("better", count(seeds, Verdict.BETTER));
        target.put("worse", count(seeds, Verdict.WORSE));
      }
    }
    try {
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Compared> first() {
    return runs.get(0).compared();
  }

  /** One comparison from every seed. */
  private List<Comparison> seeds(int other, int comparison) {
    return runs.stream()
        .map(run -> run.compared().get(other).comparisons().get(comparison))
        .toList();
  }

  private static double mean(List<Comparison> seeds, ToDoubleFunction<Comparison> figure) {
    return seeds.stream().mapToDouble(figure).average().orElse(Double.NaN);
  }

  private static double least(List<Comparison> seeds) {
    return seeds.stream().mapToDouble(Comparison::difference).min().orElse(Double.NaN);
  }

  private static double greatest(List<Comparison> seeds) {
    return seeds.stream().mapToDouble(Comparison::difference).max().orElse(Double.NaN);
  }

  private static long count(List<Comparison> seeds, Verdict verdict) {
    return seeds.stream().filter(seed -> seed.verdict() == verdict).count();
  }

  /** Null where a number is not defined, which JSON has no word for. */
  private static Double defined(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static String digits(double value) {
    return Figures.of(value, DIGITS);
  }
}
