package eddy.benchmark.state;

import eddy.benchmark.Machine;
import eddy.benchmark.Table;
import eddy.broker.BrokerProcess;
import eddy.broker.BrokerSettings;
import eddy.cli.Progress;
import eddy.config.EddyConfig;
import eddy.learn.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** More keys than the heap holds, learned by one app at exactly-once. */
@Command(
    name = "scale-test",
    description = {
      "Feeds events of many keys to an app with a small heap, at exactly-once over an embedded"
          + " broker: throughput and memory over the run, bytes per key, and whether every event has"
          + " exactly one prediction.",
      "Exits with 1 where events or predictions were lost, memory grew in the second half by more"
          + " than a tenth, or a key takes more than 1.1 times its arrays."
    },
    mixinStandardHelpOptions = true)
public final class ScaleTest implements Callable<Integer> {
  private static final int ROWS = 10;
  private static final int AHEAD = 50_000;
  private static final double MOST_GROWTH = 1.1;
  private static final double MOST_OVER_ARRAYS = 1.1;
  private static final Duration SILENCE = Duration.ofMinutes(2);

  @Option(names = "--keys", defaultValue = "100000", description = "Keys; ${DEFAULT-VALUE}.")
  private int keys;

  @Option(names = "--heap", defaultValue = "512m", description = "Heap; ${DEFAULT-VALUE}.")
  private String heap;

  @Option(names = "--events", description = "Events; five for each key unless given.")
  private Long events;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Further settings of the app, over those of the test.")
  private Map<String, String> settings = new LinkedHashMap<>();

  private record Sample(double seconds, long predictions, long resident, long heap, long files) {}

  private final List<Sample> samples = new ArrayList<>();

  /** Runs the test. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ScaleTest()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("eddy-scale");
    try (BrokerProcess broker =
        BrokerProcess.start(
            BrokerSettings.defaults().with("log.retention.ms", -1), directory.resolve("broker"))) {
      for (String topic : List.of("events", "predictions", "rejected")) {
        broker.createTopic(topic, 1, Map.of());
      }
      return run(broker.bootstrapServers(), directory.resolve("app"));
    } finally {
      delete(directory);
    }
  }

  private Map<String, String> configuration(String servers) {
    Map<String, String> configuration = new LinkedHashMap<>();
    configuration.put("application.id", "scale");
    configuration.put("bootstrap.servers", servers);
    configuration.put("eddy.input.topic", "events");
    configuration.put("eddy.output.topic", "predictions");
    configuration.put("eddy.dead.letter.topic", "rejected");
    configuration.put("eddy.features", features());
    configuration.put("eddy.targets", "y");
    configuration.put("eddy.cell", "mixed");
    configuration.put("eddy.units", "32");
    configuration.put("eddy.panel", "single");
    configuration.putAll(settings);
    return configuration;
  }

  static String features() {
    StringBuilder features = new StringBuilder("x0");
    for (int i = 1; i < Events.INPUTS; i++) {
      features.append(",x").append(i);
    }
    return features.toString();
  }

  private int run(String servers, Path directory) throws IOException, InterruptedException {
    long count = events == null ? 5L * keys : events;
    Map<String, String> configuration = configuration(servers);
    try (AppJvm app = AppJvm.start(directory, configuration, heap);
        Events feed = new Events(servers, "events", keys);
        Predictions predictions = new Predictions(servers, "predictions");
        Progress progress = Progress.of("learning")) {
      watch(app, feed, predictions, progress, count, directory.resolve("state"));
      return report(configuration, count, predictions);
    }
  }

  private void watch(
      AppJvm app, Events feed, Predictions predictions, Progress progress, long count, Path state)
      throws IOException {
    // the app starts and warms up on the first event
    feed.sendUpTo(1);
    while (predictions.count() == 0) {
      app.requireAlive();
      predictions.poll(Duration.ofMillis(100));
    }
    long start = System.nanoTime();
    long newest = start;
    while (predictions.count() < count) {
      app.requireAlive();
      feed.sendUpTo(Math.min(count, predictions.count() + AHEAD));
      long before = predictions.count();
      predictions.poll(Duration.ofMillis(100));
      progress.update(predictions.count(), (double) predictions.count() / count);
      long now = System.nanoTime();
      newest = predictions.count() > before ? now : newest;
      if (now - newest > SILENCE.toNanos()) {
        throw new IOException("no prediction for " + SILENCE.toSeconds() + " s");
      }
      if (predictions.count() >= (samples.size() + 1) * count / ROWS) {
        samples.add(
            new Sample(
                (now - start) / 1e9,
                predictions.count(),
                app.residentBytes(),
                app.heapBytes(),
                bytes(state)));
      }
    }
    predictions.poll(Duration.ofSeconds(2));
  }

  private int report(Map<String, String> configuration, long count, Predictions predictions) {
    EddyConfig config = EddyConfig.of(configuration);
    long encoded = config.newPrequential().bytesPerKey();
    long arrays = Plan.of(config.learnerSpec()).chosen().keyBytes();
    Machine.facts().forEach((name, value) -> System.out.println(name + ": " + value));
    System.out.printf(
        Locale.ROOT, "%nlearner %s, heap %s%n%n", config.newPrequential().learner(), heap);
    System.out.println(table());
    Sample middle = samples.get(samples.size() / 2 - 1);
    Sample last = samples.get(samples.size() - 1);
    double growth = (double) last.resident / middle.resident;
    double overArrays = (double) encoded / arrays;
    double onDisk = (double) last.files / keys;
    System.out.printf(
        Locale.ROOT,
        "%,d events, %,d predictions for %,d of them%n"
            + "%,.0f events/s from the first to the last prediction%n"
            + "bytes per key: %,d encoded, %.3f of its arrays; %,.0f in files%n"
            + "memory in the second half: %.3f of that of the first%n",
        count,
        predictions.count(),
        predictions.events(),
        last.predictions / last.seconds,
        encoded,
        overArrays,
        onDisk,
        growth);
    boolean complete = predictions.count() == count && predictions.events() == count;
    return complete && growth <= MOST_GROWTH && overArrays <= MOST_OVER_ARRAYS ? 0 : 1;
  }

  private Table table() {
    Table table =
        new Table("seconds", "predictions", "events/s", "resident MB", "heap MB", "files MB");
    Sample before = new Sample(0, 0, 0, 0, 0);
    for (Sample sample : samples) {
      double rate = (sample.predictions - before.predictions) / (sample.seconds - before.seconds);
      table.add(
          String.format(Locale.ROOT, "%.1f", sample.seconds),
          String.format(Locale.ROOT, "%,d", sample.predictions),
          String.format(Locale.ROOT, "%,.0f", rate),
          String.valueOf(sample.resident >> 20),
          String.valueOf(sample.heap >> 20),
          String.valueOf(sample.files >> 20));
      before = sample;
    }
    return table;
  }

  /** Bytes of all files under a directory that others write. */
  static long bytes(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.mapToLong(ScaleTest::size).sum();
    } catch (UncheckedIOException e) {
      // a file was gone before it was looked at
      return bytes(directory);
    }
  }

  private static long size(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
