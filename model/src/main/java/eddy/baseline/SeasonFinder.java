package eddy.baseline;

/**
 * Finds a season by itself, by a race of all periods: the mean distance d(p) between values p
 * apart.
 *
 * <p>A season is a p whose d(p) lies 5 % below that of some shorter one, which tells it from a
 * series that only changes slowly. Among them wins the shortest within 6 % of the least d, so that
 * no multiple does, or one up to a tenth longer whose d is less. A period takes part once as many
 * pairs as it has values, and at least 50, have been seen: a single key's season is found when two
 * have passed. Older distances fade: they are halved every 8192 values.
 *
 * <p>Keys that share what they learn share the season. Looks back {@value #LONGEST} values of a
 * key; O({@value #LONGEST}) a value. The distance is that of the semivariogram's robust form
 * (Matheron 1963), whose valleys are the peaks of the autocorrelation.
 */
final class SeasonFinder implements Season {
  static final int LONGEST = 1024;
  static final int LONGEST_GIVEN = 100_000;

  private static final double VALLEY = 0.95;
  private static final double MULTIPLE = 0.06;
  private static final double NEIGHBOURS = 1.1;
  private static final int FEWEST_PAIRS = 50;
  private static final int SELECT_EVERY = 64;
  private static final int HALVE_EVERY = 8192;

  private final double[] sums = new double[LONGEST]; // that of p at LONGEST - p
  private final double[] reach = new double[LONGEST + 1]; // values with so many before them
  private final double[] mean = new double[LONGEST + 1];
  private long values;
  private int period;

  @Override
  public int period() {
    return period;
  }

  @Override
  public int lookback() {
    return LONGEST + 1;
  }

  @Override
  public void observe(Series series) {
    series.addDistances(sums);
    reach[(int) Math.min(series.count() - 1, LONGEST)]++;
    values++;
    if (values % SELECT_EVERY == 0) {
      period = select();
    }
    if (values % HALVE_EVERY == 0) {
      halve(sums);
      halve(reach);
    }
  }

  private static void halve(double[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] *= 0.5;
    }
  }

  private int select() {
    int longest = fillMeans();
    double best = best(longest);
    if (Double.isNaN(best)) {
      return 0;
    }
    double good = best + MULTIPLE * Math.max(best, greatest(longest) - best);
    double highest = mean[1];
    for (int p = 2; p <= longest; p++) {
      if (isValley(p, highest) && mean[p] <= good) {
        return least(p, Math.min(longest, (int) (NEIGHBOURS * p)));
      }
      highest = Math.max(highest, mean[p]);
    }
    return 0;
  }

  /** The mean distances, up to the longest period that takes part. */
  private int fillMeans() {
    double pairs = 0;
    int longest = 0;
    for (int p = LONGEST; p >= 1; p--) {
      pairs += reach[p];
      mean[p] = sums[LONGEST - p] / pairs;
      if (longest == 0 && pairs >= Math.max(FEWEST_PAIRS, p)) {
        longest = p;
      }
    }
    return longest;
  }

  private boolean isValley(int p, double highest) {
    return mean[p] <= VALLEY * highest;
  }

  /** Least mean distance in a valley; NaN where there is none. */
  private double best(int longest) {
    double best = Double.NaN;
    double highest = mean[1];
    for (int p = 2; p <= longest; p++) {
      if (isValley(p, highest) && !(mean[p] >= best)) {
        best = mean[p];
      }
      highest = Math.max(highest, mean[p]);
    }
    return best;
  }

  private double greatest(int longest) {
    double greatest = mean[1];
    for (int p = 2; p <= longest; p++) {
      greatest = Math.max(greatest, mean[p]);
    }
    return greatest;
  }

  private int least(int from, int to) {
    int least = from;
    for (int p = from + 1; p <= to; p++) {
      least = mean[p] < mean[least] ? p : least;
    }
    return least;
  }
}
