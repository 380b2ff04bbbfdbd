package eddy.task;

/** What a task holds as live objects, at any time. */
public interface LiveState {
  /** Keys whose state is a live object. */
  int keys();

  /** Heap of these. */
  long bytes();
}
