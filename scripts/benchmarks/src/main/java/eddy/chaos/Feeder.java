package eddy.chaos;

import eddy.crash.EventStream;

/** Sends events at a steady rate from a thread of its own, through all faults of brokers. */
final class Feeder implements AutoCloseable {
  private static final long STEP_MILLIS = 50;

  private final EventStream stream;
  private final int rate;
  private final Thread thread = new Thread(this::run, "feeder");
  private volatile boolean ending;
  private volatile RuntimeException failure;

  Feeder(EventStream stream, int rate) {
    this.stream = stream;
    this.rate = rate;
    thread.start();
  }

  private void run() {
    long start = System.nanoTime();
    try {
      while (!ending) {
        stream.feed((int) ((System.nanoTime() - start) / 1_000_000_000.0 * rate));
        Thread.sleep(STEP_MILLIS);
      }
      stream.endHere();
    } catch (RuntimeException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Throws what the feeder has met. */
  void check() {
    if (failure != null) {
      throw failure;
    }
  }

  /** Sends no more events, and what labels are missing. */
  void end() throws InterruptedException {
    ending = true;
    thread.join();
    check();
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
