package eddy.query;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Questions that wait for a task. Any thread asks; the task's thread answers between two records.
 * Bounded: whoever asks more than {@value #MOST} at once is told so.
 */
public final class Mailbox {
  /** Most questions that wait. */
  public static final int MOST = 64;

  private final int partition;
  private final Queue<Letter<?>> letters = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile boolean closed;

  private record Letter<A>(Question<A> question, CompletableFuture<A> reply) {
    void answer(TaskView task) {
      // nobody waits for it any longer
      if (reply.isDone()) {
        return;
      }
      try {
        reply.complete(question.answer(task));
      } catch (RuntimeException e) {
        // a fault in a question is for whoever asked; the task has nothing to do with it
        reply.completeExceptionally(e);
      }
    }
  }

  /** A mailbox of the task that learns from a partition of the input. */
  Mailbox(int partition) {
    this.partition = partition;
  }

  /** Partition of the input that the task learns from. */
  public int partition() {
    return partition;
  }

  /**
   * Asks.
   *
   * @return what the task says; {@link UnansweredException} where it is gone, or is asked too much
   */
  public <A> CompletableFuture<A> ask(Question<A> question) {
    CompletableFuture<A> reply = new CompletableFuture<>();
    if (waiting.incrementAndGet() > MOST) {
      waiting.decrementAndGet();
      reply.completeExceptionally(
          new UnansweredException(
              MOST + " questions wait for partition " + partition + "; ask again later"));
      return reply;
    }
    letters.add(new Letter<>(question, reply));
    if (closed) {
      refuseAll();
    }
    return reply;
  }

  /** Whether a question waits; a look at one variable. */
  public boolean hasMail() {
    return waiting.get() > 0;
  }

  /** Answers the question that waits longest. */
  public void answerOne(TaskView task) {
    Letter<?> letter = letters.poll();
    if (letter != null) {
      waiting.decrementAndGet();
      letter.answer(task);
    }
  }

  /** Answers all that wait. */
  public void answerAll(TaskView task) {
    for (int i = waiting.get(); i > 0; i--) {
      answerOne(task);
    }
  }

  /** Tells everybody that the task is gone. */
  void close() {
    closed = true;
    refuseAll();
  }

  private void refuseAll() {
    for (Letter<?> letter = letters.poll(); letter != null; letter = letters.poll()) {
      waiting.decrementAndGet();
      letter
          .reply()
          .completeExceptionally(
              new UnansweredException(
                  "partition " + partition + " has left this instance; ask again"));
    }
  }
}
