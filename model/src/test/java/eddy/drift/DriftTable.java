package eddy.drift;

import eddy.math.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import moa.classifiers.core.driftdetection.ADWIN;
import moa.classifiers.core.driftdetection.PageHinkleyDM;

/** Delay and false alarms of detectors on synthetic drift, beside MOA's on the same streams. */
final class DriftTable {
  static final int BEFORE = 5000;
  static final int AFTER = 5000;
  private static final int STREAMS = 100;

  /** Streams of errors, 0 or 1, that come more often after {@link #BEFORE} values. */
  enum Drift {
    NONE(0, 1),
    ABRUPT_LARGE(0.3, 1),
    ABRUPT_SMALL(0.1, 1),
    GRADUAL(0.3, 2000);

    private final double rise;
    private final int length;

    Drift(double rise, int length) {
      this.rise = rise;
      this.length = length;
    }

    double[] stream(long seed) {
      RandomStream random = new RandomStream(seed);
      double[] values = new double[BEFORE + AFTER];
      for (int i = 0; i < values.length; i++) {
        double part = Math.max(0, Math.min(1, (i - BEFORE + 1.0) / length));
        values[i] = random.nextDouble() < 0.2 + rise * part ? 1 : 0;
      }
      return values;
    }
  }

  /** Detectors, ours and theirs. */
  enum Detector {
    ADWIN_HERE(() -> new Adwin()::add),
    ADWIN_MOA(MoaAdwin::new),
    PAGE_HINKLEY_HERE(() -> new PageHinkley()::add),
    PAGE_HINKLEY_MOA(MoaPageHinkley::new);

    final Supplier<Finder> make;

    Detector(Supplier<Finder> make) {
      this.make = make;
    }
  }

  /** What a detector comes down to. */
  @FunctionalInterface
  interface Finder {
    boolean add(double value);
  }

  private static final class MoaAdwin implements Finder {
    private final ADWIN adwin = new ADWIN(0.002);

    @Override
    public boolean add(double value) {
      return adwin.setInput(value);
    }
  }

  private static final class MoaPageHinkley implements Finder {
    private final PageHinkleyDM test = new PageHinkleyDM();

    @Override
    public boolean add(double value) {
      test.input(value);
      return test.getChange();
    }
  }

  /**
   * What a detector did on all streams of a kind.
   *
   * @param found share of the streams where the drift was found
   * @param delay mean number of values until it was
   * @param falseAlarms before the drift, in 10,000 values
   */
  record Result(double found, double delay, double falseAlarms) {}

  private DriftTable() {}

  /** Where a detector says that something has changed. */
  static List<Integer> alarms(Finder detector, double[] values) {
    List<Integer> alarms = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (detector.add(values[i])) {
        alarms.add(i);
      }
    }
    return alarms;
  }

  static Result result(Detector detector, Drift drift) {
    double found = 0;
    double delay = 0;
    double early = 0;
    for (int seed = 0; seed < STREAMS; seed++) {
      List<Integer> alarms = alarms(detector.make.get(), drift.stream(seed));
      early += alarms.stream().filter(at -> at < BEFORE).count();
      int first = alarms.stream().filter(at -> at >= BEFORE).findFirst().orElse(-1);
      if (first >= 0) {
        found++;
        delay += first - BEFORE + 1;
      }
    }
    return new Result(found / STREAMS, delay / found, early * 10_000 / BEFORE / STREAMS);
  }

  /** Prints the table. */
  public static void main(String[] arguments) {
    System.out.println("| stream | detector | found | delay | false alarms in 10,000 |");
    System.out.println("| --- | --- | --- | --- | --- |");
    for (Drift drift : Drift.values()) {
      for (Detector detector : Detector.values()) {
        Result result = result(detector, drift);
        System.out.printf(
            Locale.ROOT,
            "| %s | %s | %.2f | %.0f | %.2f |%n",
            drift.name().toLowerCase(Locale.ROOT).replace('_', ' '),
            detector.name().toLowerCase(Locale.ROOT).replace('_', ' '),
            result.found(),
            result.delay(),
            result.falseAlarms());
      }
    }
  }
}
