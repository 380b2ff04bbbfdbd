package eddy.stream;

/**
 * How far the stores that are being restored have come.
 *
 * @param partitions of changelogs that are under way
 * @param records that were read
 * @param total to be read, at most: marks of transactions count here, and are no records
 */
public record RestoreProgress(int partitions, long records, long total) {
  /** Whether nothing is under way. */
  public boolean isDone() {
    return partitions == 0;
  }
}
