package eddy.cli;

import eddy.replay.Replay;
import eddy.report.RepeatReport;
import eddy.report.RepeatedComparison;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** One configuration from several seeds. */
final class Repeating {
  private static final String SEED = "eddy.seed";

  private final ConfigurationOption configuration;
  private final VariantOptions options;

  Repeating(ConfigurationOption configuration, VariantOptions options) {
    this.configuration = configuration;
    this.options = options;
  }

  /** Runs every seed, and writes the summary into the folder. */
  RepeatReport run(
      InputOptions input, EvaluationOptions evaluation, Path output, Replay.Progress progress)
      throws IOException {
    List<Variants.Variant> variants = new ArrayList<>();
    for (long seed : seeds()) {
      Map<String, String> settings = settings(seed);
      variants.add(new Variants.Variant(name(seed), settings, configuration.load(settings)));
    }
    List<RepeatReport.Run> runs = new ArrayList<>();
    for (Variants.Outcome outcome :
        new Variants(input, evaluation, output, progress).run(variants)) {
      runs.add(
          new RepeatReport.Run(
              Long.parseLong(outcome.variant().settings().get(SEED)),
              outcome.result().summary().run(),
              outcome.result().scores()));
    }
    RepeatReport report = new RepeatReport(runs);
    report.write(output);
    return report;
  }

  /** Compares with the others from every seed, one after another, and writes the summary. */
  RepeatedComparison compare(
      InputOptions input, EvaluationOptions evaluation, Path output, Replay.Progress progress)
      throws IOException {
    List<RepeatedComparison.Run> runs = new ArrayList<>();
    long events = 0;
    for (long seed : seeds()) {
      long before = events;
      int done = runs.size();
      Comparing.Result result =
          Comparing.of(
                  configuration,
                  options.others(),
                  settings(seed),
                  input,
                  output.resolve(name(seed)))
              .run(
                  input,
                  evaluation,
                  (now, fraction) ->
                      progress.update(before + now, (done + fraction) / options.repeat()));
      events += result.base().summary().run().events();
      runs.add(new RepeatedComparison.Run(seed, result.comparisons()));
    }
    RepeatedComparison report = new RepeatedComparison(runs);
    report.write(output);
    return report;
  }

  private long[] seeds() {
    long first = configuration.load(options.settings()).getLong(SEED);
    return LongStream.range(first, first + options.repeat()).toArray();
  }

  private Map<String, String> settings(long seed) {
    Map<String, String> settings = new HashMap<>(options.settings());
    settings.put(SEED, Long.toString(seed));
    return settings;
  }

  private static String name(long seed) {
    return "seed-" + seed;
  }
}
