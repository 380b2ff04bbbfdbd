package eddy.query;

import java.util.List;
import java.util.Optional;

/** What a task tells of itself, by its own thread. Every answer is a copy. */
public interface TaskView {
  /** What it has learned and scored so far. */
  TaskSummary summary();

  /**
   * Keys that it knows, in the order of their bytes.
   *
   * @param prefix that they begin with, in UTF-8
   */
  List<String> keys(String prefix, int limit);

  /** Whether it knows a key. */
  boolean knows(byte[] key);

  /** What it knows of a key; empty where it does not know the key. */
  Optional<KeyReport> key(byte[] key);

  /** All that decides what it would say of the next event of a key. */
  TaskCopy copy(byte[] key);
}
