package eddy.math.vector;

import static eddy.math.Kernels.NARROW;

import eddy.math.ScalarKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Matrix products in register tiles of 4 rows by 4 vectors: an element of B serves four rows once
 * loaded, and 16 independent sums hide the latency of a multiply-add.
 */
final class VectorProducts {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int WIDTH = SPECIES.length();
  private static final int TILE = 4 * WIDTH;

  /**
   * C += A B.
   *
   * @param aRow distance of a[i + 1][l] from a[i][l]
   * @param aColumn distance of a[i][l + 1] from a[i][l]
   */
  static void add(
      int rows,
      int inner,
      int columns,
      float[] a,
      int aAt,
      int aRow,
      int aColumn,
      float[] b,
      int bAt,
      int bStride,
      float[] c,
      int cAt,
      int cStride) {
    if (inner < 1) {
      return;
    }
    int j = 0;
    for (; j <= columns - TILE; j += TILE) {
      addTiles(rows, inner, a, aAt, aRow, aColumn, b, bAt + j, bStride, c, cAt + j, cStride);
    }
    for (; j <= columns - WIDTH; j += WIDTH) {
      addVectors(rows, inner, a, aAt, aRow, aColumn, b, bAt + j, bStride, c, cAt + j, cStride);
    }
    if (j < columns) {
      addScalars(
          rows,
          inner,
          columns - j,
          a,
          aAt,
          aRow,
          aColumn,
          b,
          bAt + j,
          bStride,
          c,
          cAt + j,
          cStride);
    }
  }

  private static void addTiles(
      int rows,
      int inner,
      float[] a,
      int aAt,
      int aRow,
      int aColumn,
      float[] b,
      int bAt,
      int bStride,
      float[] c,
      int cAt,
      int cStride) {
    // one row alone has too few sums to hide their latency: better five together
    int five = rows % 4 == 1 && rows > 4 ? rows - 5 : rows;
    int i = 0;
    for (; i <= five - 4; i += 4) {
      tile4x4(
          inner, a, aAt + i * aRow, aRow, aColumn, b, bAt, bStride, c, cAt + i * cStride, cStride);
    }
    if (five < rows) {
      tile5x4(
          inner, a, aAt + i * aRow, aRow, aColumn, b, bAt, bStride, c, cAt + i * cStride, cStride);
      return;
    }
    for (; i < rows; i++) {
      tile1x4(inner, a, aAt + i * aRow, aColumn, b, bAt, bStride, c, cAt + i * cStride);
    }
  }

  private static void addVectors(
      int rows,
      int inner,
      float[] a,
      int aAt,
      int aRow,
      int aColumn,
      float[] b,
      int bAt,
      int bStride,
      float[] c,
      int cAt,
      int cStride) {
    int i = 0;
    for (; i <= rows - 4; i += 4) {
      tile4x1(
          inner, a, aAt + i * aRow, aRow, aColumn, b, bAt, bStride, c, cAt + i * cStride, cStride);
    }
    for (; i < rows; i++) {
      tile1x1(inner, a, aAt + i * aRow, aColumn, b, bAt, bStride, c, cAt + i * cStride);
    }
  }

  private static void addScalars(
      int rows,
      int inner,
      int columns,
      float[] a,
      int aAt,
      int aRow,
      int aColumn,
      float[] b,
      int bAt,
      int bStride,
      float[] c,
      int cAt,
      int cStride) {
    for (int i = 0; i < rows; i++) {
      for (int l = 0; l < inner; l++) {
        float factor = a[aAt + i * aRow + l * aColumn];
        for (int j = 0; j < columns; j++) {
          c[cAt + i * cStride + j] =
              Math.fma(factor, b[bAt + l * bStride + j], c[cAt + i * cStride + j]);
        }
      }
    }
  }

  /** C += A B for a narrow B in panels, in four chains of sums. */
  static void addNarrow(
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
      int cStride) {
    for (int j = 0; j < columns; j += NARROW) {
      int width = Math.min(NARROW, columns - j);
      int panel = bAt + j * inner;
      if (width == NARROW) {
        addWholeNarrow(rows, inner & ~3, a, aAt, aStride, b, panel, c, cAt + j, cStride);
      } else {
        addPartNarrow(rows, inner & ~3, width, a, aAt, aStride, b, panel, c, cAt + j, cStride);
      }
      int rest = inner & 3;
      int last = inner - rest;
      add(
          rows,
          rest,
          width,
          a,
          aAt + last,
          aStride,
          1,
          b,
          panel + last * width,
          width,
          c,
          cAt + j,
          cStride);
    }
  }

