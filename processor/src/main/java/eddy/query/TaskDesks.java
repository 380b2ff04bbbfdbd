package eddy.query;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The mailboxes of all tasks that learn in this process, by partition. For several threads. */
public final class TaskDesks {
  private final ConcurrentSkipListMap<Integer, Mailbox> open = new ConcurrentSkipListMap<>();
  private final long recentBytes;

  /**
   * No task yet.
   *
   * @param recentBytes heap for the newest events of keys, of all tasks together
   */
  public TaskDesks(long recentBytes) {
    this.recentBytes = recentBytes;
  }

  /** Opens the mailbox of a task. */
  public Mailbox open(int partition) {
    Mailbox mailbox = new Mailbox(partition);
    Mailbox before = open.put(partition, mailbox);
    if (before != null) {
      before.close();
    }
    return mailbox;
  }

  /** Closes the mailbox of a task that goes away: whoever waits for it is told at once. */
  public void close(Mailbox mailbox) {
    open.remove(mailbox.partition(), mailbox);
    mailbox.close();
  }

  /** The mailbox of the task of a partition, where it runs here. */
  public Optional<Mailbox> of(int partition) {
    return Optional.ofNullable(open.get(partition));
  }

  /** All mailboxes that are open, by partition. */
  public List<Mailbox> all() {
    return List.copyOf(open.values());
  }

  /** Heap that one task may take for the newest events of its keys. */
  public long recentBytesOfTask() {
    return recentBytes / Math.max(1, open.size());
  }
}
