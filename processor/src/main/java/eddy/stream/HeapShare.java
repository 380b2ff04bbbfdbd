package eddy.stream;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The heap for live objects, and how many of its bytes may wait for a commit, both shared in equal
 * parts by the tasks that run here.
 *
 * <p>Tasks come and go with rebalances. What a smaller part sends to the store is decoded again
 * when it is needed: it never changes what is learned.
 */
final class HeapShare {
  private final long bytes;
  private final long commitBytes;
  private final AtomicInteger tasks = new AtomicInteger();

  HeapShare(long bytes, long commitBytes) {
    this.bytes = bytes;
    this.commitBytes = commitBytes;
  }

  void join() {
    tasks.incrementAndGet();
  }

  void leave() {
    tasks.decrementAndGet();
  }

  /**
   * A part of what one task may hold.
   *
   * @param part in the whole, such as the size of an object among those that come together
   */
  long ofTask(long part, long whole) {
    return ofTask(bytes, part, whole);
  }

  /** A part of what one task may leave to its next commit. */
  long commitOfTask(long part, long whole) {
    return ofTask(commitBytes, part, whole);
  }

  private long ofTask(long shared, long part, long whole) {
    return (long) ((double) shared / Math.max(1, tasks.get()) * part / whole);
  }
}
