package eddy.cli;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import eddy.replay.Lockstep;
import eddy.replay.PairedLosses;
import eddy.replay.Replay;
import eddy.report.Compared;
import eddy.report.ScoredLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Configurations on the same events, in lockstep: each is evaluated by itself, and its losses are
 * paired with those of the first, row by row.
 */
final class Comparing {
  /** Of the resampling; any other would do. */
  private static final long SEED = 1;

  private final List<String> names;
  private final List<EddyConfig> configs;
  private final Path output;
  private final List<List<ScoredLine>> settled = new ArrayList<>(); // since they met last
  private final List<PairedLosses> pairs = new ArrayList<>(); // of every one but the first

  /** What the first gave, what the others were against it, and the metrics that say so. */
  record Result(Evaluation.Result base, List<Compared> comparisons, String metrics) {}

  /**
   * A comparison that has read nothing.
   *
   * @param names of the configurations, all different
   * @param configs the first is the base
   * @param output folder of the base's results; those of the others go into folders in it
   * @throws ConfigurationException where one has no target in common with the base
   */
  Comparing(List<String> names, List<EddyConfig> configs, Path output) {
    this.names = names;
    this.configs = configs;
    this.output = output;
    EddyConfig base = configs.get(0);
    for (int i = 0; i < configs.size(); i++) {
      settled.add(new ArrayList<>());
      PairedLosses pair = new PairedLosses(base.targets(), configs.get(i).targets());
      if (!pair.comparable()) {
        throw new ConfigurationException(
            names.get(i) + ": has no target in common with " + names.get(0));
      }
      if (i > 0) {
        pairs.add(pair);
      }
    }
  }

  /**
   * The comparison of a configuration with others.
   *
   * @param others their files
   * @param settings by key, that override those of all files
   * @throws ConfigurationException where one reads another topic, or has no target in common
   */
  static Comparing of(
      ConfigurationOption base,
      List<Path> others,
      Map<String, String> settings,
      InputOptions input,
      Path output) {
    List<Path> files = new ArrayList<>(List.of(base.file()));
    List<EddyConfig> configs = new ArrayList<>(List.of(base.load(settings)));
    for (Path other : others) {
      files.add(other);
      EddyConfig config = EddyConfig.load(other, System.getenv(), settings);
      String topic = configs.get(0).inputTopic();
      if (input.isTopic() && !Objects.equals(config.inputTopic(), topic)) {
        throw new ConfigurationException(
            other + ": eddy.input.topic must be that of --config, " + topic);
      }
      configs.add(config);
    }
    return new Comparing(names(files), configs, output);
  }

  /** Evaluates all of them, and writes what the comparison shows into the base's metrics. */
  Result run(InputOptions input, EvaluationOptions options, Replay.Progress progress)
      throws IOException {
    List<Lockstep.Lane<Evaluation.Result>> lanes = new ArrayList<>();
    for (int i = 0; i < configs.size(); i++) {
      Path folder = i == 0 ? output : output.resolve(names.get(i));
      Evaluation evaluation =
          new Evaluation(configs.get(i), input, options, folder)
              .heapBytes(Evaluation.heapBytes() / configs.size())
              .lines(settled.get(i)::add);
      boolean shown = i == 0;
      lanes.add(
          step ->
              evaluation
                  .progress(
                      (events, fraction) -> {
                        step.update(events, fraction);
                        if (shown) {
                          progress.update(events, fraction);
                        }
                      })
                  .run());
    }
    List<Evaluation.Result> results = new Lockstep(this::pair).run(lanes);
    Evaluation.Result base = results.get(0);
    List<Compared> comparisons = new ArrayList<>();
    for (int i = 1; i < configs.size(); i++) {
      results.get(i).write(output.resolve(names.get(i)), List.of());
      comparisons.add(new Compared(names.get(i), names.get(0), pairs.get(i - 1).compare(SEED)));
    }
    return new Result(base, comparisons, base.write(output, comparisons));
  }

  private void pair() {
    for (int i = 1; i < configs.size(); i++) {
      PairedLosses pair = pairs.get(i - 1);
      settled.get(0).forEach(pair::base);
      settled.get(i).forEach(pair::other);
    }
    settled.forEach(List::clear);
  }

  /** Names of files without their ends, made different by a number where they are not. */
  private static List<String> names(List<Path> files) {
    List<String> names = new ArrayList<>();
    for (Path file : files) {
      String name = file.getFileName().toString().replaceFirst("\\.properties$", "");
      String unique = name;
      for (int i = 2; names.contains(unique); i++) {
        unique = name + "-" + i;
      }
      names.add(unique);
    }
    return names;
  }
}
