package eddy.cell;

import eddy.math.Elementary;
import eddy.math.Kernels;

/** The two functions that a gated cell applies to its gates. */
public enum Gates {
  /** The logistic function and tanh. */
  SMOOTH,

  /**
   * Straight lines between their bounds: clamp(a / 6 + 1/2, 0, 1) and clamp(a, -1, 1) (Courbariaux,
   * Bengio and David 2015; the slope is PyTorch's). Beyond the bounds nothing is learned.
   */
  HARD;

  private static final float SLOPE = 1f / 6;

  /** Replaces a by the gate's opening between 0 and 1. Modifies only a. */
  void sigmoid(Kernels kernels, float[] a, int at, int length) {
    if (this == SMOOTH) {
      kernels.sigmoid(a, at, length);
      return;
    }
    for (int i = at; i < at + length; i++) {
      a[i] = Math.max(0f, Math.min(1f, Math.fma(a[i], SLOPE, 0.5f)));
    }
  }

  /** Replaces a by a value between -1 and 1. Modifies only a. */
  void tanh(Kernels kernels, float[] a, int at, int length) {
    if (this == SMOOTH) {
      kernels.tanh(a, at, length);
      return;
    }
    for (int i = at; i < at + length; i++) {
      a[i] = bounded(a[i]);
    }
  }

  /** The same of one number. */
  float tanh(float a) {
    return this == SMOOTH ? Elementary.tanh(a) : bounded(a);
  }

  private static float bounded(float a) {
    return Math.max(-1f, Math.min(1f, a));
  }

  /** Derivative of the opening, given the opening. */
  float sigmoidSlope(float opening) {
    if (this == SMOOTH) {
      return opening * (1f - opening);
    }
    return opening > 0f && opening < 1f ? SLOPE : 0f;
  }

  /** Derivative of the value between -1 and 1, given the value. */
  float tanhSlope(float value) {
    if (this == SMOOTH) {
      return 1f - value * value;
    }
    return value > -1f && value < 1f ? 1f : 0f;
  }
}
