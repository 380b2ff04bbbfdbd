package eddy.drift;

/** What becomes of a learner where drift is found, as users write it: {@code none} and so on. */
public sealed interface DriftAction {
  /** What users may write, for references and messages. */
  String SYNTAX = "none, boost, boost(FACTOR,LABELS), or reset";

  /** Nothing. */
  record None() implements DriftAction {
    @Override
    public String toString() {
      return "none";
    }
  }

  /**
   * Larger steps for a while.
   *
   * @param factor on the step sizes of gradient descent
   * @param labels how long
   */
  record Boost(float factor, int labels) implements DriftAction {
    public Boost {
      if (!(factor > 0 && factor <= 1000)) {
        throw new IllegalArgumentException(
            "the factor of a boost must be above 0 and at most 1000 but was " + factor);
      }
      if (labels < 1) {
        throw new IllegalArgumentException(
            "a boost must last for at least 1 label but was to last for " + labels);
      }
    }

    @Override
    public String toString() {
      return "boost(" + factor + "," + labels + ")";
    }
  }

  /** Weights as they were at the start. */
  record Reset() implements DriftAction {
    @Override
    public String toString() {
      return "reset";
    }
  }

  /** Throws IllegalArgumentException where the text names no action. */
  static DriftAction of(String text) {
    Call call = Call.of(text);
    double[] given = call.numbers();
    return switch (call.name() + "/" + given.length) {
      case "none/0" -> new None();
      case "boost/0" -> new Boost(4, 500);
      case "boost/2" -> new Boost((float) given[0], whole(given[1]));
      case "reset/0" -> new Reset();
      default ->
          throw new IllegalArgumentException(
              "no action on drift is called " + text + "; write " + SYNTAX);
    };
  }

  private static int whole(double labels) {
    if (labels != Math.rint(labels) || Math.abs(labels) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a boost must last for a whole number of labels, at most 2147483647, but was to last for "
              + labels);
    }
    return (int) labels;
  }
}
