package eddy.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is run beside the configuration itself: others, other seeds, other settings. */
final class VariantOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec specification;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the initial weights, in place of eddy.seed.")
  private Long seed;

  @Option(
      names = "--compare",
      paramLabel = "FILE",
      description =
          "Another configuration on the same events, and whether it is better; may be repeated."
              + " With --repeat, from every seed.")
  private List<Path> others = List.of();

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "Run N seeds, from that of --seed or eddy.seed on, and show the spread.")
  private Integer repeat;

  @Option(
      names = "--sweep",
      paramLabel = "KEY=A,B",
      description =
          "Run variants, each with another value of a key, and rank them; may be repeated, then all"
              + " combinations are run. Values that hold commas are set apart by semicolons.")
  private List<String> sweeps = List.of();

  /** Refuses what does not go together, or with what else is asked for. */
  void requireFitting(boolean verify) {
    boolean others = !this.others.isEmpty() || repeat != null;
    if (!sweeps.isEmpty() && others) {
      throw wrong("--sweep does not go with --compare or --repeat; run one after the other");
    }
    if ((!sweeps.isEmpty() || others) && verify) {
      throw wrong("--compare, --repeat and --sweep do not go with --verify; remove them");
    }
    if (repeat != null && repeat < 2) {
      throw wrong("--repeat must be >= 2 but was " + repeat);
    }
    sweeps();
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(specification.commandLine(), problem);
  }

  /** Settings that hold for all. */
  Map<String, String> settings() {
    return seed == null ? Map.of() : Map.of("eddy.seed", seed.toString());
  }

  /** Files of the other configurations. */
  List<Path> others() {
    return others;
  }

  /** Number of seeds; 0 where there is only one. */
  int repeat() {
    return repeat == null ? 0 : repeat;
  }

  /** Values by key; empty where nothing is swept. */
  Map<String, List<String>> sweeps() {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String sweep : sweeps) {
      int equals = sweep.indexOf('=');
      String key = equals < 0 ? "" : sweep.substring(0, equals).strip();
      if (!key.startsWith("eddy.")) {
        throw wrong("--sweep " + sweep + ": expected a key and values, such as eddy.units=8,16");
      }
      String list = sweep.substring(equals + 1);
      List<String> given =
          List.of(list.split(list.indexOf(';') < 0 ? "," : ";", -1)).stream()
              .map(String::strip)
              .toList();
      if (given.size() != given.stream().distinct().count()) {
        throw wrong("--sweep " + sweep + ": has a value twice; remove one");
      }
      if (values.put(key, given) != null) {
        throw wrong("--sweep " + key + " is given twice; list all values in one");
      }
    }
    return values;
  }
}
