package eddy.chaos;

import eddy.audit.Findings;
import eddy.crash.Cluster;
import eddy.crash.EventStream;
import eddy.crash.Instance;
import eddy.crash.Labels;
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
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** An app that learns for some minutes while one fault follows the other. */
final class Campaign implements AutoCloseable {
  private static final int BROKERS = 3;
  private static final int BROKEN_EVERY = 97;

  private static final String APPLICATION = "chaos";
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
  private Watch watch;
  private Blows blows;
  private long start;
  private int commands;

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
    topics.addAll(Judgement.TOPICS);
    topics.add(CONTROL);
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

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>(row.settings(cluster.bootstrapServers()));
    settings.put("application.id", APPLICATION);
    // a busy machine must neither commit all the time nor look like a dead app
    settings.put("commit.interval.ms", "1000");
    settings.put("session.timeout.ms", "8000");
    settings.put("heartbeat.interval.ms", "1000");
    settings.put("producer.transaction.timeout.ms", "10000");
    if (row.usesLedger()) {
      settings.put("eddy.control.topic", CONTROL);
    }
    return settings;
  }

  /** Lets the faults come, then judges what is left. */
  Outcome run() throws IOException, InterruptedException, ExecutionException {
    for (int app = 0; app < plan.apps(); app++) {
      Instance instance = fleet.add(directory.resolve("app-" + (app + 1)), settings());
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
    watch = new Watch(feeder, answers, fleet);
    blows = new Blows(cluster, BROKERS, fleet, watch, reader, disk, plan.previous());
    // its first answers: from here on it is a running app that is hit
    watch.until("the first answers", () -> answers.count() > plan.rate());
    long[] begun = answers.ends();
    watch.until("the first answers", () -> answers.reached(begun));
    start = System.nanoTime();
    while (seconds() < plan.seconds()) {
      watch.rest(1000 + moments.nextInt(4000));
      if (row.usesLedger()) {
        command();
      }
      answers.takeLongestWait();
      strike(schedule.next(), schedule.chance());
    }
    say.accept("the last events");
    feeder.end();
    watch.until("all answers", answers::complete);
    for (int app = 0; app < fleet.size(); app++) {
      watch.stop(app);
    }
    return new Judgement(
            cluster.bootstrapServers(),
            stream,
            settings(),
            row.usesLedger(),
            reader,
            directory.resolve("calm"),
            say)
        .of(incidents, fleet.ends(), skipped);
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
    String what = blows.strike(fault, chance);
    double held = (System.nanoTime() - blow) / 1e9;
    long[] healed = answers.ends();
    watch.until("recovery from " + fault, () -> answers.reached(healed));
    Incident incident =
        new Incident(fault, at, what, held, answers.takeLongestWait(), fleet.ends().size() - ends);
    incidents.add(incident);
    say.accept(ChaosReport.line(incident));
    for (String end : fleet.ends().subList(ends, fleet.ends().size())) {
      say.accept("    " + end);
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
