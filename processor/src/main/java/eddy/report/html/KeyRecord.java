package eddy.report.html;

/** What a report knows of one key: its losses by target, and while they are kept its traces. */
final class KeyRecord {
  /** Added to both losses, so that a key without any has a finite ratio. */
  private static final double PRIOR = 1e-12;

  final String key;
  final long[] rows;
  final double[] loss;
  final double[] baselineLoss;
  Trace[] traces;
  long labels;

  KeyRecord(String key, int targets) {
    this.key = key;
    rows = new long[targets];
    loss = new double[targets];
    baselineLoss = new double[targets];
  }

  /** Share of the baseline's loss that is avoided for a target. */
  double skill(int target) {
    return 1 - (loss[target] + PRIOR) / (baselineLoss[target] + PRIOR);
  }

  /** Mean of the skills of all targets that have labels. */
  double skill() {
    double sum = 0;
    int scored = 0;
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] > 0) {
        sum += Math.max(-1, skill(i));
        scored++;
      }
    }
    return scored == 0 ? 0 : sum / scored;
  }
}
