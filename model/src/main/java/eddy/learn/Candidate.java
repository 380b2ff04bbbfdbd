package eddy.learn;

/**
 * One way to obtain gradients for a spec, and what it costs.
 *
 * @param kind what {@code eddy.learner} calls it
 * @param estimator its name, such as {@code block-rtrl(64)}
 * @param exact whether the gradient is that of full back-propagation through time
 * @param keyBytes bytes of state per key
 * @param eventMacs multiply-adds of all recurrences per event
 * @param fits whether it stays within the spec's budget
 */
public record Candidate(
    LearnerSpec.Estimator kind,
    String estimator,
    boolean exact,
    long keyBytes,
    long eventMacs,
    boolean fits) {}
