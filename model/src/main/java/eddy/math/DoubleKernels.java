package eddy.math;

/**
 * The hot loops over {@code double[]} arrays, where float would not be precise enough: the matrices
 * of second-order methods. The same bits everywhere, as {@link Kernels} has it.
 */
public interface DoubleKernels {
  /**
   * y[j] += sum over l of x[l] w[l][j], in the order of l; rows with x[l] = 0 are skipped. Modifies
   * only y.
   */
  void addRows(double[] x, int rows, double[] w, int wAt, int columns, double[] y);

  /** w[l][j] += x[l] a[j]; rows with x[l] = 0 are skipped. Modifies only w. */
  void addOuter(double[] x, int rows, double[] a, int columns, double[] w, int wAt);

  /** Sum of a[i] b[i] in {@value Kernels#LANES} virtual lanes. */
  double dot(double[] a, double[] b, int length);

  /** y[i] = exp(x[i]) by the operations of {@link Exponential}; y may be x. Modifies only y. */
  void exp(double[] x, int xAt, double[] y, int yAt, int length);

  /** y[i] = exp(x[i]) - 1 without cancellation about zero; y may be x. Modifies only y. */
  void expm1(double[] x, int xAt, double[] y, int yAt, int length);

  /**
   * r[i] cos(x[i]) and r[i] sin(x[i]) as floats, by the operations of {@link Trigonometry#polar}.
   * Modifies only out, from cosineAt and from sineAt.
   */
  void polar(
      double[] r, int rAt, double[] x, int xAt, float[] out, int cosineAt, int sineAt, int length);

  /** The fixed tree of {@link Kernels#sumLanes}. */
  static double sumLanes(double[] s) {
    double even = ((s[0] + s[8]) + (s[4] + s[12])) + ((s[2] + s[10]) + (s[6] + s[14]));
    double odd = ((s[1] + s[9]) + (s[5] + s[13])) + ((s[3] + s[11]) + (s[7] + s[15]));
    return even + odd;
  }
}
