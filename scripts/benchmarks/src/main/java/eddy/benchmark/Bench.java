package eddy.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import eddy.benchmark.stream.StreamBench;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Speed in ratios. Exit codes: 0 no bar missed, 1 some missed or a failure, 2 wrong use. */
@Command(
    name = "bench",
    description = {
      "Measures products against the peak of the core and EJML, and one learning",
      "event of every cell and estimator, each in a JVM of its own. All ratios are of",
      "one run.",
      "",
      "An event is the product's whole event: standardisation, step, prediction,",
      "gradient, clip, Adam. Beside it stands the bare event of the estimator on",
      "inputs that stand ready.",
      ""
    },
    footer = {
      "",
      "Median, mean and p99.9 are those of the best batch, the mean in time that the",
      "thread ran: other work on the machine only adds. What has a bar is measured",
      "three times, PyTorch too, and the best of each counts. 'slowest position' is the",
      "largest median at one position of a block of RTRL over the median of all. '*'",
      "marks a row that never became steady: two batches without allocation whose",
      "medians agree within 3 %%."
    },
    subcommands = StreamBench.class,
    sortOptions = false,
    mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {
  /**
   * What has a bar is measured so often, minutes apart: whoever shares the core, or its caches,
   * from outside of this machine comes and goes within seconds.
   */
  private static final int ROUNDS = 3;

  @Spec private CommandSpec specification;

  @Option(
      names = "--peers",
      description = "Runs PyTorch at the same work, before, in between and after.")
  private boolean peers;

  @Option(
      names = "--quick",
      description = "Shorter, and only what has a bar unless --rows says more.")
  private boolean quick;

  @Option(
      names = "--rows",
      paramLabel = "REGEX",
      description = "Only learners whose row matches, such as lstm/rtrl/U=32/I=16/single/number.")
  private String rows;

  @Option(names = "--no-kernels", description = "Leaves the products out.")
  private boolean noKernels;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the tables as JSON too.")
  private Path json;

  public static void main(String[] arguments) {
    CommandLine command = new CommandLine(new Bench());
    command.setExecutionExceptionHandler(
        (failure, line, parsed) -> {
          line.getErr().println("bench: " + failure.getMessage());
          return CommandLine.ExitCode.SOFTWARE;
        });
    command.setCaseInsensitiveEnumValuesAllowed(true);
    System.exit(command.execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<String, String> machine = Machine.facts();
    List<EventRow> chosen = chosen();
    Peer peer = null;
    List<Kernel> kernels = List.of();
    Map<EventRow, EventProcess.Result> events = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      peer = peers ? peer(peer) : null;
      kernels = noKernels ? kernels : kernels(kernels);
      for (EventRow row : chosen) {
        if (round == 0 || EventRow.withBars().contains(row)) {
          events.merge(row, measure(row), EventProcess.Result::faster);
        }
      }
    }
    peer = peers ? peer(peer) : null;
    Report report = new Report(kernels, List.copyOf(events.values()), peer);
    print(machine, report);
    if (json != null) {
      new ObjectMapper()
          .writerWithDefaultPrettyPrinter()
          .writeValue(json.toFile(), report.data(machine));
    }
    return report.bars().stream().anyMatch(Bar::missed) ? 1 : 0;
  }

  private List<EventRow> chosen() {
    if (rows == null) {
      return quick ? EventRow.withBars() : EventRow.all();
    }
    try {
      Pattern pattern = Pattern.compile(rows);
      return EventRow.all().stream().filter(row -> pattern.matcher(row.toString()).find()).toList();
    } catch (PatternSyntaxException e) {
      throw new ParameterException(
          specification.commandLine(), "--rows: " + e.getDescription() + ": " + rows);
    }
  }

  /** PyTorch's times; the faster of these and those before, which may be null. */
  private Peer peer(Peer before) throws IOException, InterruptedException {
    say("PyTorch");
    Path script = Path.of(System.getProperty("eddy.peer", "scripts/benchmarks/peer.py"));
    Peer now = Peer.measure(script, quick);
    return before == null ? now : before.faster(now);
  }

  /** All products, then the faster of those before and of now for what has a bar. */
  private List<Kernel> kernels(List<Kernel> before) {
    say("products");
    if (before.isEmpty()) {
      return Kernel.measure(quick, Kernel.SIZES);
    }
    Kernel now = Kernel.measure(quick, List.of(Report.UNITS)).get(0);
    return before.stream().map(kernel -> kernel.faster(now)).toList();
  }

  private EventProcess.Result measure(EventRow row) throws IOException, InterruptedException {
    say(row.toString());
    String effort = quick ? "quick" : "full";
    String answer = ChildJvm.run(EventProcess.class, row.toString(), effort);
    return new ObjectMapper().readValue(answer, EventProcess.Result.class);
  }

  private void say(String what) {
    specification.commandLine().getErr().println("measuring " + what);
    specification.commandLine().getErr().flush();
  }

  private void print(Map<String, String> machine, Report report) {
    PrintWriter out = specification.commandLine().getOut();
    machine.forEach((name, value) -> out.println(name + ": " + value));
    out.println();
    out.println(report);
    out.flush();
  }
}
