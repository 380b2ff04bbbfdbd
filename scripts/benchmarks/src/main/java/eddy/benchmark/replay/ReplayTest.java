package eddy.benchmark.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eddy.benchmark.Machine;
import eddy.benchmark.Table;
import eddy.cli.Eddy;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A replay of a file that is much larger than the heap. */
@Command(
    name = "replay-test",
    description = {
      "Writes a CSV file of many events of a bounded number of keys and replays it with a small"
          + " heap: rate, and memory over the run.",
      "Exits with 1 where events were lost, or the heap after collections grew in the second half"
          + " by more than a tenth."
    },
    mixinStandardHelpOptions = true)
public final class ReplayTest implements Callable<Integer> {
  private static final int ROWS = 10;
  private static final double MOST_GROWTH = 1.1;
  private static final int COLLECTION_SECONDS = 2;
  private static final Pattern COLLECTION =
      Pattern.compile("\\[([0-9.]+)s\\].*Pause Full.* (\\d+)M->(\\d+)M\\(");

  @Option(names = "--events", defaultValue = "10000000", description = "Events; ${DEFAULT-VALUE}.")
  private long events;

  @Option(names = "--keys", defaultValue = "1000", description = "Keys; ${DEFAULT-VALUE}.")
  private int keys;

  @Option(names = "--heap", defaultValue = "512m", description = "Heap; ${DEFAULT-VALUE}.")
  private String heap;

  @Option(
      names = "--note",
      defaultValue = "0",
      description =
          "Characters of a column that nobody reads, for a larger file; ${DEFAULT-VALUE}.")
  private int note;

  @Option(names = "--gzip", description = "Pack the file.")
  private boolean gzip;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Further settings of the learner, over those of the test.")
  private Map<String, String> settings = new LinkedHashMap<>();

  private Duration processorTime = Duration.ZERO;

  /** What was left on the heap by a collection. */
  private record Collection(double seconds, long bytes) {}

  /** Runs the test. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ReplayTest()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("eddy-replay");
    try {
      Path file = directory.resolve(gzip ? "events.csv.gz" : "events.csv");
      System.err.printf(Locale.ROOT, "writing %,d events%n", events);
      long bytes = Rows.write(file, events, keys, note, gzip);
      Path config = Files.write(directory.resolve("learner.properties"), configuration());
      int status = replay(directory, file, config);
      if (status != 0) {
        System.err.println("the replay ended with " + status);
        return 1;
      }
      return report(directory, file, bytes);
    } finally {
      delete(directory);
    }
  }

  private List<String> configuration() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("eddy.features", "load,outside,load:diff(1)");
    all.put("eddy.targets", "load@+1");
    all.put("eddy.panel", "single");
    all.put("eddy.cell", "mixed");
    all.put("eddy.units", "8");
    all.putAll(settings);
    return all.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList();
  }

  private int replay(Path directory, Path file, Path config)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (flag.startsWith("-XX") || flag.startsWith("--")) {
        command.add(flag);
      }
    }
    command.add("-Xmx" + heap);
    command.add("-Xlog:gc:file=" + directory.resolve("gc.log") + ":uptime");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Eddy.class.getName()));
    command.addAll(List.of("replay", "--config", config.toString(), "--csv", file.toString()));
    command.addAll(List.of("--key", "key", "--time", "time"));
    command.addAll(List.of("--output", directory.resolve("out").toString()));
    // its progress is shown: a bar on a terminal, else lines
    Process process = new ProcessBuilder(command).inheritIO().start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    for (int second = 1; !process.waitFor(1, TimeUnit.SECONDS); second++) {
      // the system forgets it at the end
      process.toHandle().info().totalCpuDuration().ifPresent(time -> processorTime = time);
      if (second % COLLECTION_SECONDS == 0) {
        collect(process.pid());
      }
    }
    return process.exitValue();
  }

  /** Collects all garbage: small collections alone leave some that nobody holds. */
  private static void collect(long pid) throws IOException, InterruptedException {
    new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
            Long.toString(pid),
            "GC.run")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private int report(Path directory, Path file, long bytes) throws IOException {
    JsonNode metrics = new ObjectMapper().readTree(directory.resolve("out/metrics.json").toFile());
    Machine.facts().forEach((name, value) -> System.out.println(name + ": " + value));
    System.out.printf(
        Locale.ROOT,
        "%nlearner %s, %,d keys, heap %s, a file of %,d MB%s%n%n",
        metrics.get("learner").asText(),
        keys,
        heap,
        Files.size(file) >> 20,
        gzip ? String.format(Locale.ROOT, " (%,d MB unpacked)", bytes >> 20) : "");
    long[] tenths = tenths(directory.resolve("gc.log"));
    Table table = new Table("part of the run", "heap after full collections, MB");
    for (int tenth = 0; tenth < ROWS; tenth++) {
      table.add(
          10 * tenth + " to " + 10 * (tenth + 1) + " %",
          tenths[tenth] < 0 ? "-" : String.format(Locale.ROOT, "%,d", tenths[tenth] >> 20));
    }
    System.out.println(table);
    long replayed = metrics.get("events").asLong();
    double growth = (double) largest(tenths, ROWS / 2, ROWS) / largest(tenths, 0, ROWS / 2);
    System.out.printf(
        Locale.ROOT,
        "%,d events, %,d scored, in %.1f s: %,.0f events/s%n"
            + "%,d s of processor time, compilation and collections too: %.1f us an event%n"
            + "heap in the second half: %.3f of that in the first%n",
        replayed,
        metrics.get("scored").asLong(),
        metrics.get("seconds").asDouble(),
        metrics.get("events_per_second").asDouble(),
        processorTime.toSeconds(),
        1e-3 * processorTime.toNanos() / replayed,
        growth);
    boolean complete = replayed == events && metrics.get("scored").asLong() == events - keys;
    return complete && growth <= MOST_GROWTH ? 0 : 1;
  }

  private static long largest(long[] tenths, int from, int to) {
    return Arrays.stream(tenths, from, to).max().orElse(-1);
  }

  /** The least that collections left, in bytes, by tenths of the run; -1 without a collection. */
  private static long[] tenths(Path log) throws IOException {
    List<Collection> collections = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      Matcher collection = COLLECTION.matcher(line);
      if (collection.find()) {
        collections.add(
            new Collection(
                Double.parseDouble(collection.group(1)),
                Long.parseLong(collection.group(3)) << 20));
      }
    }
    long[] least = new long[ROWS];
    Arrays.fill(least, -1);
    double end = collections.isEmpty() ? 0 : collections.get(collections.size() - 1).seconds();
    for (Collection each : collections) {
      int tenth = (int) Math.min(ROWS - 1, ROWS * each.seconds() / end);
      least[tenth] = least[tenth] < 0 ? each.bytes() : Math.min(least[tenth], each.bytes());
    }
    return least;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
