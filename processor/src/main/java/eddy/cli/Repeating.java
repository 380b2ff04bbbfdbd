package eddy.cli;

import eddy.config.EddyConfig;
import eddy.replay.Replay;
import eddy.report.RepeatReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    long first = configuration.load(options.settings()).getLong(SEED);
    List<Variants.Variant> variants = new ArrayList<>();
    for (long seed = first; seed < first + options.repeat(); seed++) {
      Map<String, String> settings = new HashMap<>(options.settings());
      settings.put(SEED, Long.toString(seed));
      EddyConfig config = configuration.load(settings);
      variants.add(new Variants.Variant("seed-" + seed, settings, config));
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
}
