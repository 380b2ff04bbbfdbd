package eddy.metric;

import java.util.function.Supplier;

/** How far back a score looks. */
public enum Memory {
  /** Everything. */
  CUMULATIVE(RunningMean::cumulative),

  /** The newest {@value #NEWEST}. */
  WINDOW(() -> RunningMean.windowed(Memory.NEWEST)),

  /** Everything, each row weighing {@value #FACTOR} times as much as the one after it. */
  FADING(() -> RunningMean.fading(Memory.FACTOR));

  /** Rows of a window. */
  public static final int NEWEST = 1000;

  /** By which a row's weight falls with every row after it. */
  public static final double FACTOR = 0.999;

  private final Supplier<RunningMean> means;

  Memory(Supplier<RunningMean> means) {
    this.means = means;
  }

  /** Makes means that look so far back. */
  public Supplier<RunningMean> means() {
    return means;
  }
}
