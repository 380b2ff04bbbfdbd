package eddy.cell;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a network without recurrent weights looks back: {@code tdnn(p)} at the last p inputs
 * (Waibel, Hanazawa, Hinton, Shikano and Lang 1989), {@code narx(p,q)} at the last q values of the
 * targets' own fields as well (Lin, Horne, Tino and Giles 1996).
 *
 * <p>Its memory is a delay line, which has nothing to learn; a readout with a hidden layer is what
 * learns.
 *
 * @param inputs events of inputs, the newest included
 * @param targets events of the targets' fields that are known when a prediction is made; 0 for none
 */
public record Delays(int inputs, int targets) {
  /** Most events that a delay line looks back. */
  public static final int LONGEST = 10_000;

  private static final Pattern TDNN = Pattern.compile("tdnn\\(\\s*(\\d{1,9})\\s*\\)");
  private static final Pattern NARX =
      Pattern.compile("narx\\(\\s*(\\d{1,9})\\s*,\\s*(\\d{1,9})\\s*\\)");

  public Delays {
    if (inputs < 1 || inputs > LONGEST || targets < 0 || targets > LONGEST) {
      throw new IllegalArgumentException(
          "a delay line looks back between 1 and " + LONGEST + " events, such as tdnn(8)");
    }
  }

  /**
   * Numbers that are shown besides the newest of an input.
   *
   * @param inputWidth numbers of an input
   * @param targetWidth numbers of the targets' own fields
   */
  public long shown(long inputWidth, long targetWidth) {
    return (inputs - 1) * inputWidth + Math.max(0, targets - 1) * targetWidth;
  }

  /** How users write them. */
  public static List<String> forms() {
    return List.of("narx(p,q)", "tdnn(p)");
  }

  /**
   * Reads the name of a cell.
   *
   * @return null where it is not the name of a delay line
   * @throws IllegalArgumentException where it begins like one but is none
   */
  public static Delays of(String cell) {
    Matcher tdnn = TDNN.matcher(cell);
    if (tdnn.matches()) {
      return new Delays(Integer.parseInt(tdnn.group(1)), 0);
    }
    Matcher narx = NARX.matcher(cell);
    if (narx.matches()) {
      int targets = Integer.parseInt(narx.group(2));
      if (targets == 0) {
        throw new IllegalArgumentException(
            "narx without values of the targets is a tdnn; write tdnn(" + narx.group(1) + ")");
      }
      return new Delays(Integer.parseInt(narx.group(1)), targets);
    }
    if (cell.startsWith("tdnn")) {
      throw new IllegalArgumentException("write tdnn(8) for the last 8 inputs");
    }
    if (cell.startsWith("narx")) {
      throw new IllegalArgumentException(
          "write narx(8,4) for the last 8 inputs and the last 4 values of the targets");
    }
    return null;
  }
}
