package eddy.benchmark.task;

import java.util.List;

/** A stream whose answer lies some way back, with figures of others on it. */
interface Task {
  /** Short name, for the command line. */
  String name();

  /** What is measured, with its unit. */
  String measure();

  /** Known figures, limits included. */
  String references();

  /** Events of a whole run. */
  int events();

  /** The configurations that run on it. */
  List<Trial> trials();

  /**
   * One configuration, and what it has to reach.
   *
   * @param configuration how it departs from the default
   * @param bar the bound of the mean over seeds, NaN where there is none
   * @param side on which side of the bar the measure has to be
   * @param run the measurement
   */
  record Trial(String configuration, double bar, Side side, Run run) {
    /** One that is shown for what it says of the others. */
    static Trial shown(String configuration, Run run) {
      return new Trial(configuration, Double.NaN, Side.ANY, run);
    }
  }

  /** Which values reach a bar. */
  enum Side {
    AT_MOST("<="),
    AT_LEAST(">="),
    ABOVE(">"),
    ANY("");

    final String sign;

    Side(String sign) {
      this.sign = sign;
    }

    boolean reached(double value, double bar) {
      return switch (this) {
        case AT_MOST -> value <= bar;
        case AT_LEAST -> value >= bar;
        case ABOVE -> value > bar;
        case ANY -> true;
      };
    }
  }

  /** One run over a seeded stream. */
  interface Run {
    /**
     * Learns from nothing in one pass.
     *
     * @param events how long the stream is
     * @return the measure over its tail
     */
    double measure(long seed, int events);
  }
}
