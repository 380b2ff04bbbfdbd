package eddy.learn;

/**
 * Learned weights under a name that others know.
 *
 * @param shape sizes of its dimensions
 * @param values row after row
 */
public record Tensor(int[] shape, float[] values) {
  public Tensor {
    long length = 1;
    for (int size : shape) {
      length *= size;
    }
    if (length != values.length) {
      throw new IllegalArgumentException(
          "a tensor of " + length + " entries cannot hold " + values.length + " values");
    }
  }
}
