package eddy.readout;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The losses by the names that users write. */
public final class Losses {
  /** Those without arguments. */
  private static final List<Loss> ALL =
      List.of(new Squared(), new Huber(), new Logistic(), new Softmax(), new Gaussian());

  private static final Pattern QUANTILE = Pattern.compile("quantile\\(([0-9., ]+)\\)");

  private Losses() {}

  /** Names of all, with an example where they take arguments. */
  public static List<String> names() {
    List<String> names = new ArrayList<>(ALL.stream().map(Loss::name).toList());
    names.add("quantile(0.1,0.5,0.9)");
    return names;
  }

  /** Throws IllegalArgumentException for an unknown name or wrong arguments. */
  public static Loss of(String name) {
    Matcher quantile = QUANTILE.matcher(name);
    if (quantile.matches()) {
      return new Quantile(levels(quantile.group(1)));
    }
    return ALL.stream()
        .filter(loss -> loss.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown loss " + name + "; known: " + String.join(", ", names())));
  }

  private static List<Double> levels(String text) {
    List<Double> levels = new ArrayList<>();
    for (String level : text.split(",", -1)) {
      try {
        levels.add(Double.valueOf(level.strip()));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("quantile: expected a number but got " + level, e);
      }
    }
    return levels;
  }
}
