package eddy.baseline;

/**
 * A race of candidates: which one has erred least of late.
 *
 * <p>Errors count in units of the mean error on the same key so far, so that keys of different size
 * count alike, and fade by {@value #FADING}. Memory of a key: count and mean of its errors.
 */
final class Race {
  /** Doubles of a key's memory. */
  static final int MEMORY = 2;

  private static final double FADING = 0.9995;

  private final double[] errors;
  private int winner;

  Race(int candidates) {
    errors = new double[candidates];
  }

  /**
   * Takes in what the candidates said of a label. Modifies only this and memory.
   *
   * @param said by candidate, from {@code at} on
   * @param memory of the key, its beginning
   */
  void add(double label, double[] said, int at, double[] memory) {
    double sum = 0;
    for (int i = 0; i < errors.length; i++) {
      sum += Math.abs(said[at + i] - label);
    }
    if (!(sum > 0) || Double.isInfinite(sum)) {
      return;
    }
    memory[0]++;
    memory[1] += (sum / errors.length - memory[1]) / memory[0];
    int best = 0;
    for (int i = 0; i < errors.length; i++) {
      errors[i] = FADING * errors[i] + Math.abs(said[at + i] - label) / memory[1];
      best = errors[i] < errors[best] ? i : best;
    }
    winner = best;
  }

  /** The candidate that leads; the first before any label. */
  int winner() {
    return winner;
  }
}
