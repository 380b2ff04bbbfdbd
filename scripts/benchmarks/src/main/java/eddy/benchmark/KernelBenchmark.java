package eddy.benchmark;

import eddy.math.Kernels;
import eddy.math.RandomStream;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The product of RTRL, [U][U] by [U][P] with the weights P of an LSTM of 16 inputs: by the model's
 * kernels, by EJML, and the peak of the core beside them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KernelBenchmark {
  static final int ROUNDS = 20_000;
  private static final int INPUTS = 16;

  /**
   * Floats before the first: with the 16 bytes of an array's header a line of 64 bytes, where
   * objects are aligned to one.
   */
  private static final int AT = 12;

  @Param({"16", "32", "64"})
  public int units;

  private final Kernels kernels = Kernels.fastest();
  private float[] a;
  private float[] b;
  private float[] c;
  private FMatrixRMaj left;
  private FMatrixRMaj right;
  private FMatrixRMaj result;

  /** Columns of the right matrix: the weights of an LSTM. */
  static int columns(int units) {
    return 4 * units * (units + INPUTS + 1);
  }

  @Setup
  public void fill() {
    RandomStream random = new RandomStream(1);
    int n = columns(units);
    a = uniform(random, AT + units * units);
    b = uniform(random, AT + units * n);
    c = new float[AT + units * n];
    left = new FMatrixRMaj(units, units, true, Arrays.copyOfRange(a, AT, a.length));
    right = new FMatrixRMaj(units, n, true, Arrays.copyOfRange(b, AT, b.length));
    result = new FMatrixRMaj(units, n);
  }

  private static float[] uniform(RandomStream random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      // small enough that sums over many calls stay in range
      values[i] = (float) random.uniform(-1e-3, 1e-3);
    }
    return values;
  }

  /** The right matrix row by row. */
  @Benchmark
  public float[] rows() {
    int n = columns(units);
    kernels.addProduct(units, units, n, a, AT, units, b, AT, n, c, AT, n);
    return c;
  }

  /** The right matrix in panels, as sensitivities are carried. */
  @Benchmark
  public float[] panels() {
    int n = columns(units);
    kernels.addPanelProduct(units, units, n, a, AT, units, b, AT, false, c, AT, n);
    return c;
  }

  @Benchmark
  public FMatrixRMaj ejml() {
    CommonOps_FDRM.mult(left, right, result);
    return result;
  }

  /** The peak of the core; the units play no part. */
  @State(Scope.Thread)
  @BenchmarkMode(Mode.SampleTime)
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public static class PeakBenchmark {
    private final Peak peak = Peak.ofThisCore();

    // inlined into the loop that measures it, its registers are spilled and the rate is halved
    @Benchmark
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    public float peak() {
      return peak.run(ROUNDS);
    }
  }
}
