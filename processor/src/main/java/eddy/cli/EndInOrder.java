package eddy.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/**
 * Lets a command close what it holds when the JVM is told to end by SIGTERM or Ctrl-C: its thread
 * is interrupted, and the JVM ends with exit code 0 once the command has closed this, with 1 when
 * that takes too long.
 */
final class EndInOrder implements AutoCloseable {
  /** Longer than what the command closes may take. */
  private static final int SECONDS = 45;

  private final Thread command = Thread.currentThread();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupt, "eddy-end");

  private EndInOrder() {}

  /** Watches over the calling thread until it is closed. */
  static EndInOrder ofThisThread() {
    EndInOrder end = new EndInOrder();
    Runtime.getRuntime().addShutdownHook(end.hook);
    return end;
  }

  private void interrupt() {
    command.interrupt();
    boolean inOrder = false;
    try {
      inOrder = closed.await(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      // nobody knows this thread; if it happens, the end was not in order
    }
    // a JVM that ends by a signal has its exit code from the signal, unless it is halted
    Runtime.getRuntime().halt(inOrder ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE);
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the JVM is ending already, and the hook was waiting for this
    }
  }
}
