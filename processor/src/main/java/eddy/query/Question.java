package eddy.query;

/**
 * What somebody wants to know of a task. Asked by the task's own thread between two records, so it
 * must be quick, and its answer must be immutable.
 *
 * @param <A> the answer
 */
@FunctionalInterface
public interface Question<A> {
  /** What the task says. */
  A answer(TaskView task);
}
