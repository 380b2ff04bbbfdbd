package eddy.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import eddy.stream.AppTraces;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Removes what an app has learned, or what it keeps of one key. */
@Command(
    name = "reset",
    description = {
      "Removes what an application.id has learned: its changelogs, ledger and weights topic, the"
          + " offsets of its group, its state directory on this machine. The next start reads the"
          + " input from where auto.offset.reset says, and learns anew; a changed configuration is"
          + " accepted then. Input, predictions and dead letters stay as they are.",
      "Refuses while instances are running. Other machines keep state directories of their own:"
          + " delete these too.",
      "With --key only that key's state is removed, by a command to the running app: see"
          + " eddy.control.topic."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  eddy reset --config app.properties --dry-run",
      "  eddy reset --config app.properties --yes",
      "  eddy reset --config app.properties --key storm-17"
    },
    mixinStandardHelpOptions = true)
final class ResetCommand implements Callable<Integer> {
  @Spec private CommandSpec specification;

  @Mixin private ConfigurationOption configuration;

  @Option(names = "--dry-run", description = "Say what would be removed, and remove nothing.")
  private boolean dryRun;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "Reset this key alone, at its place in the ledger.")
  private String key;

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ClientLog.errorsOnly();
    EddyConfig config = configuration.load();
    try (AppTraces traces = AppTraces.of(config)) {
      return key == null ? reset(traces) : resetKey(config, traces);
    }
  }

  private int resetKey(EddyConfig config, AppTraces traces)
      throws IOException, InterruptedException {
    if (config.controlTopic() == null) {
      throw new ConfigurationException(
          "--key: a key is reset by a command, but eddy.control.topic is not set; a record of the"
              + " key without a value in the input topic deletes it too");
    }
    ObjectNode command = new ObjectMapper().createObjectNode();
    command.put("command", "reset-key").put("key", key);
    if (!dryRun) {
      traces.send(command.toString().getBytes(StandardCharsets.UTF_8));
    }
    ObjectNode report = new ObjectMapper().createObjectNode().put("sent", !dryRun);
    report.set("command", command);
    json.tell(() -> report, () -> (dryRun ? "would send: " : "sent: ") + command);
    return CommandLine.ExitCode.OK;
  }

  private int reset(AppTraces traces) throws IOException, InterruptedException {
    int instances = traces.instances();
    if (instances > 0) {
      throw new ConfigurationException(
          "application.id: "
              + instances
              + " members of its group are running, or died within session.timeout.ms; stop them"
              + " first");
    }
    List<String> topics = traces.topics();
    boolean folder = Files.isDirectory(traces.stateDirectory());
    boolean offsets = traces.hasOffsets();
    boolean nothing = topics.isEmpty() && !folder && !offsets;
    boolean done = !nothing && !dryRun && (yes || agreed(topics, offsets, folder, traces));
    if (done) {
      traces.remove();
    }
    tell(topics, offsets, folder, traces, done);
    return nothing || done || dryRun ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private boolean agreed(List<String> topics, boolean offsets, boolean folder, AppTraces traces)
      throws IOException {
    PrintWriter error = specification.commandLine().getErr();
    lines(topics, offsets, folder, traces).forEach(error::println);
    error.print("Remove all of this? It cannot be undone. [y/N] ");
    error.flush();
    String answer =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    return answer != null && answer.strip().equalsIgnoreCase("y");
  }

  private static List<String> lines(
      List<String> topics, boolean offsets, boolean folder, AppTraces traces) {
    List<String> lines = new ArrayList<>();
    topics.forEach(topic -> lines.add("  topic " + topic));
    if (offsets) {
      lines.add("  offsets of the group");
    }
    if (folder) {
      lines.add("  folder " + traces.stateDirectory());
    }
    return lines;
  }

  private void tell(
      List<String> topics, boolean offsets, boolean folder, AppTraces traces, boolean done) {
    List<String> lines = lines(topics, offsets, folder, traces);
    String head =
        lines.isEmpty()
            ? "nothing to remove"
            : done ? "removed:" : dryRun ? "would be removed:" : "nothing was removed of:";
    ObjectNode report = new ObjectMapper().createObjectNode().put("removed", done);
    topics.forEach(report.putArray("topics")::add);
    report.put("offsets", offsets);
    report.put("folder", folder ? traces.stateDirectory().toString() : null);
    json.tell(() -> report, () -> head + "\n" + String.join("\n", lines));
  }
}
