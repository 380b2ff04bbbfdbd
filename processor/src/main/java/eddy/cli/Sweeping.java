package eddy.cli;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import eddy.replay.Replay;
import eddy.replay.RunLosses;
import eddy.report.Compared;
import eddy.report.SweepReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All combinations of some settings' values, each against the configuration as it is. */
final class Sweeping {
  private static final String BASE = "base";
  private static final int MOST = 1000;
  private static final int LONGEST_NAME = 100;

  /** Of the resampling; any other would do. */
  private static final long SEED = 1;

  private final ConfigurationOption configuration;
  private final VariantOptions options;

  Sweeping(ConfigurationOption configuration, VariantOptions options) {
    this.configuration = configuration;
    this.options = options;
  }

  /** Runs every variant, and writes the summary into the folder. */
  SweepReport run(
      InputOptions input, EvaluationOptions evaluation, Path output, Replay.Progress progress)
      throws IOException {
    List<Variants.Variant> variants = variants();
    EddyConfig plain = configuration.load(options.settings());
    int base = 0;
    while (base < variants.size() && !variants.get(base).config().values().equals(plain.values())) {
      base++;
    }
    if (base == variants.size()) {
      variants.add(new Variants.Variant(BASE, Map.of(), plain));
    }
    List<Variants.Outcome> outcomes =
        new Variants(input, evaluation, output, progress).run(variants);
    RunLosses against = outcomes.get(base).losses();
    List<SweepReport.Run> runs = new ArrayList<>();
    for (Variants.Outcome outcome : outcomes) {
      Compared compared =
          new Compared(
              outcome.variant().name(),
              variants.get(base).name(),
              RunLosses.compare(against, outcome.losses(), SEED));
      if (compared.comparisons().isEmpty()) {
        throw new ConfigurationException(
            outcome.variant().name() + ": has no target in common with the configuration");
      }
      runs.add(
          new SweepReport.Run(
              outcome.variant().settings(), outcome.result().summary().run(), compared));
    }
    SweepReport report = SweepReport.of(variants.get(base).name(), runs);
    report.write(output);
    return report;
  }

  private List<Variants.Variant> variants() {
    List<Map<String, String>> combinations = new ArrayList<>(List.of(Map.of()));
    for (Map.Entry<String, List<String>> sweep : options.sweeps().entrySet()) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> each : combinations) {
        for (String value : sweep.getValue()) {
          Map<String, String> more = new LinkedHashMap<>(each);
          more.put(sweep.getKey(), value);
          longer.add(more);
        }
      }
      combinations = longer;
      if (combinations.size() > MOST) {
        throw new ConfigurationException(
            "--sweep: more than " + MOST + " combinations; leave out some values");
      }
    }
    List<String> names = new ArrayList<>();
    List<Variants.Variant> variants = new ArrayList<>();
    for (Map<String, String> combination : combinations) {
      Map<String, String> settings = new LinkedHashMap<>(options.settings());
      settings.putAll(combination);
      names.add(name(combination, names));
      variants.add(
          new Variants.Variant(
              names.get(names.size() - 1), combination, configuration.load(settings)));
    }
    return variants;
  }

  /** A name that can be that of a folder. */
  private static String name(Map<String, String> settings, List<String> taken) {
    StringBuilder text = new StringBuilder();
    settings.forEach(
        (key, value) ->
            text.append(text.length() == 0 ? "" : ",")
                .append(key.substring("eddy.".length()))
                .append('=')
                .append(value));
    String plain = text.toString().replaceAll("[^A-Za-z0-9._=,+-]", "_");
    String cut = plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
    String unique = cut;
    for (int i = 2; taken.contains(unique); i++) {
      unique = cut + "-" + i;
    }
    return unique;
  }
}
