package eddy.fuzz;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/**
 * Shows hostile inputs to all parsers: {@code Fuzz [--cases N] [--seed S] [--threads T] [--target
 * NAME] --corpus DIR --findings DIR}. The same arguments give the same cases. Exit code 1 where a
 * parser threw what it must not, took too much heap, or did not come to an end.
 */
public final class Fuzz {
  private static final double MOST_SECONDS = 20;

  private long cases = 10_000_000;
  private long seed = 1;
  private int threads = 2;
  private String only = "";
  private Path corpus;
  private Path findings;
  private final List<Campaign.Finding> found = new ArrayList<>();

  private Fuzz() {}

  public static void main(String[] arguments) throws Exception {
    Fuzz fuzz = new Fuzz();
    if (!fuzz.take(arguments)) {
      System.err.println(
          "usage: fuzz [--cases N] [--seed S] [--threads T] [--target NAME] --corpus DIR"
              + " --findings DIR");
      System.exit(2);
    }
    fuzz.run();
    System.exit(fuzz.found.isEmpty() ? 0 : 1);
  }

  private boolean take(String[] arguments) {
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      String value = arguments[i + 1];
      switch (arguments[i]) {
        case "--cases" -> cases = Long.parseLong(value);
        case "--seed" -> seed = Long.parseLong(value);
        case "--threads" -> threads = Integer.parseInt(value);
        case "--target" -> only = value;
        case "--corpus" -> corpus = Path.of(value);
        case "--findings" -> findings = Path.of(value);
        default -> {
          return false;
        }
      }
    }
    return arguments.length % 2 == 0 && corpus != null && findings != null && threads > 0;
  }

  private void run() throws IOException, InterruptedException {
    List<Target> targets =
        Targets.all().stream().filter(t -> only.isEmpty() || t.name().equals(only)).toList();
    int shares = targets.stream().mapToInt(Target::share).sum();
    System.out.printf(
        Locale.ROOT,
        "%-18s %12s %9s %11s %8s %7s %9s%n",
        "parser",
        "cases",
        "seconds",
        "cases/s",
        "values",
        "answers",
        "findings");
    long all = 0;
    long begin = System.nanoTime();
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("fuzz")
            .setInitialMax(cases)
            .setUpdateIntervalMillis(500)
            .showSpeed()
            .build()) {
      for (Target target : targets) {
        long own = (cases * target.share() / shares + threads - 1) / threads;
        all += run(target, own, all, bar);
      }
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%-18s %,12d %9.1f %,11.0f %26d%n",
        "all",
        all,
        seconds,
        all / seconds,
        found.size());
    for (Campaign.Finding finding : found) {
      tell(finding);
    }
  }

  private long run(Target target, long casesEach, long before, ProgressBar bar)
      throws IOException, InterruptedException {
    List<Campaign> campaigns = new ArrayList<>();
    List<Thread> running = new ArrayList<>();
    long begin = System.nanoTime();
    for (int t = 0; t < threads; t++) {
      Campaign campaign = new Campaign(target, Corpus.of(corpus, target.name()));
      long own = 31 * seed + t;
      Thread thread = new Thread(() -> campaign.run(own, casesEach), target.name() + "-" + t);
      thread.setDaemon(true);
      campaigns.add(campaign);
      running.add(thread);
      thread.start();
    }
    long[] doneThen = new long[threads];
    long[] nanosThen = new long[threads];
    while (running.stream().anyMatch(Thread::isAlive)) {
      Thread.sleep(50);
      bar.stepTo(before + done(campaigns));
      for (int t = 0; t < threads; t++) {
        // by its processor's time: on a busy machine any case may wait long
        long nanos = ManagementFactory.getThreadMXBean().getThreadCpuTime(running.get(t).getId());
        long done = campaigns.get(t).done();
        if (done != doneThen[t]) {
          doneThen[t] = done;
          nanosThen[t] = nanos;
        } else if (nanos - nanosThen[t] > MOST_SECONDS * 1e9) {
          hung(campaigns.get(t));
        }
      }
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    long done = done(campaigns);
    Set<Integer> shapes = new HashSet<>();
    campaigns.forEach(campaign -> shapes.addAll(campaign.shapes()));
    Set<String> faults = new HashSet<>();
    int foundBefore = found.size();
    for (Campaign campaign : campaigns) {
      campaign.findings().stream().filter(f -> faults.add(f.what())).forEach(found::add);
    }
    System.out.printf(
        Locale.ROOT,
        "%-18s %,12d %9.1f %,11.0f %7.1f%% %7d %9d%n",
        target.name(),
        done,
        seconds,
        done / seconds,
        100.0 * campaigns.stream().mapToLong(Campaign::values).sum() / done,
        shapes.size(),
        found.size() - foundBefore);
    return done;
  }

  private static long done(List<Campaign> campaigns) {
    return campaigns.stream().mapToLong(Campaign::done).sum();
  }

  private void hung(Campaign campaign) throws IOException {
    byte[] input = campaign.current();
    if (input != null) {
      Path file = write(campaign.target().name(), input);
      System.err.printf(
          "%s: no answer within %.0f s; the input is in %s%n",
          campaign.target().name(), MOST_SECONDS, file);
      Runtime.getRuntime().halt(1);
    }
  }

  private void tell(Campaign.Finding finding) throws IOException {
    Path file = write(finding.target(), finding.input());
    StringWriter trace = new StringWriter();
    finding.thrown().printStackTrace(new PrintWriter(trace));
    System.out.printf(
        "%n%s: %s%n%s%n",
        finding.target(),
        file,
        trace.toString().lines().limit(12).reduce("", (a, b) -> a + "  " + b + "\n"));
  }

  /** In the form of the corpus: a file that is mended can be moved there. */
  private Path write(String target, byte[] input) throws IOException {
    Path folder = Files.createDirectories(findings.resolve(target));
    int hash = java.util.Arrays.hashCode(input);
    return Files.write(folder.resolve(HexFormat.of().toHexDigits(hash)), input);
  }
}
