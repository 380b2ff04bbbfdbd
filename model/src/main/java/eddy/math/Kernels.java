package eddy.math;

/**
 * The hot loops of learning over flat {@code float[]} arrays.
 *
 * <p>Every implementation gives the same bits: an output element is computed by the same operations
 * in the same order whatever the width of the processor's vectors, products are fused ({@link
 * Math#fma(float, float, float)}), and a reduction runs in {@value #LANES} virtual lanes that one
 * fixed tree adds up. Matrices are row-major; {@code xAt} is the offset of {@code x}. No method
 * allocates.
 */
public interface Kernels {
  /** Virtual lanes of a reduction: element i belongs to lane i mod LANES. */
  int LANES = 16;

  /**
   * The fastest implementation that this JVM can run: vectors where it was started with {@code
   * --add-modules jdk.incubator.vector}, plain Java otherwise.
   */
  static Kernels fastest() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return new ScalarKernels();
    }
    try {
      return (Kernels)
          Class.forName("eddy.math.vector.VectorKernels").getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the vector kernels are missing from this build", e);
    }
  }

  /** Name for logs, such as {@code scalar} or {@code vector-512}. */
  String name();

  /**
   * y[j] += sum over l of x[l] w[l][j], in the order of l; rows with x[l] = 0 are skipped. Modifies
   * only y.
   */
  void addRows(float[] x, int xAt, int rows, float[] w, int wAt, int columns, float[] y, int yAt);

  /** w[l][j] += x[l] a[j]; rows with x[l] = 0 are skipped. Modifies only w. */
  void addOuter(float[] x, int xAt, int rows, float[] a, int aAt, int columns, float[] w, int wAt);

  /** Sum of a[i] b[i] in virtual lanes. */
  float dot(float[] a, int aAt, float[] b, int bAt, int length);

  /** y[i] += a[i] b[i]. Modifies only y. */
  void addElementwise(float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int length);

  /** t[i] = d[i] t[i] + b[i] x, for a state of one plane. Modifies only t. */
  void advanceTrace(float[] d, float[] b, int bAt, float x, int length, float[] t, int tAt);

  /**
   * The same for a state of two planes: t_r[i] = d_r0[i] t_0[i] + d_r1[i] t_1[i] + b_r[i] x.
   * Modifies only t.
   *
   * @param d coefficients d_00, d_01, d_10, d_11, each starting dStride after the one before
   * @param b immediate terms b_0 at bAt, b_1 at bAt + bStride
   * @param t traces t_0 at tAt, t_1 at tAt + tStride
   */
  void advanceTracePair(
      float[] d,
      int dStride,
      float[] b,
      int bAt,
      int bStride,
      float x,
      int length,
      float[] t,
      int tAt,
      int tStride);

  /** x[i] = tanh x[i]. Modifies only x. */
  void tanh(float[] x, int at, int length);

  /** x[i] = 1 / (1 + exp(-x[i])). Modifies only x. */
  void sigmoid(float[] x, int at, int length);

  /** The steps of optimisers. */
  OptimizerKernels optimizers();

  /** Fixed tree over the virtual lanes: lanes 8, 4, 2, 1 apart are added. Modifies lanes. */
  static float sumLanes(float[] lanes) {
    for (int width = LANES / 2; width > 0; width /= 2) {
      for (int i = 0; i < width; i++) {
        lanes[i] += lanes[i + width];
      }
    }
    return lanes[0];
  }
}
