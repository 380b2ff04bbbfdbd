package eddy.cell;

import eddy.math.RandomStream;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the bias of the gate that keeps a memory starts.
 *
 * @param kind how it is given
 * @param value the bias itself, or the longest memory in events
 */
public record ForgetBias(Kind kind, double value) {
  /** How it is given. */
  public enum Kind {
    /** As the cell has it. */
    AUTO,
    /** The same for every unit. */
    FIXED,
    /**
     * log(u) with u uniform in 1..T-1 for each unit, and the negative for the input gate: memories
     * of all lengths up to T events (Tallec and Ollivier 2018).
     */
    CHRONO
  }

  public static final ForgetBias AUTO = new ForgetBias(Kind.AUTO, 0);

  private static final Pattern CHRONO = Pattern.compile("chrono\\((\\d{1,9})\\)");
  private static final double LARGEST = 100;

  public ForgetBias {
    Objects.requireNonNull(kind, "kind");
    if (kind == Kind.FIXED && !(Math.abs(value) <= LARGEST)) {
      throw new IllegalArgumentException("must lie between -100 and 100, such as 1");
    }
    if (kind == Kind.CHRONO && value < 3) {
      throw new IllegalArgumentException(
          "chrono needs a longest memory of at least 3 events, such as chrono(100)");
    }
  }

  /**
   * Reads {@code auto}, a number, or {@code chrono(T)}.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static ForgetBias of(String text) {
    if (text.equals("auto")) {
      return AUTO;
    }
    Matcher chrono = CHRONO.matcher(text);
    if (chrono.matches()) {
      return new ForgetBias(Kind.CHRONO, Integer.parseInt(chrono.group(1)));
    }
    try {
      return new ForgetBias(Kind.FIXED, Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "expected auto, a number such as 1, or chrono(100) for memories of up to 100 events", e);
    }
  }

  /**
   * Fills the biases of the gate that keeps. Modifies only biases.
   *
   * @param low with high, what {@link Kind#AUTO} stands for: uniform between them
   */
  void fill(RandomStream random, double low, double high, float[] biases, int at, int units) {
    for (int u = at; u < at + units; u++) {
      biases[u] =
          (float)
              switch (kind) {
                case AUTO -> low == high ? low : random.uniform(low, high);
                case FIXED -> value;
                case CHRONO -> StrictMath.log(random.uniform(1, value - 1));
              };
    }
  }

  /** Fills the biases of the gate that writes with the negatives of the other's, if chrono. */
  void fillInput(float[] biases, int keeping, int writing, int units) {
    for (int u = 0; kind == Kind.CHRONO && u < units; u++) {
      biases[writing + u] = -biases[keeping + u];
    }
  }

  /** As {@link #of} reads it. */
  @Override
  public String toString() {
    return switch (kind) {
      case AUTO -> "auto";
      case FIXED -> Double.toString(value);
      case CHRONO -> "chrono(" + (int) value + ")";
    };
  }
}
