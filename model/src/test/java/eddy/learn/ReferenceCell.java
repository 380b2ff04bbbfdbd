package eddy.learn;

/** Cells in float64, written down from their equations for tests alone. */
enum ReferenceCell {
  ELMAN(1),
  LSTM(2),
  GRU(1),
  ELSTM(1);

  private final int planes;

  ReferenceCell(int planes) {
    this.planes = planes;
  }

  String cell() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Output after all inputs [steps][I] from a zero state, by weights in the product's layout. */
  double[] output(double[] weights, double[][] inputs, int units) {
    double[] state = new double[planes * units];
    for (double[] x : inputs) {
      state = step(weights, x, state, units);
    }
    double[] output = new double[units];
    System.arraycopy(state, 0, output, 0, units);
    return output;
  }

  private double[] step(double[] w, double[] x, double[] s, int n) {
    double[] next = new double[s.length];
    int m = x.length;
    for (int u = 0; u < n; u++) {
      switch (this) {
        case ELMAN -> next[u] = Math.tanh(gate(w, 0, x, 1, 0, n, u, s, 1, 0, n * (m + n)));
        case LSTM -> {
          double[] a = new double[4];
          for (int g = 0; g < 4; g++) {
            a[g] = gate(w, 0, x, 4, g, n, u, s, 4, g, 4 * n * (m + n));
          }
          double c = sigmoid(a[1]) * s[n + u] + sigmoid(a[0]) * Math.tanh(a[2]);
          next[n + u] = c;
          next[u] = sigmoid(a[3]) * Math.tanh(c);
        }
        case GRU -> {
          int bias = 3 * n * (m + n);
          double r = sigmoid(gate(w, 0, x, 3, 1, n, u, s, 3, 0, bias));
          double z = sigmoid(gate(w, 0, x, 3, 2, n, u, s, 3, 1, bias));
          double fromInput = gate(w, 0, x, 3, 0, n, u, new double[0], 3, 0, bias);
          double fromState = w[bias + 3 * n + u];
          for (int l = 0; l < n; l++) {
            fromState += w[3 * n * m + l * 3 * n + 2 * n + u] * s[l];
          }
          next[u] = (1 - z) * Math.tanh(fromInput + r * fromState) + z * s[u];
        }
        case ELSTM -> {
          int own = 2 * n;
          int bias = own + 2 * n * m;
          double[] none = new double[0];
          double z = Math.tanh(w[u] * s[u] + gate(w, own, x, 2, 0, n, u, none, 0, 0, bias));
          double f = sigmoid(w[n + u] * s[u] + gate(w, own, x, 2, 1, n, u, none, 0, 0, bias));
          next[u] = f * s[u] + (1 - f) * z;
        }
      }
    }
    return next;
  }

  /** Inputs [I][gates][n] from at, then the state's [n][stateGates][n], and the bias [gates][n]. */
  private static double gate(
      double[] w,
      int at,
      double[] x,
      int gates,
      int gate,
      int n,
      int u,
      double[] h,
      int stateGates,
      int stateGate,
      int bias) {
    double sum = w[bias + gate * n + u];
    for (int l = 0; l < x.length; l++) {
      sum += w[at + (l * gates + gate) * n + u] * x[l];
    }
    int state = at + x.length * gates * n;
    for (int l = 0; l < h.length && l < n; l++) {
      sum += w[state + (l * stateGates + stateGate) * n + u] * h[l];
    }
    return sum;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
