package eddy.benchmark.task;

import com.fasterxml.jackson.databind.ObjectMapper;
import eddy.benchmark.Machine;
import eddy.benchmark.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The learning tasks, in one pass over a few seeds each, beside what is known of them. Exit codes:
 * 0 every bar reached, 1 some not, 2 wrong use.
 */
@Command(
    name = "tasks",
    description = {
      "Learns the tasks that tell gradient estimators apart, each with the default",
      "configuration, and prints the mean over seeds beside the bar and what others",
      "reached."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
public final class Tasks implements Callable<Integer> {
  static final List<Task> ALL =
      List.of(
          new AddTask(), new TraceConditioningTask(), new MackeyGlassTask(), new CountingTask());

  @Spec private CommandSpec specification;

  @Option(
      names = "--task",
      paramLabel = "NAME",
      description = "Only this task: add, trace, mackey-glass or counting. May be repeated.")
  private List<String> names = List.of();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Runs with the seeds 1 to N (default: ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "Events of each run; the bars hold for the task's own number.")
  private Integer events;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the table as JSON too.")
  private Path json;

  /** What a configuration reached. */
  record Result(Task task, Task.Trial trial, double[] values) {
    double mean() {
      return Arrays.stream(values).average().orElse(Double.NaN);
    }

    boolean reached() {
      return trial.side().reached(mean(), trial.bar());
    }

    String verdict() {
      if (trial.side() == Task.Side.ANY) {
        return "";
      }
      return reached() ? "reached" : "MISSED";
    }
  }

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Tasks()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    requireAtLeast("--seeds", seeds, 1);
    if (events != null) {
      requireAtLeast("--events", events, 10);
    }
    Map<String, String> machine = Machine.facts();
    List<Result> results = new ArrayList<>();
    for (Task task : chosen()) {
      for (Task.Trial trial : task.trials()) {
        results.add(measure(task, trial));
      }
    }
    print(machine, results);
    if (json != null) {
      new ObjectMapper()
          .writerWithDefaultPrettyPrinter()
          .writeValue(json.toFile(), data(machine, results));
    }
    return results.stream().allMatch(Result::reached) ? 0 : 1;
  }

  private void requireAtLeast(String option, int value, int bound) {
    if (value < bound) {
      throw new ParameterException(
          specification.commandLine(), option + " must be at least " + bound + " but was " + value);
    }
  }

  private List<Task> chosen() {
    List<String> known = ALL.stream().map(Task::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new ParameterException(
            specification.commandLine(), "unknown task " + name + "; known are " + known);
      }
    }
    return ALL.stream().filter(task -> names.isEmpty() || names.contains(task.name())).toList();
  }

  private Result measure(Task task, Task.Trial trial) {
    double[] values = new double[seeds];
    int length = events == null ? task.events() : events;
    for (int i = 0; i < seeds; i++) {
      long begin = System.nanoTime();
      values[i] = trial.run().measure(i + 1, length);
      specification
          .commandLine()
          .getErr()
          .printf(
              Locale.ROOT,
              "%s, %s, seed %d: %.5f (%.1f s)%n",
              task.name(),
              trial.configuration(),
              i + 1,
              values[i],
              (System.nanoTime() - begin) * 1e-9);
    }
    return new Result(task, trial, values);
  }

  private void print(Map<String, String> machine, List<Result> results) {
    Table table = new Table("task", "configuration", "seeds", "mean", "bar", "");
    for (Result result : results) {
      table.add(
          result.task().name(),
          result.trial().configuration(),
          String.join(" ", Arrays.stream(result.values()).mapToObj(Tasks::number).toList()),
          number(result.mean()),
          bar(result.trial()),
          result.verdict());
    }
    var out = specification.commandLine().getOut();
    machine.forEach((name, value) -> out.println(name + ": " + value));
    out.println();
    out.println(table);
    results.stream()
        .map(Result::task)
        .distinct()
        .forEach(
            task ->
                out.println(task.name() + ": " + task.measure() + ". " + task.references() + "."));
    out.flush();
  }

  private static String bar(Task.Trial trial) {
    return trial.side() == Task.Side.ANY ? "-" : trial.side().sign + " " + trial.bar();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static Map<String, Object> data(Map<String, String> machine, List<Result> results) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Result result : results) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("task", result.task().name());
      row.put("configuration", result.trial().configuration());
      row.put("measure", result.task().measure());
      row.put("seeds", result.values());
      row.put("mean", result.mean());
      row.put("side", result.trial().side().sign);
      row.put("bar", Double.isNaN(result.trial().bar()) ? null : result.trial().bar());
      row.put("reached", result.reached());
      row.put("references", result.task().references());
      rows.add(row);
    }
    return Map.of("machine", machine, "rows", rows);
  }
}
