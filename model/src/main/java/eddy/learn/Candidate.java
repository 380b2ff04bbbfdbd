package eddy.learn;

/**
 * One way to obtain gradients for a spec, and what it costs.
 *
 * @param kind what {@code eddy.learner} calls it
 * @param estimator its name, such as {@code block-rtrl(64)}
 * @param exact whether the gradient is that of full back-propagation through time
 * @param keyBytes bytes of state per key, with all origins that may wait
 * @param eventMacs multiply-adds of all recurrences per event
 * @param waiting how origins wait for labels that come after no fixed count of events
 * @param fits whether it stays within the spec's budget
 */
public record Candidate(
    LearnerSpec.Estimator kind,
    String estimator,
    boolean exact,
    long keyBytes,
    long eventMacs,
    WaitingPlan waiting,
    boolean fits) {}
