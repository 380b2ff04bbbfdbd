package eddy.chaos;

import eddy.audit.Auditor;
import eddy.audit.Findings;
import eddy.config.EddyConfig;
import eddy.crash.Cluster;
import eddy.crash.EventStream;
import eddy.crash.Instance;
import eddy.crash.Labels;
import eddy.crash.LedgerReplay;
import eddy.crash.Row;
import eddy.crash.Scenario;
import eddy.crash.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** An app that learns for some minutes while one fault follows the other. */
final class Campaign implements AutoCloseable {
  private static final int BROKERS = 3;
  private static final int BROKEN_EVERY = 97;

  /** Exit code of a JVM that SIGTERM meets while it is still starting. */
  private static final int TERMINATED = 143;

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String APPLICATION = "chaos";
  private static final String CALM = "calm";
  private static final String CALM_PREDICTIONS = "calm.predictions";
  private static final String CALM_REJECTED = "calm.rejected";
  private static final String CONTROL = "control";

  private final Row row;
  private final Plan plan;
  private final Path directory;
  private final Consumer<String> say;
  private final Schedule schedule;
  private final SplittableRandom moments;
  private final Cluster cluster;
  private final EventStream stream;
  private final Answers answers;
  private final Fleet fleet = new Fleet();
  private final SlowReader reader;
  private final KafkaProducer<byte[], byte[]> control;
  private final List<Incident> incidents = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();
  private Disk disk;
  private Feeder feeder;
  private long start;
  private int commands;
  private boolean upgraded;

  /**
   * What is asked for.
   *
   * @param seconds of faults
   * @param rate events a second
   * @param apps instances
   * @param faults kinds
   * @param previous class path of another build, which apps start with; null without
   */
  record Plan(int seconds, int rate, int apps, long seed, List<Fault> faults, String previous) {}

  /**
   * What came of it.
   *
   * @param answers of every input
   * @param equality why predictions or weights are not those of an undisturbed run, or of the
   *     ledger's replay; empty where they are
   * @param compared what they were compared with
   */
  record Outcome(
      boolean ledger,
      List<Incident> incidents,
      List<String> ends,
      List<String> skipped,
      Findings answers,
      Optional<String> equality,
      String compared) {
    boolean clean() {
      return answers.clean() && equality.isEmpty();
    }
  }

