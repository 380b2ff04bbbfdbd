package eddy.benchmark;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The products of one size in one run of JMH, in GFLOP/s of the best sample: other work on the
 * machine only adds time, to every one of them.
 *
 * @param units rows of both matrices
 * @param panels the model's product over panels
 * @param rows the model's product over rows
 * @param ejml EJML's
 * @param peak of the core
 */
record Kernel(int units, double panels, double rows, double ejml, double peak) {
  /** Forks of the peak's loop: a compiler that had a bad day halves it. */
  private static final int PEAK_FORKS = 2;

  static final List<Integer> SIZES = List.of(16, 32, 64);

  /** Measures products of these numbers of units. */
  static List<Kernel> measure(boolean quick, List<Integer> sizes) {
    // benchmarks of others on this machine are their business
    System.setProperty("jmh.ignoreLock", "true");
    String name = KernelBenchmark.class.getName();
    String[] units = sizes.stream().map(String::valueOf).toArray(String[]::new);
    List<RunResult> results =
        new ArrayList<>(run(name + ".PeakBenchmark", PEAK_FORKS, units, quick));
    results.addAll(run(name + ".(panels|rows|ejml)", quick ? 1 : 3, units, quick));
    return from(results, sizes);
  }

  /** The best of two measurements; one of other units only knows the core's peak better. */
  Kernel faster(Kernel other) {
    double best = Math.max(peak, other.peak);
    return other.units != units
        ? new Kernel(units, panels, rows, ejml, best)
        : new Kernel(
            units,
            Math.max(panels, other.panels),
            Math.max(rows, other.rows),
            Math.max(ejml, other.ejml),
            best);
  }

  private static Collection<RunResult> run(
      String included, int forks, String[] units, boolean quick) {
    Options options =
        new OptionsBuilder()
            .include(included)
            .param("units", units)
            .forks(forks)
            .warmupIterations(quick ? 8 : 10)
            .warmupTime(TimeValue.milliseconds(300))
            .measurementIterations(quick ? 3 : 5)
            .measurementTime(TimeValue.milliseconds(300))
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .build();
    try {
      return new Runner(options).run();
    } catch (RunnerException e) {
      throw new IllegalStateException("JMH could not run the kernels: " + e.getMessage(), e);
    }
  }

  private static List<Kernel> from(Collection<RunResult> results, List<Integer> sizes) {
    double peak = Peak.ofThisCore().operations(KernelBenchmark.ROUNDS) / least(results, "peak", "");
    List<Kernel> kernels = new ArrayList<>();
    for (int units : sizes) {
      double operations = 2.0 * units * units * KernelBenchmark.columns(units);
      String size = Integer.toString(units);
      kernels.add(
          new Kernel(
              units,
              operations / least(results, "panels", size),
              operations / least(results, "rows", size),
              operations / least(results, "ejml", size),
              peak));
    }
    return kernels;
  }

  /** Nanoseconds of the best sample. */
  private static double least(Collection<RunResult> results, String method, String units) {
    return results.stream()
        .filter(result -> result.getPrimaryResult().getLabel().equals(method))
        .filter(result -> units.isEmpty() || units.equals(result.getParams().getParam("units")))
        .mapToDouble(result -> result.getPrimaryResult().getStatistics().getMin())
        .min()
        .orElseThrow();
  }
}
