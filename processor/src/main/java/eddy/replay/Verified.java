package eddy.replay;

import java.util.List;
import java.util.Optional;

/**
 * What comparing a topic of predictions with its input has shown.
 *
 * @param predictions compared and found equal, up to the difference
 * @param difference the first one, empty where there is none
 * @param behind partitions whose last events have no prediction yet
 * @param deleted predictions that the output topic no longer holds, and could not be compared
 */
public record Verified(
    long predictions, Optional<Difference> difference, List<Behind> behind, long deleted) {
  public Verified {
    behind = List.copyOf(behind);
  }

  /**
   * An input partition that the app has not come to the end of.
   *
   * @param partition of the input, such as storms-0
   * @param offset of the first record without a prediction
   * @param end offset after the last record
   */
  public record Behind(String partition, long offset, long end) {}
}
