package eddy.gradient;

import eddy.cell.CellWeights;

/**
 * How the derivative of a loss with respect to the weights of a recurrence is obtained while events
 * arrive.
 *
 * <p>Let s be the current state and w the weights. An estimator advances the state and whatever it
 * needs to know of ds/dw; asked for a gradient, it multiplies an adjoint of s with ds/dw. It holds
 * scratch, so one per thread; what a key keeps is in {@link RecurrentState}. Weights move while
 * sensitivities are carried, so online the carried part is slightly stale, as in all RTRL.
 */
public interface GradientEstimator {
  /**
   * What an estimator costs.
   *
   * @param traceLength floats that a key keeps
   * @param macsPerEvent multiply-adds of one advance and one gradient, on average
   */
  record Cost(long traceLength, long macsPerEvent) {}

  /** Name for logs and records, such as {@code block-rtrl(1)}. */
  String name();

  /** Whether the gradient is that of full back-propagation through time, weights held fixed. */
  boolean exact();

  /** Name of what stands in for it after it has dropped what a key carried. */
  default String fallbackName() {
    return name();
  }

  /** Whether it has dropped what the key carried, and does not carry it again yet. */
  default boolean fallenBack(RecurrentState recurrent) {
    return false;
  }

  /** How often it has dropped what a key carried, of all keys. */
  default long drops() {
    return 0;
  }

  /** Floats that a key keeps in {@link RecurrentState#trace}. */
  int traceLength();

  /** How a trace is stored; the estimator tells the {@link RecurrentState} which parts change. */
  default TraceParts parts() {
    return TraceParts.WHOLE;
  }

  /** Multiply-adds of one advance and one gradient, on average. */
  long macsPerEvent();

  /**
   * Makes one step of the recurrence.
   *
   * @param x input [I]
   * @param dt time since the step before
   * @param recurrent modified: state, trace and step count
   */
  void advance(CellWeights weights, float[] x, float dt, RecurrentState recurrent);

  /**
   * Adds stateAdjoint * ds/dw. Modifies only gradient.
   *
   * @param stateAdjoint derivative of the loss by the current state [planes][units]
   * @param gradient derivative by the weights [P], in the layout of {@link CellWeights}
   */
  void addGradient(
      CellWeights weights, RecurrentState recurrent, float[] stateAdjoint, float[] gradient);
}
