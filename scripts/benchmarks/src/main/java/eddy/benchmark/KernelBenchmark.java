package eddy.benchmark;

import eddy.math.RandomStream;
import java.util.concurrent.TimeUnit;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
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
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KernelBenchmark {
  static final int ROUNDS = 100_000;
  private static final int INPUTS = 16;

  @Param({"16", "32", "64"})
  public int units;

  private final Product product = new Product();
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
    a = uniform(random, units * units);
    b = uniform(random, units * n);
    c = new float[units * n];
    left = FMatrixRMaj.wrap(units, units, a);
    right = FMatrixRMaj.wrap(units, n, b);
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

  @Benchmark
  public float[] product() {
    product.add(a, b, units, units, columns(units), c);
    return c;
  }

  @Benchmark
  public FMatrixRMaj ejml() {
    CommonOps_FDRM.mult(left, right, result);
    return result;
  }

  /** The peak of the core; the units play no part. */
  @State(Scope.Thread)
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public static class PeakBenchmark {
    private final Peak peak = Peak.ofThisCore();

    @Benchmark
    public float peak() {
      return peak.run(ROUNDS);
    }
  }
}
