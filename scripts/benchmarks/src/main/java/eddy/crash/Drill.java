package eddy.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;

/** One run of an app over a stream of events, disturbed or not. */
final class Drill implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final int BATCH = 64;

  private static final int FEW = BATCH / 4;

  /** Events that are kept back for what comes after the kills. */
  private static final int AFTER_KILLS = 3 * BATCH;

  /** Events that may wait, so that the app is busy when it is hit, and has work when it is back. */
  private static final int AHEAD = 640;

  private static final int LONGEST_COMMIT_MS = 400;

  private final Row row;
  private final int events;
  private final SplittableRandom chance;
  private final Path directory;
  private final Cluster cluster;
  private final EventStream stream;
  private final Predictions predictions;
  private final List<Instance> instances = new ArrayList<>();
  private int kills;
  private double slowestRecovery;

  /**
   * What a disturbed run has come to.
   *
   * @param kills how often something was killed
   * @param recovery seconds from a kill until every partition had a new prediction, the longest
   * @param predictions committed
   * @param difference what differs from the undisturbed run, or from the ledger's replay
   */
  record Result(int kills, double recovery, long predictions, Optional<String> difference) {}

  /**
   * Starts brokers.
   *
   * @param seed of the events, and of the moments of the kills
   * @param directory for everything
   */
  Drill(Row row, int events, long seed, Path directory)
      throws InterruptedException, ExecutionException {
    this.row = row;
    this.events = events;
    this.directory = directory;
    chance = new SplittableRandom(seed);
    int nodes = row.scenario() == Scenario.BROKER ? 3 : 1;
    cluster = Cluster.start(nodes, directory, row.topics());
    stream = new EventStream(cluster.bootstrapServers(), row.usesLedger(), seed, events);
    predictions = new Predictions(cluster.bootstrapServers());
  }

  /** Runs one instance that nothing happens to. */
  Remains calm() throws IOException, InterruptedException {
    launch();
    finish();
    return Remains.read(cluster.bootstrapServers());
  }

  /**
   * Runs the row's scenario.
   *
   * @param undisturbed to compare with; null where the ledger's replay is compared with
   */
  Result disturbed(Remains undisturbed)
      throws IOException, InterruptedException, ExecutionException {
    launch();
    switch (row.scenario()) {
      case ONE -> twice(first -> recover(instances.get(0), false));
      case STATE -> twice(first -> recover(instances.get(0), true));
      case REBALANCE -> rebalance();
      case STANDBY -> standby();
      case BROKER -> twice(this::loseBroker);
    }
    finish();
    Optional<String> difference =
        undisturbed == null
            ? LedgerReplay.difference(
                row.config(cluster.bootstrapServers()), cluster.bootstrapServers(), events)
            : Remains.read(cluster.bootstrapServers()).differenceFrom(undisturbed);
    return new Result(kills, slowestRecovery, predictions.count(), difference);
  }

  /** What happens once, and then once more. */
  private interface Blow {
    void strike(boolean first) throws IOException, InterruptedException, ExecutionException;
  }

  private void twice(Blow blow) throws IOException, InterruptedException, ExecutionException {
    reach(0.25);
    blow.strike(true);
    reach(0.6);
    blow.strike(false);
  }

  private void recover(Instance instance, boolean withoutState)
      throws IOException, InterruptedException {
    long start = kill(instance);
    if (withoutState) {
      instance.deleteState();
    }
    instance.start();
    awaitRecovery(start);
  }

  private void rebalance() throws IOException, InterruptedException {
    reach(0.15);
    launch();
    reach(0.4);
    awaitRecovery(kill(instances.get(0)));
    instances.get(0).start();
    reach(0.7);
    awaitRecovery(kill(instances.get(1)));
  }

  private void standby() throws IOException, InterruptedException {
    launch();
    reach(0.4);
    awaitRecovery(kill(instances.get(0)));
    instances.get(0).start();
    reach(0.75);
    awaitRecovery(kill(instances.get(1)));
  }

  private void loseBroker(boolean first)
      throws IOException, InterruptedException, ExecutionException {
    int broker = cluster.leader(chance.nextInt(Cluster.PARTITIONS));
    pause();
    kills++;
    long start = System.nanoTime();
    cluster.kill(broker);
    awaitRecovery(start);
    cluster.restart(broker);
  }

  private void launch() throws IOException {
    Map<String, String> settings = new HashMap<>(row.settings(cluster.bootstrapServers()));
    if (row.scenario() == Scenario.ONE || row.scenario() == Scenario.STATE) {
      // a static member that comes back under its name need not wait for the session to end
      settings.put("group.instance.id", "instance-" + instances.size());
    }
    Instance instance = new Instance(directory.resolve("instance-" + instances.size()), settings);
    instances.add(instance);
    instance.start();
  }

  private long kill(Instance instance) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!predictions.isTransactionOpen()) {
      // a few more, so that there is a transaction to be torn
      if (predictions.count() >= stream.fed() && stream.fed() < events - AFTER_KILLS) {
        stream.feed(stream.fed() + FEW);
      }
      step(deadline);
    }
    pause();
    kills++;
    long start = System.nanoTime();
    instance.kill();
    return start;
  }

  /** Any moment between two commits is as good as another. */
  private void pause() throws InterruptedException {
    Thread.sleep(chance.nextInt(LONGEST_COMMIT_MS));
  }

  /** Feeds batch by batch, never far ahead of the app, until this share is committed. */
  private void reach(double share) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (predictions.count() < share * events) {
      feedAhead();
      step(deadline);
    }
  }

  private void feedAhead() {
    // not to the end: something must be left to be done after the last kill
    if (stream.fed() < Math.min(events - 2 * AFTER_KILLS, predictions.count() + AHEAD)) {
      stream.feed(stream.fed() + BATCH);
    }
  }

  private void step(long deadline) throws IOException {
    predictions.poll();
    boolean running = instances.stream().anyMatch(Instance::isRunning);
    if (!running || System.nanoTime() > deadline) {
      throw new IOException(
          (running ? "no progress for " + PATIENCE.toSeconds() + " s" : "the app has ended")
              + " at "
              + predictions.count()
              + " of "
              + events
              + " predictions:\n"
              + instances.get(0).endOfLog());
    }
  }

  private void awaitRecovery(long start) throws IOException {
    long[] before = predictions.counts();
    // of every key some, so that every partition has work
    stream.feed(stream.fed() + BATCH);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!grown(before, predictions.counts())) {
      step(deadline);
    }
    slowestRecovery = Math.max(slowestRecovery, (System.nanoTime() - start) / 1e9);
  }

  private static boolean grown(long[] before, long[] now) {
    for (int partition = 0; partition < before.length; partition++) {
      if (now[partition] == before[partition]) {
        return false;
      }
    }
    return true;
  }

  private void finish() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (stream.fed() < events) {
      stream.feed(events);
    }
    while (predictions.count() < events) {
      step(deadline);
    }
    for (Instance instance : instances) {
      if (instance.isRunning()) {
        instance.stop();
      }
    }
  }

  @Override
  public void close() {
    instances.forEach(Instance::close);
    predictions.close();
    stream.close();
    cluster.close();
  }
}