  /** Starts brokers. */
  Campaign(boolean ledger, Plan plan, Path directory, Consumer<String> say)
      throws InterruptedException, ExecutionException {
    this.plan = plan;
    this.directory = directory;
    this.say = say;
    row = new Row(Scenario.BROKER, Weights.PARTITION, ledger ? Labels.TOPIC : Labels.AHEAD);
    schedule = new Schedule(plan.faults(), plan.seed());
    moments = new SplittableRandom(plan.seed() + 1);
    List<String> topics = new ArrayList<>(row.topics());
    topics.addAll(List.of(CALM_PREDICTIONS, CALM_REJECTED, CONTROL));
    cluster = Cluster.start(BROKERS, directory, topics);
    String servers = cluster.bootstrapServers();
    // more than there is time for, since feeding goes on while the last fault is got over
    int most = plan.rate() * (plan.seconds() + 1200);
    stream = new EventStream(servers, ledger, plan.seed(), most).brokenEvery(BROKEN_EVERY);
    answers = new Answers(servers, stream, Row.PREDICTIONS, Row.REJECTED);
    reader = new SlowReader(servers, Row.PREDICTIONS);
    control =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  private Map<String, String> settings(String application) {
    Map<String, String> settings = new LinkedHashMap<>(row.settings(cluster.bootstrapServers()));
    settings.put("application.id", application);
    // a busy machine must neither commit all the time nor look like a dead app
    settings.put("commit.interval.ms", "1000");
    settings.put("session.timeout.ms", "8000");
    settings.put("heartbeat.interval.ms", "1000");
    settings.put("producer.transaction.timeout.ms", "10000");
    if (row.usesLedger()) {
      settings.put("eddy.control.topic", CONTROL);
    }
    if (application.equals(CALM)) {
      settings.put("commit.interval.ms", "2000");
      settings.put("eddy.output.topic", CALM_PREDICTIONS);
      settings.put("eddy.dead.letter.topic", CALM_REJECTED);
    }
    return settings;
  }

  /** Lets the faults come, then judges what is left. */
  Outcome run() throws IOException, InterruptedException, ExecutionException {
    for (int app = 0; app < plan.apps(); app++) {
      Instance instance = fleet.add(directory.resolve("app-" + (app + 1)), settings(APPLICATION));
      // a life is too short for more
      instance.flags("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
      if (plan.previous() != null) {
        instance.classPath(plan.previous());
      }
    }
    if (plan.faults().contains(Fault.FULL_DISK)) {
      disk = Disk.mount(fleet.get(0).state());
      if (disk == null) {
        skip("FULL DISK IS SKIPPED: mount is not permitted here; run as root");
      }
    }
    for (int app = 0; app < plan.apps(); app++) {
      fleet.start(app);
    }
    feeder = new Feeder(stream, plan.rate());
    // its first answers: from here on it is a running app that is hit
    until("the first answers", () -> answers.count() > plan.rate());
    long[] begun = answers.ends();
    until("the first answers", () -> answers.reached(begun));
    start = System.nanoTime();
    while (seconds() < plan.seconds()) {
      rest(1000 + moments.nextInt(4000));
      if (row.usesLedger()) {
        command();
      }
      answers.takeLongestWait();
      strike(schedule.next(), schedule.chance());
    }
    say.accept("the last events");
    feeder.end();
    until("all answers", answers::complete);
    for (int app = 0; app < fleet.size(); app++) {
      stop(app);
    }
    return judge();
  }

  private double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  private void skip(String what) {
    skipped.add(what);
    say.accept("*** " + what + " ***");
  }

  private void strike(Fault fault, SplittableRandom chance)
      throws IOException, InterruptedException, ExecutionException {
    if (fault == Fault.FULL_DISK && disk == null) {
      return;
    }
    double at = seconds();
    int ends = fleet.ends().size();
    long blow = System.nanoTime();
    String what = blow(fault, chance);
    double held = (System.nanoTime() - blow) / 1e9;
    long[] healed = answers.ends();
    until("recovery from " + fault, () -> answers.reached(healed));
    Incident incident =
        new Incident(fault, at, what, held, answers.takeLongestWait(), fleet.ends().size() - ends);
    incidents.add(incident);
    say.accept(ChaosReport.line(incident));
    for (String end : fleet.ends().subList(ends, fleet.ends().size())) {
      say.accept("    " + end);
    }
  }

  /** Strikes, holds, and puts right; tells what was hit. */
  private String blow(Fault fault, SplittableRandom chance)
      throws IOException, InterruptedException, ExecutionException {
    int app = chance.nextInt(fleet.size());
    switch (fault) {
      case KILL_APP -> {
        rest(chance.nextInt(1000));
        fleet.kill(app);
        rest(chance.nextInt(3000));
        fleet.start(app);
        return name(app);
      }
      case FREEZE_APP -> {
        int millis = 5000 + chance.nextInt(25_000);
        fleet.get(app).freeze();
        rest(millis);
        fleet.get(app).thaw();
        return String.format(Locale.ROOT, "%s for %.0f s", name(app), millis / 1000.0);
      }
      case ROLLING_RESTART -> {
        for (int i = 0; i < fleet.size(); i++) {
          stop(i);
          fleet.start(i);
          rest(2000 + chance.nextInt(3000));
        }
        return "all " + fleet.size();
      }
      case REBALANCE -> {
        int times = 2 + chance.nextInt(3);
        for (int i = 0; i < times; i++) {
          stop(app);
          rest(chance.nextInt(1500));
          fleet.start(app);
          rest(3000 + chance.nextInt(2000));
        }
        return name(app) + " " + times + " times";
      }
      case KILL_BROKER -> {
        int broker = cluster.leader(chance.nextInt(Cluster.PARTITIONS));
        cluster.kill(broker);
        rest(1000 + chance.nextInt(8000));
        meanwhile(
            () -> {
              cluster.restart(broker);
              return null;
            });
        return "broker " + (broker + 1);
      }
      case MOVE_LEADERS -> {
        int by = 1 + chance.nextInt(BROKERS - 1);
        meanwhile(
            () -> {
              cluster.moveLeaders(by);
              return null;
            });
        return "by " + by;
      }
      case DELETE_STATE -> {
        fleet.kill(app);
        fleet.get(app).deleteState();
        fleet.start(app);
        return name(app);
      }
      case CORRUPT_STATE -> {
        return corrupt(app, chance);
      }
      case FULL_DISK -> {
        return fillDisk(chance);
      }
      case STALL_READER -> {
        reader.stall(true);
        rest(3000 + chance.nextInt(7000));
        reader.stall(false);
        return "";
      }
      case UPGRADE -> {
        return upgrade(chance);
      }
    }
    throw new IllegalStateException("no such fault: " + fault);
  }

  private static String name(int app) {
    return "app " + (app + 1);
  }

  /** There and back: each app in turn, so that both builds share the group for a while. */
  private String upgrade(SplittableRandom chance) throws IOException, InterruptedException {
    upgraded = !upgraded;
    for (int i = 0; i < fleet.size(); i++) {
      stop(i);
      fleet.get(i).classPath(upgraded ? System.getProperty("java.class.path") : plan.previous());
      fleet.start(i);
      rest(5000 + chance.nextInt(5000));
    }
    return upgraded ? "to this build" : "back to the other build";
  }

  private String corrupt(int app, SplittableRandom chance)
      throws IOException, InterruptedException {
    // all of them in order, so that what is corrupted is what would be used
    for (int i = 0; i < fleet.size(); i++) {
      stop(i);
    }
    Corruption way;
    int files;
    do {
      // not every version of Kafka Streams keeps every kind of file
      way = Corruption.values()[chance.nextInt(Corruption.values().length)];
      files = way.strike(fleet.get(app).state(), chance);
    } while (files == 0);
    for (int i = 0; i < fleet.size(); i++) {
      fleet.start(i);
    }
    return name(app) + ", " + way.title() + " (" + files + ")";
  }

  private String fillDisk(SplittableRandom chance) throws IOException, InterruptedException {
    disk.fill();
    rest(3000 + chance.nextInt(3000));
    // what opens its stores needs room
    fleet.kill(0);
    disk.fill();
    fleet.start(0);
    rest(10_000 + chance.nextInt(10_000));
    disk.free();
    return name(0);
  }

  private void stop(int app) throws IOException, InterruptedException {
    // as orders to stop come: the app may be starting, or have just ended
    fleet.askToStop(app);
    until("the end of " + name(app), () -> !fleet.isRunning(app));
    int code = fleet.get(app).exitCode();
    if (code != 0 && code != TERMINATED) {
      fleet.noteEnd(app);
    }
  }

  /** One of the commands that a ledger carries, at any moment. */
  private void command() {
    String[] texts = {
      "{\"command\":\"learning-rate\",\"factor\":0.5}",
      "{\"command\":\"snapshot\",\"name\":\"first\",\"full\":true}",
      "{\"command\":\"pause\"}",
      "{\"command\":\"resume\"}",
      "{\"command\":\"rollback\",\"name\":\"first\"}",
      "{\"command\":\"learning-rate\",\"factor\":1}",
      "{\"command\":\"reset-key\",\"key\":\"key-3\"}",
      "{\"command\":\"no such command\"}",
    };
    String text = texts[commands++ % texts.length];
    control.send(new ProducerRecord<>(CONTROL, 0, null, text.getBytes(StandardCharsets.UTF_8)));
    control.flush();
  }

  private Outcome judge() throws IOException, InterruptedException {
    say.accept("audit");
    String servers = cluster.bootstrapServers();
    Auditor auditor = new Auditor(servers, Row.EVENTS);
    Findings found = auditor.answers(Row.PREDICTIONS, Row.REJECTED);
    Optional<String> equality = row.usesLedger() ? ledger(found) : undisturbed(auditor);
    if (equality.isEmpty()) {
      Map<Integer, List<byte[]>> all = auditor.hashes(Row.PREDICTIONS);
      equality = sameReading(reader.finish(all), all);
    }
    return new Outcome(
        row.usesLedger(),
        incidents,
        fleet.ends(),
        skipped,
        found,
        equality,
        row.usesLedger() ? "the ledger's replay" : "an undisturbed run");
  }

  private Optional<String> ledger(Findings found) throws IOException {
    EddyConfig config = EddyConfig.of(settings(APPLICATION));
    return LedgerReplay.difference(config, cluster.bootstrapServers(), found.predictions());
  }

  private Optional<String> undisturbed(Auditor auditor) throws IOException, InterruptedException {
    say.accept("an undisturbed run over the same input");
    Fleet calm = new Fleet();
    try (calm;
        Answers answered =
            new Answers(cluster.bootstrapServers(), stream, CALM_PREDICTIONS, CALM_REJECTED)) {
      calm.add(directory.resolve(CALM), settings(CALM)).start();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!answered.complete()) {
        answered.poll();
        if (!calm.isRunning(0) || System.nanoTime() > deadline) {
          throw new IOException("the undisturbed run failed:\n" + calm.get(0).endOfLog());
        }
      }
      calm.get(0).stop();
    }
    List<String> wrong = new ArrayList<>();
    wrong.addAll(auditor.same(Row.PREDICTIONS, CALM_PREDICTIONS).first());
    wrong.addAll(auditor.same(Row.REJECTED, CALM_REJECTED).first());
    for (String store : List.of("weights", "keys")) {
      String changelog = "-eddy-" + store + "-changelog";
      wrong.addAll(auditor.sameState(APPLICATION + changelog, CALM + changelog).first());
    }
    return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", wrong));
  }

  private static Optional<String> sameReading(
      Map<Integer, List<byte[]>> read, Map<Integer, List<byte[]>> all) {
    for (Map.Entry<Integer, List<byte[]>> partition : all.entrySet()) {
      List<byte[]> got = read.getOrDefault(partition.getKey(), List.of());
      boolean same = got.size() == partition.getValue().size();
      for (int i = 0; same && i < got.size(); i++) {
        same = java.util.Arrays.equals(got.get(i), partition.getValue().get(i));
      }
      if (!same) {
        return Optional.of(
            "the slow reader got "
                + got.size()
                + " predictions of partition "
                + partition.getKey()
                + ", which are not the "
                + partition.getValue().size()
                + " that are there");
      }
    }
    return Optional.empty();
  }

  private void tick() throws IOException {
    feeder.check();
    answers.poll();
    fleet.supervise();
  }

  private void rest(long millis) throws IOException {
    long until = System.nanoTime() + Duration.ofMillis(millis).toNanos();
    while (System.nanoTime() < until) {
      tick();
    }
  }

  private void until(String what, BooleanSupplier reached) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!reached.getAsBoolean()) {
      tick();
      if (System.nanoTime() > deadline) {
        StringBuilder logs = new StringBuilder();
        for (int app = 0; app < fleet.size(); app++) {
          logs.append("\n\n").append(name(app)).append(":\n").append(fleet.get(app).endOfLog());
        }
        throw new IOException("waited " + PATIENCE.toMinutes() + " minutes for " + what + logs);
      }
    }
  }

  /** Does what takes long in another thread, while everything is watched as ever. */
  private void meanwhile(Callable<Void> task) throws IOException {
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

  @Override
  public void close() {
    if (feeder != null) {
      feeder.close();
    }
    fleet.close();
    reader.close();
    answers.close();
    control.close(Duration.ZERO);
    stream.close();
    if (disk != null) {
      disk.close();
    }
    cluster.close();
  }
}
