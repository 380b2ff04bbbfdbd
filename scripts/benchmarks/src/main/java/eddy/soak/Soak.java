package eddy.soak;

import com.fasterxml.jackson.databind.ObjectMapper;
import eddy.benchmark.Machine;
import eddy.benchmark.state.AppJvm;
import eddy.broker.BrokerProcess;
import eddy.broker.BrokerSettings;
import eddy.cli.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.management.JMException;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Steady load on one app, and whether it stays as it is. */
@Command(
    name = "soak",
    description = {
      "A broker and an app in JVMs of their own, events at a steady rate of keys that come and go,"
          + " exactly once, silent keys forgotten after a while. Memory, threads, file handles,"
          + " sizes and latency are sampled ninety times, at random moments so that they keep no"
          + " step with what comes and goes; the heap after a full collection.",
      "The first third is warm-up. Judged is the rise by a linear fit over the rest: of resident"
          + " memory, the heap after a collection and threads by --bound, of what goes up and down"
          + " by a multiple of it that the table shows, such as 20 times for the p99 latency."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Exit code 0: flat; 1: something rises, or could not be run; 2: wrong use.",
      "Example: scripts/soak --minutes 30 --output soak"
    })
public final class Soak implements Callable<Integer> {
  private static final int PARTITIONS = 4;
  private static final int SAMPLES = 90;
  private static final Duration STARTED_WITHIN = Duration.ofMinutes(5);
  private static final int LOOKS = 10;
  private static final String INPUT = "events";
  private static final String PREDICTIONS = "predictions";
  private static final String REJECTED = "rejected";

