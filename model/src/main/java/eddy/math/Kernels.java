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

  /** Virtual lanes of a sum of squares, whose chains of additions are a quarter as long. */
  int SQUARE_LANES = 4 * LANES;

  /** Columns of a panel, see {@link #addPanelProduct}. */
  int PANEL = 64;

  /** Columns of a panel of a narrow matrix, see {@link #addNarrowProduct}. */
  int NARROW = 32;

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

  /** The implementation in plain Java. */
  static Kernels scalar() {
    return new ScalarKernels();
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

  /**
   * C += A B: c[i][j] += sum over l of a[i][l] b[l][j], in the order of l. Modifies only c.
   *
   * @param rows of A and C
   * @param inner columns of A, rows of B
   * @param columns of B and C
   * @param aStride distance of two rows of A, as bStride and cStride of theirs
   */
  void addProduct(
      int rows,
      int inner,
      int columns,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      int bStride,
      float[] c,
      int cAt,
      int cStride);

  /**
   * C += A^T B: c[i][j] += sum over l of a[l][i] b[l][j], in the order of l. Modifies only c.
   *
   * @param rows columns of A, rows of C
   * @param inner rows of A and B
   */
  void addTransposedProduct(
      int rows,
      int inner,
      int columns,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      int bStride,
      float[] c,
      int cAt,
      int cStride);

  /**
   * C += A B for a wide B in panels [columns / PANEL][inner][PANEL], the last as narrow as the
   * columns left: one contiguous stream for any number of rows. Otherwise as {@link #addProduct}.
   *
   * @param reversed from the last panel to the first, so that a stream that exceeds a cache finds
   *     there what the one before it has read last; the result is the same
   */
  void addPanelProduct(
      int rows,
      int inner,
      int columns,
      float[] a,
      int aAt,
      int aStride,
      float[] panels,
      int panelsAt,
      boolean reversed,
      float[] c,
      int cAt,
      int cStride);

  /**
   * C += A B for a narrow B, whose columns are too few to hide the latency of one chain of sums:
   * c[i][j] += (s_0 + s_1) + (s_2 + s_3), where s_k sums a[i][l] b[l][j] over l mod 4 = k in the
   * order of l, up to the last multiple of 4; the rest follows as in {@link #addProduct}. Modifies
   * only c.
   *
   * @param b in panels [columns / NARROW][inner][NARROW], the last as narrow as the columns left
   */
  void addNarrowProduct(
      int rows,
      int inner,
      int columns,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int cStride);

  /** y[l] += sum over j of w[l][j] x[j], each in virtual lanes. Modifies only y. */
  void addDots(float[] w, int wAt, int rows, int columns, float[] x, int xAt, float[] y, int yAt);

  /**
   * p[i] = exp(z[i] - largest z) / their sum, in virtual lanes; NaN anywhere is NaN everywhere.
   * Modifies only p.
   */
  void softmax(float[] z, int zAt, int length, float[] p, int pAt);

  /** Sum of a[i] b[i] in virtual lanes. */
  float dot(float[] a, int aAt, float[] b, int bAt, int length);

  /**
   * y[b][u] = sum over r of d[r][b][u] a[r][u], in the order of r: what each unit makes of the
   * adjoint of its own planes. Modifies only y.
   *
   * @param planes of a [planes][units]
   * @param blocks of y [blocks][units]
   */
  void contractPlanes(
      int planes,
      int blocks,
      int units,
      float[] d,
      int dAt,
      float[] a,
      int aAt,
      float[] y,
      int yAt);

  /**
   * The transpose of A [rows][columns] in panels [rows / NARROW][columns][NARROW], the last as
   * narrow as the rows left: what {@link #addNarrowProduct} wants. Modifies only panels.
   */
  static void transpose(int rows, int columns, float[] a, int aAt, float[] panels, int panelsAt) {
    int i = 0;
    // four rows at a time, so that what is written is adjacent
    for (; i <= rows / NARROW * NARROW - 4; i += 4) {
      int row = aAt + i * columns;
      int panel = panelsAt + i / NARROW * NARROW * columns + i % NARROW;
      for (int j = 0; j < columns; j++) {
        panels[panel + j * NARROW] = a[row + j];
        panels[panel + j * NARROW + 1] = a[row + columns + j];
        panels[panel + j * NARROW + 2] = a[row + 2 * columns + j];
        panels[panel + j * NARROW + 3] = a[row + 3 * columns + j];
      }
    }
    int last = i;
    for (; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        panels[panelsAt + last * columns + j * (rows - last) + i - last] = a[aAt + i * columns + j];
      }
    }
  }

  /**
   * Sum of a[i]^2 in {@value #SQUARE_LANES} virtual lanes, folded to {@value #LANES} at the end.
   */
  float squares(float[] a, int aAt, int length);

  /** y[l][i] += a[i] b[l][i] for rows of b and y that lie one after another. Modifies only y. */
  void addElementwise(
      float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int rows, int columns);

  /**
   * y[l][i] += a_0[i] b_0[l][i] + a_1[i] b_1[l][i], the first product first. Modifies only y.
   *
   * @param a factors a_0, and a_1 aStride after them
   * @param bStride from b_0 to b_1
   */
  void addElementwisePairs(
      float[] a,
      int aStride,
      float[] b,
      int bAt,
      int bStride,
      float[] y,
      int yAt,
      int rows,
      int columns);

  /**
   * t[l][i] = d[i] t[l][i] + b[i] x[l] for every row l of t, for a state of one plane. Modifies
   * only t.
   */
  void advanceTraces(
      float[] d, float[] b, int bAt, float[] x, int xAt, int rows, int columns, float[] t, int tAt);

  /**
   * The same for a state of two planes: t_r[l][i] = d_r0[i] t_0[l][i] + d_r1[i] t_1[l][i] + b_r[i]
   * x[l]. Modifies only t.
   *
   * @param d coefficients d_00, d_01, d_10, d_11, each starting dStride after the one before
   * @param b immediate terms b_0 at bAt, b_1 at bAt + bStride
   * @param t traces t_0 at tAt, t_1 at tAt + tStride
   */
  void advanceTracePairs(
      float[] d,
      int dStride,
      float[] b,
      int bAt,
      int bStride,
      float[] x,
      int xAt,
      int rows,
      int columns,
      float[] t,
      int tAt,
      int tStride);

  /** x[i] = tanh x[i]. Modifies only x. */
  void tanh(float[] x, int at, int length);

  /** x[i] = 1 / (1 + exp(-x[i])). Modifies only x. */
  void sigmoid(float[] x, int at, int length);

  /** The steps of optimisers. */
  OptimizerKernels optimizers();

  /** Loops over doubles. */
  DoubleKernels doubles();

  /** Folds the lanes of a sum of squares to {@value #LANES}, then as {@link #sumLanes}. */
  static float sumSquareLanes(float[] lanes) {
    for (int width = SQUARE_LANES / 2; width >= LANES; width /= 2) {
      for (int i = 0; i < width; i++) {
        lanes[i] += lanes[i + width];
      }
    }
    return sumLanes(lanes);
  }

  /** Fixed tree over the virtual lanes: lanes 8, 4, 2, 1 apart are added. */
  static float sumLanes(float[] lanes) {
    return sumLanes(lanes, 0);
  }

  /** The same of lanes that begin at an offset. */
  static float sumLanes(float[] s, int at) {
    // written out: a loop over the levels would wait for its own stores
    float even =
        ((s[at] + s[at + 8]) + (s[at + 4] + s[at + 12]))
            + ((s[at + 2] + s[at + 10]) + (s[at + 6] + s[at + 14]));
    float odd =
        ((s[at + 1] + s[at + 9]) + (s[at + 5] + s[at + 13]))
            + ((s[at + 3] + s[at + 11]) + (s[at + 7] + s[at + 15]));
    return even + odd;
  }
}
