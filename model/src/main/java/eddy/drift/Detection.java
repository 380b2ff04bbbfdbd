package eddy.drift;

import java.util.Objects;

/** What looks for drift, as users write it: {@code none}, {@code adwin(0.002)} and so on. */
public sealed interface Detection {
  /** What users may write, for references and messages. */
  String SYNTAX = "none, adwin, adwin(DELTA), page-hinkley, or page-hinkley(TOLERANCE,THRESHOLD)";

  /** Nothing does. */
  record None() implements Detection {
    @Override
    public DriftDetector newDetector() {
      throw new IllegalStateException("nothing looks for drift");
    }

    @Override
    public String toString() {
      return "none";
    }
  }

  /**
   * {@link Adwin}, of which rises count.
   *
   * @param confidence bound on the probability of a false alarm at a value
   */
  record ByAdwin(double confidence) implements Detection {
    public ByAdwin {
      Objects.requireNonNull(new Adwin(confidence));
    }

    @Override
    public DriftDetector newDetector() {
      return new Rises(new Adwin(confidence));
    }

    @Override
    public String toString() {
      return "adwin(" + confidence + ")";
    }
  }

  /**
   * {@link PageHinkley}.
   *
   * @param tolerance rise of the mean that is let pass
   * @param threshold of the sum of what exceeds it
   */
  record ByPageHinkley(double tolerance, double threshold) implements Detection {
    public ByPageHinkley {
      Objects.requireNonNull(new PageHinkley(tolerance, threshold));
    }

    @Override
    public DriftDetector newDetector() {
      return new PageHinkley(tolerance, threshold);
    }

    @Override
    public String toString() {
      return "page-hinkley(" + tolerance + "," + threshold + ")";
    }
  }

  /** A detector that has seen nothing. */
  DriftDetector newDetector();

  /** Throws IllegalArgumentException where the text names no detector. */
  static Detection of(String text) {
    Call call = Call.of(text);
    double[] given = call.numbers();
    return switch (call.name() + "/" + given.length) {
      case "none/0" -> new None();
      case "adwin/0" -> new ByAdwin(0.002);
      case "adwin/1" -> new ByAdwin(given[0]);
      case "page-hinkley/0" -> new ByPageHinkley(0.005, 50);
      case "page-hinkley/2" -> new ByPageHinkley(given[0], given[1]);
      default ->
          throw new IllegalArgumentException(
              "no detector of drift is called " + text + "; write " + SYNTAX);
    };
  }
}
