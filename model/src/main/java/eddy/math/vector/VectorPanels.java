package eddy.math.vector;

import static eddy.math.Kernels.PANEL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products with a matrix in panels, in register tiles of 4 rows by 4 vectors.
 *
 * <p>The rows of a panel are a constant apart, and four rows of A are interleaved to be so too:
 * that frees the inner loop of bounds checks. One instance per thread.
 */
final class VectorPanels {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int WIDTH = SPECIES.length();
  private static final int TILE = 4 * WIDTH;

  // array data starts 16 bytes into the object: 12 floats later a cache line does
  private static final int ALIGNED = 12;

  /** Four rows of A, interleaved; grows to the largest product. */
  private float[] packed = new float[ALIGNED];

  /** C += A B for B in panels. */
  void add(
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
      int cStride) {
    if (inner < 1) {
      return;
    }
    int four = rows & ~3;
    pack(four, inner, a, aAt, aStride);
    int count = (columns + PANEL - 1) / PANEL;
    for (int n = 0; n < count; n++) {
      int j = (reversed ? count - 1 - n : n) * PANEL;
      int panel = panelsAt + j * inner;
      if (columns - j < PANEL) {
        int width = columns - j;
        VectorProducts.add(
            rows, inner, width, a, aAt, aStride, 1, panels, panel, width, c, cAt + j, cStride);
      } else {
        addPanel(four, inner, panels, panel, c, cAt + j, cStride);
        for (int i = four; i < rows; i++) {
          addRow(inner, a, aAt + i * aStride, panels, panel, c, cAt + i * cStride + j);
        }
      }
    }
  }

  private void pack(int rows, int inner, float[] a, int aAt, int aStride) {
    if (packed.length < ALIGNED + rows * inner) {
      packed = new float[ALIGNED + rows * inner];
    }
    for (int i = 0; i < rows; i++) {
      int at = ALIGNED + (i & ~3) * inner + (i & 3);
      for (int l = 0; l < inner; l++) {
        packed[at + 4 * l] = a[aAt + i * aStride + l];
      }
    }
  }

  private void addPanel(
      int rows, int inner, float[] panels, int panel, float[] c, int cAt, int cStride) {
    for (int i = 0; i < rows; i += 4) {
      for (int j = 0; j < PANEL; j += TILE) {
        panel4x4(
            inner,
            packed,
            ALIGNED + i * inner,
            panels,
            panel + j,
            c,
            cAt + i * cStride + j,
            cStride);
      }
    }
  }

  private static void addRow(
      int inner, float[] a, int aAt, float[] panels, int panel, float[] c, int cAt) {
    for (int j = 0; j < PANEL; j += TILE) {
      panel1x4(inner, a, aAt, panels, panel + j, c, cAt + j);
    }
  }

  /** 1 row, 4 vectors of a panel: steps that are constants let the panel stream from memory. */
  private static void panel1x4(
      int inner, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, cAt);
    FloatVector c01 = FloatVector.fromArray(SPECIES, c, cAt + WIDTH);
    FloatVector c02 = FloatVector.fromArray(SPECIES, c, cAt + 2 * WIDTH);
    FloatVector c03 = FloatVector.fromArray(SPECIES, c, cAt + 3 * WIDTH);
    for (int l = 0; l < inner; l++) {
      int row = bAt + l * PANEL;
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[aAt + l]);
      c00 = a0.fma(FloatVector.fromArray(SPECIES, b, row), c00);
      c01 = a0.fma(FloatVector.fromArray(SPECIES, b, row + WIDTH), c01);
      c02 = a0.fma(FloatVector.fromArray(SPECIES, b, row + 2 * WIDTH), c02);
      c03 = a0.fma(FloatVector.fromArray(SPECIES, b, row + 3 * WIDTH), c03);
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + WIDTH);
    c02.intoArray(c, cAt + 2 * WIDTH);
    c03.intoArray(c, cAt + 3 * WIDTH);
  }

  /** 4 interleaved rows, 4 vectors of a panel. */
  private static void panel4x4(
      int inner, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int cStride) {
    int row1 = cAt + cStride;
    int row2 = cAt + 2 * cStride;
    int row3 = cAt + 3 * cStride;
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, cAt);
    FloatVector c01 = FloatVector.fromArray(SPECIES, c, cAt + WIDTH);
    FloatVector c02 = FloatVector.fromArray(SPECIES, c, cAt + 2 * WIDTH);
    FloatVector c03 = FloatVector.fromArray(SPECIES, c, cAt + 3 * WIDTH);
    FloatVector c10 = FloatVector.fromArray(SPECIES, c, row1);
    FloatVector c11 = FloatVector.fromArray(SPECIES, c, row1 + WIDTH);
    FloatVector c12 = FloatVector.fromArray(SPECIES, c, row1 + 2 * WIDTH);
    FloatVector c13 = FloatVector.fromArray(SPECIES, c, row1 + 3 * WIDTH);
    FloatVector c20 = FloatVector.fromArray(SPECIES, c, row2);
    FloatVector c21 = FloatVector.fromArray(SPECIES, c, row2 + WIDTH);
    FloatVector c22 = FloatVector.fromArray(SPECIES, c, row2 + 2 * WIDTH);
    FloatVector c23 = FloatVector.fromArray(SPECIES, c, row2 + 3 * WIDTH);
    FloatVector c30 = FloatVector.fromArray(SPECIES, c, row3);
    FloatVector c31 = FloatVector.fromArray(SPECIES, c, row3 + WIDTH);
    FloatVector c32 = FloatVector.fromArray(SPECIES, c, row3 + 2 * WIDTH);
    FloatVector c33 = FloatVector.fromArray(SPECIES, c, row3 + 3 * WIDTH);
    for (int l = 0; l < inner; l++) {
      int row = bAt + l * PANEL;
      int factor = aAt + l * 4;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + WIDTH);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * WIDTH);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, row + 3 * WIDTH);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[factor]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[factor + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[factor + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      c23 = a2.fma(b3, c23);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[factor + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      c33 = a3.fma(b3, c33);
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + WIDTH);
    c02.intoArray(c, cAt + 2 * WIDTH);
    c03.intoArray(c, cAt + 3 * WIDTH);
    c10.intoArray(c, row1);
    c11.intoArray(c, row1 + WIDTH);
    c12.intoArray(c, row1 + 2 * WIDTH);
    c13.intoArray(c, row1 + 3 * WIDTH);
    c20.intoArray(c, row2);
    c21.intoArray(c, row2 + WIDTH);
    c22.intoArray(c, row2 + 2 * WIDTH);
    c23.intoArray(c, row2 + 3 * WIDTH);
    c30.intoArray(c, row3);
    c31.intoArray(c, row3 + WIDTH);
    c32.intoArray(c, row3 + 2 * WIDTH);
    c33.intoArray(c, row3 + 3 * WIDTH);
  }
}
