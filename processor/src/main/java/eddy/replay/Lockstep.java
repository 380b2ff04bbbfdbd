package eddy.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;

/**
 * Several replays of the same events, each in a thread of its own, none more than {@value #ROUND}
 * events ahead of another: what they settle can be paired while they run.
 */
public final class Lockstep {
  /** Events between two meetings. */
  static final int ROUND = 1024;

  private final Phaser meeting;

  /** One of the replays. */
  @FunctionalInterface
  public interface Lane<T> {
    /**
     * Replays.
     *
     * @param step must be told of every event
     */
    T run(Replay.Progress step) throws IOException;
  }

  /**
   * A lockstep without replays.
   *
   * @param between runs whenever all replays have come to the same event, and at the end; none of
   *     them runs meanwhile
   */
  public Lockstep(Runnable between) {
    meeting =
        new Phaser() {
          @Override
          protected boolean onAdvance(int phase, int parties) {
            between.run();
            return parties == 0;
          }
        };
  }

  /**
   * Runs all of them to their end.
   *
   * @return what each gave, in their order
   * @throws IOException of the first that failed; the others end at their next meeting
   */
  public <T> List<T> run(List<? extends Lane<T>> replays) throws IOException {
    meeting.bulkRegister(replays.size());
    ExecutorService threads = Executors.newFixedThreadPool(replays.size());
    try {
      List<Future<T>> running = new ArrayList<>();
      for (Lane<T> lane : replays) {
        running.add(threads.submit(() -> run(lane)));
      }
      return results(running);
    } finally {
      threads.shutdownNow();
    }
  }

  private <T> T run(Lane<T> lane) throws IOException {
    boolean done = false;
    try {
      T result =
          lane.run(
              (events, fraction) -> {
                if (events % ROUND == 0 && meeting.arriveAndAwaitAdvance() < 0) {
                  throw new CancellationException("another replay has failed");
                }
              });
      done = true;
      return result;
    } finally {
      if (done) {
        meeting.arriveAndDeregister();
      } else {
        meeting.forceTermination();
      }
    }
  }

  private static <T> List<T> results(List<Future<T>> running) throws IOException {
    List<T> results = new ArrayList<>();
    Throwable failure = null;
    for (Future<T> each : running) {
      try {
        results.add(each.get());
      } catch (ExecutionException e) {
        // those that only ended because of another do not tell why
        if (failure == null || failure instanceof CancellationException) {
          failure = e.getCause();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while replaying", e);
      }
    }
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    return results;
  }
}
