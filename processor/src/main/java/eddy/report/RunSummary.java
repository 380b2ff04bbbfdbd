package eddy.report;

import java.util.Objects;

/**
 * What is told of a run beside its scores.
 *
 * @param events accepted and rejected ones
 * @param rejected events that could not be read
 * @param unlabelled labels that fell due without a value; a prediction that still waits for its
 *     label at the end of the input counts neither here nor as scored
 * @param seconds from the first event read to the last one learned
 * @param bytesPerKey bytes of one key's encoded state
 * @param parameters learned weights of one scope
 * @param learner name and form of the gradient estimator
 */
public record RunSummary(
    long events,
    long rejected,
    long unlabelled,
    double seconds,
    long bytesPerKey,
    long parameters,
    String learner) {
  public RunSummary {
    Objects.requireNonNull(learner, "learner");
    if (rejected < 0 || events < rejected) {
      throw new IllegalArgumentException(
          "rejected events must be at most all events, but " + rejected + " of " + events + " are");
    }
  }

  /** Events a second; NaN where nothing was read. */
  public double eventsPerSecond() {
    return events == 0 ? Double.NaN : events / seconds;
  }
}
