package eddy.cell;

import eddy.math.Alignment;
import java.util.List;

/**
 * Weights that stand in a row for each input, one row after another.
 *
 * @param at first weight of the first row
 * @param inputs number of rows
 * @param columns weights of a row
 */
public record InputRows(int at, int inputs, int columns) {
  /** The same rows, in an array in which their recurrence begins later. */
  InputRows after(int weights) {
    return new InputRows(at + weights, inputs, columns);
  }

  /**
   * How the weights of a recurrence are aligned with those of a foreign one.
   *
   * @param rows where its inputs' weights stand, in ascending order
   * @param input how the inputs are aligned
   * @param share of all other weights
   */
  public static Alignment align(
      List<InputRows> rows, int parameters, Alignment input, float share) {
    Alignment all = Alignment.same(0, share);
    for (InputRows each : rows) {
      all = all.then(Alignment.same(each.at - all.length(), share));
      Alignment own = input.slice(0, each.inputs);
      all = all.then(Alignment.matrix(own, Alignment.same(each.columns, share)));
    }
    return all.then(Alignment.same(parameters - all.length(), share));
  }
}
