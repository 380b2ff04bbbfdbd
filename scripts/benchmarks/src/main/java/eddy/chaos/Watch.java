package eddy.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/** Looks at feeder, answers and apps while time goes by. For one thread. */
final class Watch {
  static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Exit code of a JVM that SIGTERM meets while it is still starting. */
  private static final int TERMINATED = 143;

  private final Feeder feeder;
  private final Answers answers;
  private final Fleet fleet;

  Watch(Feeder feeder, Answers answers, Fleet fleet) {
    this.feeder = feeder;
    this.answers = answers;
    this.fleet = fleet;
  }

  private void tick() throws IOException {
    feeder.check();
    answers.poll();
    fleet.supervise();
  }

  /** Watches for so long. */
  void rest(long millis) throws IOException {
    long until = System.nanoTime() + Duration.ofMillis(millis).toNanos();
    while (System.nanoTime() < until) {
      tick();
    }
  }

  /**
   * Watches until something is reached.
   *
   * @throws IOException after {@link #PATIENCE} without it, with the ends of the apps' logs
   */
  void until(String what, BooleanSupplier reached) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!reached.getAsBoolean()) {
      tick();
      if (System.nanoTime() > deadline) {
        StringBuilder logs = new StringBuilder();
        for (int app = 0; app < fleet.size(); app++) {
          logs.append("\n\n")
              .append(Fleet.name(app))
              .append(":\n")
              .append(fleet.get(app).endOfLog());
        }
        throw new IOException("waited " + PATIENCE.toMinutes() + " minutes for " + what + logs);
      }
    }
  }

  /** Does what takes long in another thread, while everything is watched as ever. */
  void meanwhile(Callable<Void> task) throws IOException {
    CompletableFuture<Void> done =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return task.call();
              } catch (Exception e) {
                throw new CompletionException(e);
              }
            });
    until("the cluster", done::isDone);
    done.join();
  }

  /** Asks an app to end, as orders to stop come: it may be starting, or have just ended. */
  void stop(int app) throws IOException, InterruptedException {
    fleet.askToStop(app);
    until("the end of " + Fleet.name(app), () -> !fleet.isRunning(app));
    int code = fleet.get(app).exitCode();
    if (code != 0 && code != TERMINATED) {
      fleet.noteEnd(app);
    }
  }
}
