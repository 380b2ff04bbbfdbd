package eddy.cell;

import eddy.math.Kernels;

/**
 * A dense map among the weights of a recurrence, y[c] += sum over l of x[l] W[l][c].
 *
 * @param at offset of W [rows][columns] in the weights
 * @param rows numbers that it reads; a bias reads one, the constant 1
 * @param columns numbers that it writes
 * @param transposedAt offset of W's transpose [columns][rows] in the derived values
 */
record Matrix(int at, int rows, int columns, int transposedAt) {
  private static final float[] ONE = {1f};

  /** Number of weights. */
  int length() {
    return rows * columns;
  }

  /** One past the last weight. */
  int end() {
    return at + length();
  }

  /** One past the last derived value. */
  int transposedEnd() {
    return transposedAt + length();
  }

  /** Renews the transpose. Modifies only weights.derived. */
  void transpose(CellWeights weights) {
    for (int l = 0; l < rows; l++) {
      for (int c = 0; c < columns; c++) {
        weights.derived[transposedAt + c * rows + l] = weights.values[at + l * columns + c];
      }
    }
  }

  /** Adds W x. Modifies only y [columns]. */
  void addProduct(Kernels kernels, CellWeights weights, float[] x, int xAt, float[] y, int yAt) {
    kernels.addRows(x, xAt, rows, weights.values, at, columns, y, yAt);
  }

  /** Adds the weights themselves, of a bias. Modifies only y [columns]. */
  void addBias(Kernels kernels, CellWeights weights, float[] y, int yAt) {
    addProduct(kernels, weights, ONE, 0, y, yAt);
  }

  /** Adds the adjoint of y, pulled back to x. Modifies only xAdjoint [rows]. */
  void addAdjoint(
      Kernels kernels, CellWeights weights, float[] adjoint, int from, float[] xAdjoint, int xAt) {
    kernels.addRows(adjoint, from, columns, weights.derived, transposedAt, rows, xAdjoint, xAt);
  }

  /** Adds the derivative by W, the outer product of x and the adjoint of y. Modifies gradient. */
  void addGradient(
      Kernels kernels,
      float[] x,
      int xAt,
      float[] adjoint,
      int from,
      float[] gradient,
      int gradientAt) {
    kernels.addOuter(x, xAt, rows, adjoint, from, columns, gradient, gradientAt + at);
  }

  /** The same of a bias. */
  void addBiasGradient(
      Kernels kernels, float[] adjoint, int from, float[] gradient, int gradientAt) {
    addGradient(kernels, ONE, 0, adjoint, from, gradient, gradientAt);
  }
}
