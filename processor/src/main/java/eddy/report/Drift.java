package eddy.report;

/**
 * A drift that was found where a label came.
 *
 * @param target number of the target whose losses have risen
 * @param time stream time, in milliseconds since 1970-01-01T00:00Z
 * @param before mean loss before
 * @param after mean loss of the newest labels
 */
public record Drift(int target, long time, double before, double after) {}
