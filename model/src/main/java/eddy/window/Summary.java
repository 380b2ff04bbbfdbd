package eddy.window;

/**
 * What stands for a whole window: what its last position shows, or the mean over all positions.
 *
 * @param mean whether it is the mean
 */
record Summary(boolean mean) {
  /** Modifies only out [width]. */
  void of(float[] values, int count, int width, float[] out) {
    int first = mean ? 0 : count - 1;
    float share = 1f / (count - first);
    for (int i = 0; i < width; i++) {
      float sum = 0f;
      for (int p = first; p < count; p++) {
        sum += values[p * width + i];
      }
      out[i] = sum * share;
    }
  }

  /** Adds what an adjoint of the summary [width] is at every position. Modifies only adjoints. */
  void addAdjoint(float[] adjoint, int count, int width, float[] adjoints) {
    int first = mean ? 0 : count - 1;
    float share = 1f / (count - first);
    for (int p = first; p < count; p++) {
      for (int i = 0; i < width; i++) {
        adjoints[p * width + i] += adjoint[i] * share;
      }
    }
  }
}
