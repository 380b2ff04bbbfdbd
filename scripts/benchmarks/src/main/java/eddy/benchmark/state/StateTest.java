package eddy.benchmark.state;

import eddy.benchmark.Machine;
import eddy.benchmark.Table;
import eddy.broker.BrokerProcess;
import eddy.broker.BrokerSettings;
import eddy.cli.Progress;
import eddy.config.EddyConfig;
import eddy.learn.Candidate;
import eddy.learn.LearnerSpec;
import eddy.learn.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Keys of 20 MB each: an LSTM of 64 units by exact RTRL, killed and started again. */
@Command(
    name = "state-test",
    description = {
      "Plans an LSTM of 64 units within the default budget, then learns it exactly, budgets raised,"
          + " over some keys at exactly-once: once undisturbed, once killed with kill -9 halfway. Both"
          + " must publish the same bytes and end with the same state. Reports what the changelog"
          + " took for an event, with and without parts that are written apart.",
      "Exits with 1 where the runs differ."
    },
    mixinStandardHelpOptions = true)
public final class StateTest implements Callable<Integer> {
  private static final Duration SILENCE = Duration.ofMinutes(2);

  @Option(names = "--keys", defaultValue = "20", description = "Keys; ${DEFAULT-VALUE}.")
  private int keys;

  @Option(names = "--units", defaultValue = "64", description = "Units; ${DEFAULT-VALUE}.")
  private int units;

  @Option(names = "--events", defaultValue = "3000", description = "Events; ${DEFAULT-VALUE}.")
  private int events;

  @Option(
      names = "--rate",
      defaultValue = "100",
      description = "Events a second, of all keys together; ${DEFAULT-VALUE}.")
  private int rate;

  @Option(names = "--heap", defaultValue = "3g", description = "Heap; ${DEFAULT-VALUE}.")
  private String heap;

  private record Run(String predictions, Changelog changelog, double seconds) {}

