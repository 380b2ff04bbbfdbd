package eddy.query;

import java.util.List;

/**
 * Losses of a target: absolute errors of a number, or 1 for a wrong class; of the labels for which
 * persistence said something too.
 *
 * @param labels so many
 * @param eddy sum of the losses of what was published
 * @param persistence sum of those of the last value or class
 * @param model sum of those of what the network said
 * @param window the newest labels
 * @param curve from the first label to the last
 */
public record TargetScore(
    long labels, double eddy, double persistence, double model, Losses window, List<Losses> curve) {
  public TargetScore {
    curve = List.copyOf(curve);
  }

  /** Sums of losses of so many labels. */
  public record Losses(long labels, double eddy, double persistence) {}
}