  private static void addWholeNarrow(
      int rows,
      int whole,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int cStride) {
    for (int j = 0; j < NARROW; j += 2 * WIDTH) {
      int i = 0;
      for (; i <= rows - 2; i += 2) {
        narrow2x2(
            whole, a, aAt + i * aStride, aStride, b, bAt + j, c, cAt + i * cStride + j, cStride);
      }
      if (i < rows) {
        narrow1x2(whole, a, aAt + i * aStride, b, bAt + j, c, cAt + i * cStride + j);
      }
    }
  }

  private static void addPartNarrow(
      int rows,
      int whole,
      int columns,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int cStride) {
    for (int i = 0; i < rows; i++) {
      int j = 0;
      for (; j <= columns - WIDTH; j += WIDTH) {
        narrow1x1(whole, columns, a, aAt + i * aStride, b, bAt + j, c, cAt + i * cStride + j);
      }
      ScalarKernels.addNarrowRow(
          whole, columns, j, a, aAt + i * aStride, b, bAt, c, cAt + i * cStride);
    }
  }

  /** 4 rows, 4 vectors. */
  private static void tile4x4(
      int inner,
      float[] a,
      int aAt,
      int aRow,
      int aColumn,
      float[] b,
      int bAt,
      int bStride,
      float[] c,
      int cAt,
      int cStride) {
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
      int row = bAt + l * bStride;
      int factor = aAt + l * aColumn;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + WIDTH);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * WIDTH);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, row + 3 * WIDTH);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[factor]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[factor + aRow]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[factor + 2 * aRow]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      c23 = a2.fma(b3, c23);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[factor + 3 * aRow]);
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

  /** 5 rows, 4 vectors. */
  private static void tile5x4(
      int inner,
      float[] a,
      int aAt,
      int aRow,
      int aColumn,
      float[] b,
      int bAt,
      int bStride,
      float[] c,
      int cAt,
      int cStride) {
    int row1 = cAt + cStride;
    int row2 = cAt + 2 * cStride;
    int row3 = cAt + 3 * cStride;
    int row4 = cAt + 4 * cStride;
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
    FloatVector c40 = FloatVector.fromArray(SPECIES, c, row4);
    FloatVector c41 = FloatVector.fromArray(SPECIES, c, row4 + WIDTH);
    FloatVector c42 = FloatVector.fromArray(SPECIES, c, row4 + 2 * WIDTH);
    FloatVector c43 = FloatVector.fromArray(SPECIES, c, row4 + 3 * WIDTH);
    for (int l = 0; l < inner; l++) {
      int row = bAt + l * bStride;
      int factor = aAt + l * aColumn;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + WIDTH);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * WIDTH);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, row + 3 * WIDTH);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[factor]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[factor + aRow]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[factor + 2 * aRow]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      c23 = a2.fma(b3, c23);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[factor + 3 * aRow]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      c33 = a3.fma(b3, c33);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[factor + 4 * aRow]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      c42 = a4.fma(b2, c42);
      c43 = a4.fma(b3, c43);
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
    c40.intoArray(c, row4);
    c41.intoArray(c, row4 + WIDTH);
    c42.intoArray(c, row4 + 2 * WIDTH);
    c43.intoArray(c, row4 + 3 * WIDTH);
  }

  /** 1 row, 4 vectors. */
  private static void tile1x4(
      int inner,
      float[] a,
      int aAt,
      int aColumn,
      float[] b,
      int bAt,
      int bStride,
      float[] c,
      int cAt) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, cAt);
    FloatVector c01 = FloatVector.fromArray(SPECIES, c, cAt + WIDTH);
    FloatVector c02 = FloatVector.fromArray(SPECIES, c, cAt + 2 * WIDTH);
    FloatVector c03 = FloatVector.fromArray(SPECIES, c, cAt + 3 * WIDTH);
    for (int l = 0; l < inner; l++) {
      int row = bAt + l * bStride;
      int factor = aAt + l * aColumn;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + WIDTH);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * WIDTH);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, row + 3 * WIDTH);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[factor]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + WIDTH);
    c02.intoArray(c, cAt + 2 * WIDTH);
    c03.intoArray(c, cAt + 3 * WIDTH);
  }

  /** 4 rows, 1 vector. */
  private static void tile4x1(
      int inner,
      float[] a,
      int aAt,
      int aRow,
      int aColumn,
      float[] b,
      int bAt,
      int bStride,
      float[] c,
      int cAt,
      int cStride) {
    int row1 = cAt + cStride;
    int row2 = cAt + 2 * cStride;
    int row3 = cAt + 3 * cStride;
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, cAt);
    FloatVector c10 = FloatVector.fromArray(SPECIES, c, row1);
    FloatVector c20 = FloatVector.fromArray(SPECIES, c, row2);
    FloatVector c30 = FloatVector.fromArray(SPECIES, c, row3);
    for (int l = 0; l < inner; l++) {
      int row = bAt + l * bStride;
      int factor = aAt + l * aColumn;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[factor]);
      c00 = a0.fma(b0, c00);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[factor + aRow]);
      c10 = a1.fma(b0, c10);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[factor + 2 * aRow]);
      c20 = a2.fma(b0, c20);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[factor + 3 * aRow]);
      c30 = a3.fma(b0, c30);
    }
    c00.intoArray(c, cAt);
    c10.intoArray(c, row1);
    c20.intoArray(c, row2);
    c30.intoArray(c, row3);
  }

  /** 1 row, 1 vector. */
  private static void tile1x1(
      int inner,
      float[] a,
      int aAt,
      int aColumn,
      float[] b,
      int bAt,
      int bStride,
      float[] c,
      int cAt) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, cAt);
    for (int l = 0; l < inner; l++) {
      int row = bAt + l * bStride;
      int factor = aAt + l * aColumn;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[factor]);
      c00 = a0.fma(b0, c00);
    }
    c00.intoArray(c, cAt);
  }

  /** 2 rows, 2 vectors of a narrow panel. */
  private static void narrow2x2(
      int whole,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int cStride) {
    FloatVector s000 = FloatVector.zero(SPECIES);
    FloatVector s001 = FloatVector.zero(SPECIES);
    FloatVector s010 = FloatVector.zero(SPECIES);
    FloatVector s011 = FloatVector.zero(SPECIES);
    FloatVector s020 = FloatVector.zero(SPECIES);
    FloatVector s021 = FloatVector.zero(SPECIES);
    FloatVector s030 = FloatVector.zero(SPECIES);
    FloatVector s031 = FloatVector.zero(SPECIES);
    FloatVector s100 = FloatVector.zero(SPECIES);
    FloatVector s101 = FloatVector.zero(SPECIES);
    FloatVector s110 = FloatVector.zero(SPECIES);
    FloatVector s111 = FloatVector.zero(SPECIES);
    FloatVector s120 = FloatVector.zero(SPECIES);
    FloatVector s121 = FloatVector.zero(SPECIES);
    FloatVector s130 = FloatVector.zero(SPECIES);
    FloatVector s131 = FloatVector.zero(SPECIES);
    for (int l = 0; l < whole; l += 4) {
      int row = bAt + l * NARROW;
      FloatVector b00 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b01 = FloatVector.fromArray(SPECIES, b, row + WIDTH);
      FloatVector a00 = FloatVector.broadcast(SPECIES, a[aAt + l]);
      s000 = a00.fma(b00, s000);
      s001 = a00.fma(b01, s001);
      FloatVector a10 = FloatVector.broadcast(SPECIES, a[aAt + aStride + l]);
      s100 = a10.fma(b00, s100);
      s101 = a10.fma(b01, s101);
      FloatVector b10 = FloatVector.fromArray(SPECIES, b, row + NARROW);
      FloatVector b11 = FloatVector.fromArray(SPECIES, b, row + NARROW + WIDTH);
      FloatVector a01 = FloatVector.broadcast(SPECIES, a[aAt + l + 1]);
      s010 = a01.fma(b10, s010);
      s011 = a01.fma(b11, s011);
      FloatVector a11 = FloatVector.broadcast(SPECIES, a[aAt + aStride + l + 1]);
      s110 = a11.fma(b10, s110);
      s111 = a11.fma(b11, s111);
      FloatVector b20 = FloatVector.fromArray(SPECIES, b, row + 2 * NARROW);
      FloatVector b21 = FloatVector.fromArray(SPECIES, b, row + 2 * NARROW + WIDTH);
      FloatVector a02 = FloatVector.broadcast(SPECIES, a[aAt + l + 2]);
      s020 = a02.fma(b20, s020);
      s021 = a02.fma(b21, s021);
      FloatVector a12 = FloatVector.broadcast(SPECIES, a[aAt + aStride + l + 2]);
      s120 = a12.fma(b20, s120);
      s121 = a12.fma(b21, s121);
      FloatVector b30 = FloatVector.fromArray(SPECIES, b, row + 3 * NARROW);
      FloatVector b31 = FloatVector.fromArray(SPECIES, b, row + 3 * NARROW + WIDTH);
      FloatVector a03 = FloatVector.broadcast(SPECIES, a[aAt + l + 3]);
      s030 = a03.fma(b30, s030);
      s031 = a03.fma(b31, s031);
      FloatVector a13 = FloatVector.broadcast(SPECIES, a[aAt + aStride + l + 3]);
      s130 = a13.fma(b30, s130);
      s131 = a13.fma(b31, s131);
    }
    FloatVector.fromArray(SPECIES, c, cAt)
        .add(s000.add(s010).add(s020.add(s030)))
        .intoArray(c, cAt);
    FloatVector.fromArray(SPECIES, c, cAt + WIDTH)
        .add(s001.add(s011).add(s021.add(s031)))
        .intoArray(c, cAt + WIDTH);
    FloatVector.fromArray(SPECIES, c, cAt + cStride)
        .add(s100.add(s110).add(s120.add(s130)))
        .intoArray(c, cAt + cStride);
    FloatVector.fromArray(SPECIES, c, cAt + cStride + WIDTH)
        .add(s101.add(s111).add(s121.add(s131)))
        .intoArray(c, cAt + cStride + WIDTH);
  }

  /** 1 row, 2 vectors of a narrow panel. */
  private static void narrow1x2(
      int whole, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt) {
    FloatVector s000 = FloatVector.zero(SPECIES);
    FloatVector s001 = FloatVector.zero(SPECIES);
    FloatVector s010 = FloatVector.zero(SPECIES);
    FloatVector s011 = FloatVector.zero(SPECIES);
    FloatVector s020 = FloatVector.zero(SPECIES);
    FloatVector s021 = FloatVector.zero(SPECIES);
    FloatVector s030 = FloatVector.zero(SPECIES);
    FloatVector s031 = FloatVector.zero(SPECIES);
    for (int l = 0; l < whole; l += 4) {
      int row = bAt + l * NARROW;
      FloatVector b00 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b01 = FloatVector.fromArray(SPECIES, b, row + WIDTH);
      FloatVector a00 = FloatVector.broadcast(SPECIES, a[aAt + l]);
      s000 = a00.fma(b00, s000);
      s001 = a00.fma(b01, s001);
      FloatVector b10 = FloatVector.fromArray(SPECIES, b, row + NARROW);
      FloatVector b11 = FloatVector.fromArray(SPECIES, b, row + NARROW + WIDTH);
      FloatVector a01 = FloatVector.broadcast(SPECIES, a[aAt + l + 1]);
      s010 = a01.fma(b10, s010);
      s011 = a01.fma(b11, s011);
      FloatVector b20 = FloatVector.fromArray(SPECIES, b, row + 2 * NARROW);
      FloatVector b21 = FloatVector.fromArray(SPECIES, b, row + 2 * NARROW + WIDTH);
      FloatVector a02 = FloatVector.broadcast(SPECIES, a[aAt + l + 2]);
      s020 = a02.fma(b20, s020);
      s021 = a02.fma(b21, s021);
      FloatVector b30 = FloatVector.fromArray(SPECIES, b, row + 3 * NARROW);
      FloatVector b31 = FloatVector.fromArray(SPECIES, b, row + 3 * NARROW + WIDTH);
      FloatVector a03 = FloatVector.broadcast(SPECIES, a[aAt + l + 3]);
      s030 = a03.fma(b30, s030);
      s031 = a03.fma(b31, s031);
    }
    FloatVector.fromArray(SPECIES, c, cAt)
        .add(s000.add(s010).add(s020.add(s030)))
        .intoArray(c, cAt);
    FloatVector.fromArray(SPECIES, c, cAt + WIDTH)
        .add(s001.add(s011).add(s021.add(s031)))
        .intoArray(c, cAt + WIDTH);
  }

  /** 1 row, 1 vector. */
  private static void narrow1x1(
      int whole, int columns, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt) {
    FloatVector s000 = FloatVector.zero(SPECIES);
    FloatVector s010 = FloatVector.zero(SPECIES);
    FloatVector s020 = FloatVector.zero(SPECIES);
    FloatVector s030 = FloatVector.zero(SPECIES);
    for (int l = 0; l < whole; l += 4) {
      int row = bAt + l * columns;
      FloatVector b00 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector a00 = FloatVector.broadcast(SPECIES, a[aAt + l]);
      s000 = a00.fma(b00, s000);
      FloatVector b10 = FloatVector.fromArray(SPECIES, b, row + columns);
      FloatVector a01 = FloatVector.broadcast(SPECIES, a[aAt + l + 1]);
      s010 = a01.fma(b10, s010);
      FloatVector b20 = FloatVector.fromArray(SPECIES, b, row + 2 * columns);
      FloatVector a02 = FloatVector.broadcast(SPECIES, a[aAt + l + 2]);
      s020 = a02.fma(b20, s020);
      FloatVector b30 = FloatVector.fromArray(SPECIES, b, row + 3 * columns);
      FloatVector a03 = FloatVector.broadcast(SPECIES, a[aAt + l + 3]);
      s030 = a03.fma(b30, s030);
    }
    FloatVector.fromArray(SPECIES, c, cAt)
        .add(s000.add(s010).add(s020.add(s030)))
        .intoArray(c, cAt);
  }
}
