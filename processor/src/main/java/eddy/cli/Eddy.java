package eddy.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The root command. Exit codes: 0 done, 1 failed while running, 2 wrong use or configuration, 3
 * verification found a difference.
 */
@Command(
    name = "eddy",
    description = "Recurrent networks that learn from every event, inside Kafka Streams.",
    mixinStandardHelpOptions = true,
    versionProvider = Eddy.Version.class,
    subcommands = {
      DemoCommand.class,
      BrokerCommand.class,
      RunCommand.class,
      ReplayCommand.class,
      FeedCommand.class,
      GenerateCommand.class,
      PlanCommand.class,
      InspectCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      ResetCommand.class,
      VersionCommand.class,
      CompletionCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  eddy demo --open",
      "  eddy replay --config app.properties --csv events.csv --key device --output out",
      "  eddy run --config app.properties",
      "",
      "Every command has examples of its own: eddy replay --help. Reports go to standard output and"
          + " all else to standard error; with --json a report is one JSON document. Colours are"
          + " left out where no terminal shows them, and with NO_COLOR=1."
    })
public final class Eddy implements Callable<Integer> {
  private static final Set<String> VERIFYING = Set.of("eddy", "replay");

  @Spec private CommandSpec specification;

  public static void main(String[] arguments) {
    // Before the first logger exists; a configuration that the user names goes first.
    if (System.getProperty("log4j2.configurationFile") == null) {
      System.setProperty("log4j2.configurationFile", "classpath:eddy/cli/logging.xml");
    }
    System.exit(commandLine().execute(arguments));
  }

  /** All commands, with the exit codes and error lines that they share. */
  static CommandLine commandLine() {
    Paint error = new Paint(Terminal.ERROR.isColoured());
    CommandLine all = new CommandLine(new Eddy());
    tellExitCodes(all);
    Ansi ansi = Terminal.OUT.isColoured() ? Ansi.ON : Ansi.OFF;
    return all.setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
        .setExecutionExceptionHandler(new FailureLine(error))
        .setParameterExceptionHandler(new UsageLine(error));
  }

  private static void tellExitCodes(CommandLine command) {
    command.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n");
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put("0", "Done.");
    codes.put("1", "Failed while running, such as a broker that went away.");
    codes.put("2", "Wrong use or configuration, or no broker answers: nothing was done.");
    if (VERIFYING.contains(command.getCommandName())) {
      codes.put("3", "--verify has found a difference.");
    }
    command.getCommandSpec().usageMessage().exitCodeList(codes);
    command.getSubcommands().values().forEach(Eddy::tellExitCodes);
  }

  /** Without a command there is nothing to do: prints the usage, wrong use. */
  @Override
  public Integer call() {
    CommandLine command = specification.commandLine();
    command.usage(command.getErr());
    return CommandLine.ExitCode.USAGE;
  }

  /** The version in the jar's manifest; classes outside a jar have none. */
  static final class Version implements IVersionProvider {
    static final String TEXT =
        Objects.requireNonNullElse(
            Eddy.class.getPackage().getImplementationVersion(), "(not packaged)");

    @Override
    public String[] getVersion() {
      return new String[] {"eddy " + TEXT};
    }
  }
}
