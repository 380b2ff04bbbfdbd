package eddy.task;

import eddy.feature.TargetSpec;
import eddy.learn.Outcome;
import eddy.query.TargetScore.Losses;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Losses of a target's newest labels, of what was published and of persistence: absolute errors, or
 * 1 for a wrong class. Observes only. Written by the task's thread at the cost of two stores a
 * label, and summed up by whoever asks, on any thread.
 */
public final class TargetLosses {
  private static final int WINDOW = 1000;

  private final TargetSpec target;
  private final AtomicLongArray newest = new AtomicLongArray(2 * WINDOW); // bits of doubles
  private final AtomicLong labels = new AtomicLong();

  TargetLosses(TargetSpec target) {
    this.target = target;
  }

  /** Takes a label, unless persistence had said nothing. */
  void take(double published, double persistence, double label) {
    double eddy = loss(target, published, label);
    double other = loss(target, persistence, label);
    if (Double.isNaN(eddy) || Double.isNaN(other)) {
      return;
    }
    long count = labels.getPlain();
    int place = 2 * (int) (count % WINDOW);
    newest.lazySet(place, Double.doubleToRawLongBits(eddy));
    newest.lazySet(place + 1, Double.doubleToRawLongBits(other));
    labels.lazySet(count + 1);
  }

  /** Takes what a settlement says of a target. */
  void take(Outcome.Settlement settlement, int t) {
    if (settlement.settled[t]) {
      Outcome.Prediction said = settlement.prediction[t];
      take(said.value, said.baseline, settlement.label[t]);
    }
  }

  static double loss(TargetSpec target, double said, double label) {
    if (target.category()) {
      return said == label ? 0 : 1;
    }
    return Math.abs(said - label);
  }

  /** Name of the target. */
  public String name() {
    return target.name();
  }

  /** Labels so far. */
  public long labels() {
    return labels.get();
  }

  /** Sums over the newest labels; while the task goes on one label may be counted for another. */
  public Losses window() {
    int held = (int) Math.min(labels.get(), WINDOW);
    double eddy = 0;
    double persistence = 0;
    for (int i = 0; i < held; i++) {
      eddy += Double.longBitsToDouble(newest.get(2 * i));
      persistence += Double.longBitsToDouble(newest.get(2 * i + 1));
    }
    return new Losses(held, eddy, persistence);
  }
}