  /** Runs the test. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new StateTest()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Machine.facts().forEach((name, value) -> System.out.println(name + ": " + value));
    Path directory = Files.createTempDirectory("eddy-state");
    BrokerSettings settings = BrokerSettings.defaults().with("log.retention.ms", -1);
    try (BrokerProcess broker = BrokerProcess.start(settings, directory.resolve("broker"))) {
      describe(EddyConfig.of(configuration(broker.bootstrapServers(), "plan")).learnerSpec());
      Run calm = run(broker, directory, "calm", false);
      Run killed = run(broker, directory, "killed", true);
      return report(calm, killed);
    } finally {
      ScaleTest.delete(directory);
    }
  }

  private Map<String, String> configuration(String servers, String name) {
    Map<String, String> configuration = new LinkedHashMap<>();
    configuration.put("application.id", name);
    configuration.put("bootstrap.servers", servers);
    configuration.put("eddy.input.topic", name + ".events");
    configuration.put("eddy.output.topic", name + ".predictions");
    configuration.put("eddy.dead.letter.topic", name + ".rejected");
    configuration.put("eddy.features", ScaleTest.features());
    configuration.put("eddy.targets", "y");
    configuration.put("eddy.cell", "lstm");
    configuration.put("eddy.units", String.valueOf(units));
    configuration.put("eddy.panel", "single");
    return configuration;
  }

  private static void describe(LearnerSpec spec) {
    Plan plan = Plan.of(spec);
    Candidate exact = plan.candidates().get(0);
    System.out.printf(
        Locale.ROOT,
        "%nwithin the default budget auto takes %s: %s needs %,d bytes per key of"
            + " eddy.budget.key.bytes=%,d, and %,d multiply-adds per event of"
            + " eddy.budget.event.macs=%,d%n%n",
        plan.chosen().estimator(),
        exact.estimator(),
        exact.keyBytes(),
        spec.budget().keyBytes(),
        exact.eventMacs(),
        spec.budget().eventMacs());
  }

  private Run run(BrokerProcess broker, Path directory, String name, boolean kill)
      throws IOException, InterruptedException {
    String servers = broker.bootstrapServers();
    Map<String, String> configuration = configuration(servers, name);
    configuration.put("eddy.budget.key.bytes", "1000000000");
    configuration.put("eddy.budget.event.macs", "1000000000");
    // a static member that comes back under its name need not wait for the session to end
    configuration.put("group.instance.id", name);
    configuration.put("session.timeout.ms", "6000");
    // the changelog is to be read as it was written
    configuration.put("topic.min.compaction.lag.ms", String.valueOf(Duration.ofDays(1).toMillis()));
    for (String topic : List.of("events", "predictions", "rejected")) {
      broker.createTopic(name + "." + topic, 1, Map.of());
    }
    long start = System.nanoTime();
    String digest;
    try (Events feed = new Events(servers, name + ".events", keys);
        Predictions predictions = new Predictions(servers, name + ".predictions");
        Progress progress = Progress.of(name)) {
      Path folder = directory.resolve(name);
      AppJvm app = AppJvm.start(folder, configuration, heap);
      try {
        watch(app, feed, predictions, progress, kill ? events / 2 : events);
        if (kill) {
          // further events stand in an open transaction
          feed.sendUpTo(events / 2 + keys);
          feed.flush();
          Thread.sleep(200);
          app.kill();
          app = AppJvm.start(folder, configuration, heap);
          watch(app, feed, predictions, progress, events);
        }
      } finally {
        app.close();
      }
      predictions.poll(Duration.ofSeconds(1));
      digest = predictions.count() + " " + predictions.events() + " " + predictions.digest();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Changelog changelog = Changelog.read(servers, name + "-eddy-keys-changelog");
    return new Run(digest, changelog, seconds);
  }

  /** Feeds at the rate and waits until so many events have their committed prediction. */
  private void watch(AppJvm app, Events feed, Predictions predictions, Progress progress, int until)
      throws IOException {
    long from = feed.sent() + 1;
    feed.sendUpTo(from);
    // it starts, or restores what it had
    while (predictions.count() < from) {
      app.requireAlive();
      predictions.poll(Duration.ofMillis(50));
    }
    long start = System.nanoTime();
    long newest = start;
    while (predictions.count() < until) {
      app.requireAlive();
      long now = System.nanoTime();
      feed.sendUpTo(Math.min(until, from + (long) ((now - start) / 1e9 * rate)));
      long before = predictions.count();
      predictions.poll(Duration.ofMillis(50));
      progress.update(predictions.count(), (double) predictions.count() / events);
      newest = predictions.count() > before ? now : newest;
      if (now - newest > SILENCE.toNanos()) {
        throw new IOException("no prediction for " + SILENCE.toSeconds() + " s");
      }
    }
  }

  private int report(Run calm, Run killed) {
    System.out.printf(
        Locale.ROOT, "%,d events of %,d keys at %,d a second%n%n", events, keys, rate);
    Table table =
        new Table(
            "run",
            "seconds",
            "predictions events digest",
            "values",
            "records",
            "changelog bytes/event",
            "without parts",
            "ratio");
    row(table, "undisturbed", calm);
    row(table, "kill -9", killed);
    System.out.println(table);
    boolean published = calm.predictions.equals(killed.predictions);
    boolean state = calm.changelog.last().equals(killed.changelog.last());
    System.out.println("predictions " + (published ? "equal" : "DIFFER"));
    System.out.println("states of keys at the end " + (state ? "equal" : "DIFFER"));
    return published && state ? 0 : 1;
  }

  private void row(Table table, String name, Run run) {
    Changelog changelog = run.changelog;
    table.add(
        name,
        String.format(Locale.ROOT, "%.1f", run.seconds),
        run.predictions,
        String.format(Locale.ROOT, "%,d", changelog.values()),
        String.format(Locale.ROOT, "%,d", changelog.records()),
        String.format(Locale.ROOT, "%,d", changelog.bytes() / events),
        String.format(Locale.ROOT, "%,d", changelog.bytesWithoutParts() / events),
        String.format(
            Locale.ROOT, "%.1f", (double) changelog.bytesWithoutParts() / changelog.bytes()));
  }
}
