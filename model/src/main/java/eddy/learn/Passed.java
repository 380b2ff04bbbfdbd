package eddy.learn;

/**
 * The newest events of a key that wait for as many to follow, before they are labelled: a ring of
 * what their labels, references and readouts need.
 */
final class Passed {
  /** Encoded inputs [L][I + R]. */
  final float[] inputs;

  /** Active rows of sparse features [L][A]. */
  final int[] rows;

  /** Fields of targets and references [L][F]. */
  final double[] numbers;

  final String[] texts;

  /** Of the events [L]. */
  final long[] positions;

  final long[] timestamps;

  Passed(int events, int inputs, int rows, int fields) {
    this.inputs = new float[events * inputs];
    this.rows = new int[events * rows];
    numbers = new double[events * fields];
    texts = new String[events * fields];
    positions = new long[events];
    timestamps = new long[events];
  }
}
