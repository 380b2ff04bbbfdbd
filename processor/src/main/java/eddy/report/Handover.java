package eddy.report;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * Hands lines over to a reader on a thread of its own, in their order, so that scoring and writing
 * does not hold up learning: what the reader makes of them is the same as without.
 *
 * <p>Some {@value #LINES} lines go at a time, and at most {@value #WAITING} times as many wait: who
 * is faster waits for the other. What the reader throws is thrown to the one who hands over, by
 * {@link #finish} at the latest. For one thread, which may look at what the reader has made once it
 * has finished.
 */
public final class Handover implements Consumer<ScoredLine>, AutoCloseable {
  private static final int LINES = 256;
  private static final int WAITING = 16;
  private static final List<ScoredLine> END = List.of();

  private final Consumer<ScoredLine> reader;
  private final BlockingQueue<List<ScoredLine>> waiting = new ArrayBlockingQueue<>(WAITING);
  private final Thread thread = new Thread(this::read, "eddy-lines");
  private List<ScoredLine> batch = new ArrayList<>(LINES);
  private volatile Throwable failure;
  private volatile boolean abandoned;

  private Handover(Consumer<ScoredLine> reader) {
    this.reader = reader;
  }

  /** Starts a thread that lets the reader have every line. */
  public static Handover to(Consumer<ScoredLine> reader) {
    Handover handover = new Handover(reader);
    handover.thread.setDaemon(true);
    handover.thread.start();
    return handover;
  }

  /**
   * Hands over a line; waits where too many wait already.
   *
   * @throws RuntimeException that the reader has thrown
   */
  @Override
  public void accept(ScoredLine line) {
    batch.add(line);
    if (batch.size() == LINES) {
      send(batch);
      batch = new ArrayList<>(LINES);
    }
  }

  private void send(List<ScoredLine> lines) {
    throwFailure();
    try {
      waiting.put(lines);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("interrupted while replaying"));
    }
  }

  private void throwFailure() {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private void read() {
    try {
      for (List<ScoredLine> lines = waiting.take(); lines != END; lines = waiting.take()) {
        read(lines);
      }
    } catch (InterruptedException e) {
      failure = new IllegalStateException("nobody interrupts the thread of the lines", e);
    }
  }

  /** After a failure goes on without reading, so that nobody waits for room. */
  private void read(List<ScoredLine> lines) {
    if (failure == null && !abandoned) {
      try {
        lines.forEach(reader);
      } catch (RuntimeException | Error e) {
        failure = e;
      }
    }
  }

  /**
   * Waits until every line has been read.
   *
   * @throws RuntimeException that the reader has thrown
   */
  public void finish() {
    send(batch);
    send(END);
    join();
    throwFailure();
  }

  /** Ends the thread; lines that it has not come to are lost unless it has finished. */
  @Override
  public void close() {
    abandoned = true;
    waiting.clear();
    waiting.add(END);
    join();
  }

  private void join() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true; // it ends soon
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
