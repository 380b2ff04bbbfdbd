package eddy.report;

import java.util.Objects;
import java.util.Optional;

/**
 * What is told of a run beside its scores.
 *
 * @param events accepted and rejected ones
 * @param rejected events that could not be read
 * @param predictions event-target pairs that were predicted; each is scored when its label settles
 * @param unlabelled labels that fell due without a value; a prediction that still waits for its
 *     label at the end of the input counts neither here nor as scored
 * @param seconds from the first event read to the last one learned
 * @param bytesPerKey bytes of one key's encoded state
 * @param parameters learned weights of one scope
 * @param learner name and form of the gradient estimator
 * @param cost what the run has taken; empty where that was not measured
 */
public record RunSummary(
    long events,
    long rejected,
    long predictions,
    long unlabelled,
    double seconds,
    long bytesPerKey,
    long parameters,
    String learner,
    Optional<RunCost> cost) {
  public RunSummary {
    Objects.requireNonNull(learner, "learner");
    Objects.requireNonNull(cost, "cost");
    if (rejected < 0 || events < rejected) {
      throw new IllegalArgumentException(
          "rejected events must be at most all events, but " + rejected + " of " + events + " are");
    }
  }

  /**
   * Share of predictions that met their label, from 0 to 1; NaN where there are none. One that
   * still waits at the end of the input has not.
   */
  public double labelCoverage(long scored) {
    return (double) scored / predictions;
  }

  /** Events a second; NaN where nothing was read. */
  public double eventsPerSecond() {
    return events == 0 ? Double.NaN : events / seconds;
  }
}