  @Spec private CommandSpec specification;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "Of load (default: ${DEFAULT-VALUE}).")
  private double minutes = 30;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Events a second (default: ${DEFAULT-VALUE}).")
  private int rate = 500;

  @Option(
      names = "--keys",
      paramLabel = "N",
      description = "Keys that are alive at a time (default: ${DEFAULT-VALUE}).")
  private int keys = 500;

  @Option(
      names = "--new-keys",
      paramLabel = "N",
      description = "New keys a second, in place of the oldest (default: ${DEFAULT-VALUE}).")
  private double newKeys = 5;

  @Option(
      names = "--bound",
      paramLabel = "PERCENT",
      description = "Rise of memory an hour that is allowed (default: ${DEFAULT-VALUE}).")
  private double bound = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the events (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Write soak.html, soak.md and soak.json here, and keep all logs and data.")
  private Path output;

  /** Runs the command and ends this JVM. */
  public static void main(String[] arguments) {
    // before the first logger exists
    System.setProperty("eddy.log.kafka.clients", "error");
    if (System.getProperty("log4j2.configurationFile") == null) {
      System.setProperty("log4j2.configurationFile", "classpath:eddy/cli/logging.xml");
    }
    System.exit(new CommandLine(new Soak()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException, JMException {
    if (minutes < 1 || rate < 1 || keys < 1 || newKeys < 0) {
      throw new ParameterException(
          specification.commandLine(),
          "--minutes, --rate and --keys must be >= 1 and --new-keys >= 0");
    }
    Path directory =
        output == null ? Files.createTempDirectory("eddy-soak") : Files.createDirectories(output);
    try {
      List<Sample> samples = run(directory);
      return report(new SoakReport(samples, 60 * minutes / 3, bound / 100));
    } finally {
      if (output == null) {
        eddy.crash.CrashTest.delete(directory);
      }
    }
  }

  private List<Sample> run(Path directory)
      throws IOException, InterruptedException, ExecutionException, JMException {
    BrokerSettings settings =
        BrokerSettings.defaults()
            // changelogs are compacted while they are looked at
            .with("log.cleaner.backoff.ms", 2000)
            .with("log.retention.check.interval.ms", 5000);
    try (BrokerProcess broker = BrokerProcess.start(settings, directory.resolve("broker"))) {
      for (String topic : List.of(INPUT, PREDICTIONS, REJECTED)) {
        broker.createTopic(topic, PARTITIONS, Map.of("retention.bytes", "67108864"));
      }
      String servers = broker.bootstrapServers();
      try (AppJvm app =
              AppJvm.start(
                  directory.resolve("app"),
                  configuration(servers),
                  "512m",
                  // resident memory that has nothing to grow into
                  "-Xms512m",
                  "-XX:+AlwaysPreTouch");
          Load load =
              new Load(servers, INPUT, PREDICTIONS, PARTITIONS, seed, rate, keys, newKeys)) {
        return samples(directory, servers, app, load);
      }
    }
  }

  private Map<String, String> configuration(String servers) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("application.id", "soak");
    settings.put("bootstrap.servers", servers);
    settings.put("eddy.input.topic", INPUT);
    settings.put("eddy.output.topic", PREDICTIONS);
    settings.put("eddy.dead.letter.topic", REJECTED);
    settings.put("eddy.features", "value,value:diff(1),other");
    settings.put("eddy.targets", "value@+4");
    settings.put("eddy.units", "16");
    // longer than any pause of a key that is alive, and short beside the warm-up
    settings.put("eddy.state.ttl", "PT" + Math.max(20, (long) Math.ceil(20.0 * keys / rate)) + "S");
    settings.put("commit.interval.ms", "200");
    // full before the warm-up is over
    settings.put("eddy.rocksdb.bytes", "16777216");
    settings.put("topic.segment.bytes", "1048576");
    // what is written seldom is compacted too
    settings.put("topic.segment.ms", "10000");
    // what says that a key has gone may go itself
    settings.put("topic.delete.retention.ms", "10000");
    settings.put("topic.min.cleanable.dirty.ratio", "0.2");
    return settings;
  }

  private List<Sample> samples(Path directory, String servers, AppJvm app, Load load)
      throws IOException, InterruptedException, ExecutionException, JMException {
    List<Sample> samples = new ArrayList<>();
    double[] moments = moments();
    awaitPredictions(app, load);
    long begin = System.nanoTime();
    try (Probe probe = Probe.of(app.pid());
        Admin admin = Admin.create(Map.of("bootstrap.servers", servers));
        Progress progress = Progress.of("soak")) {
      double last = 0;
      long events = 0;
      while (samples.size() < SAMPLES) {
        app.requireAlive();
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (seconds < moments[samples.size()]) {
          progress.update(events, seconds / (60 * minutes));
          Thread.sleep(200);
          continue;
        }
        Histogram latency = load.takeLatency();
        events += latency.getTotalCount();
        // in this order, so that what the collection gives back is not counted as resident
        long heap = probe.heapAfterCollection();
        samples.add(
            new Sample(
                seconds,
                app.residentBytes(),
                heap,
                probe.directBytes(),
                probe.rocksBytes(),
                probe.threads(),
                probe.handles(),
                size(directory.resolve("app").resolve("state")),
                changelogs(admin),
                latency.getValueAtPercentile(50) / 1000.0,
                latency.getValueAtPercentile(99) / 1000.0,
                latency.getTotalCount() / (seconds - last)));
        last = seconds;
      }
    }
    return samples;
  }

  /** Seconds from the beginning, one in every ninetieth of the time, the last at its end. */
  private double[] moments() {
    SplittableRandom chance = new SplittableRandom(seed);
    double[] moments = new double[SAMPLES];
    Arrays.setAll(moments, i -> (i + 0.2 + 0.8 * chance.nextDouble()) * 60 * minutes / SAMPLES);
    moments[SAMPLES - 1] = 60 * minutes;
    return moments;
  }

  /** The soak begins when the app learns. */
  private static void awaitPredictions(AppJvm app, Load load)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + STARTED_WITHIN.toNanos();
    while (load.takeLatency().getTotalCount() == 0) {
      app.requireAlive();
      if (System.nanoTime() > deadline) {
        throw new IOException("no prediction within " + STARTED_WITHIN.toSeconds() + " s");
      }
      Thread.sleep(200);
    }
  }

  private static long changelogs(Admin admin) throws InterruptedException, ExecutionException {
    return admin.describeLogDirs(List.of(1)).allDescriptions().get().values().stream()
        .flatMap(folders -> folders.values().stream())
        .flatMap(folder -> folder.replicaInfos().entrySet().stream())
        .filter(replica -> replica.getKey().topic().endsWith("-changelog"))
        .mapToLong(replica -> replica.getValue().size())
        .sum();
  }

  private static long size(Path folder) throws IOException {
    UncheckedIOException gone = null;
    for (int i = 0; i < LOOKS; i++) {
      try (Stream<Path> paths = Files.walk(folder)) {
        return paths.mapToLong(Soak::bytes).sum();
      } catch (UncheckedIOException e) {
        gone = e; // a folder went while it was looked at
      }
    }
    throw new IOException("the size of " + folder + " could not be told", gone);
  }

  private static long bytes(Path path) {
    try {
      return Files.isRegularFile(path) ? Files.size(path) : 0;
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int report(SoakReport report) throws IOException {
    String facts =
        String.format(
            Locale.ROOT,
            "%s minutes, %d events a second, %d keys at a time, %s new ones a second, seed %d; %s",
            minutes,
            rate,
            keys,
            newKeys,
            seed,
            Machine.facts());
    String text = report.text() + "\n\n" + facts;
    PrintWriter out = specification.commandLine().getOut();
    out.println(text);
    out.flush();
    if (output != null) {
      Map<String, Object> data = report.data(facts);
      Files.writeString(output.resolve("soak.md"), text + "\n");
      new ObjectMapper()
          .writerWithDefaultPrettyPrinter()
          .writeValue(output.resolve("soak.json").toFile(), data);
      SoakPage.write(output.resolve("soak.html"), data);
    }
    return report.flat() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }
}
