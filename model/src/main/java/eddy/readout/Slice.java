package eddy.readout;

/**
 * The outputs of one target within all outputs of a readout.
 *
 * @param at first output
 * @param count number of outputs
 * @param loss what is minimised over them
 */
public record Slice(int at, int count, Loss loss) {
  /** Whether the outputs are classes rather than a number. */
  public boolean classes() {
    return loss.ofClasses();
  }

  /** Which of these a slice is. */
  static int number(Slice[] slices, Slice slice) {
    int number = 0;
    while (slices[number].at() != slice.at()) {
      number++;
    }
    return number;
  }
}
