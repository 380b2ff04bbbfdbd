package eddy.cell;

import java.util.Objects;

/**
 * What a cell consists of, per unit.
 *
 * @param planes numbers of state
 * @param gates gate pre-activations
 * @param inputGates gates that read the input
 * @param recurrentGates gates that read plane 0 of the previous state of every unit; none for
 *     element-wise cells
 * @param biasGates gates that have a bias
 * @param ownWeights weights that only the unit itself uses, such as peepholes
 * @param derivedValues values that are functions of the own weights alone
 */
public record CellShape(
    int planes,
    int gates,
    GateRange inputGates,
    GateRange recurrentGates,
    GateRange biasGates,
    int ownWeights,
    int derivedValues) {
  public CellShape {
    Objects.requireNonNull(recurrentGates, "recurrentGates");
    if (planes < 1 || gates < 1 || ownWeights < 0 || derivedValues < 0) {
      throw new IllegalArgumentException(
          "a cell needs a plane and a gate, but has " + planes + " and " + gates);
    }
    if (inputGates.isEmpty() || Math.max(inputGates.to(), biasGates.to()) > gates) {
      throw new IllegalArgumentException(
          "some of " + gates + " gates must read the input, but they are " + inputGates);
    }
  }

  /** The same with another number of planes. */
  CellShape withPlanes(int number) {
    return new CellShape(
        number, gates, inputGates, recurrentGates, biasGates, ownWeights, derivedValues);
  }

  /** A cell all of whose gates read input, previous output and bias. */
  static CellShape dense(int planes, int gates, int ownWeights) {
    GateRange all = new GateRange(0, gates);
    return new CellShape(planes, gates, all, all, all, ownWeights, 0);
  }

  /** A cell of one plane whose gates read input and bias, and no other unit. */
  static CellShape elementWise(int gates, int ownWeights) {
    GateRange all = new GateRange(0, gates);
    return new CellShape(1, gates, all, GateRange.NONE, all, ownWeights, 0);
  }
}
