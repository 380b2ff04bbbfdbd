package eddy.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
      RunCommand.class,
      ReplayCommand.class,
      FeedCommand.class,
      GenerateCommand.class,
      PlanCommand.class,
      InspectCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      ResetCommand.class
    },
    synopsisSubcommandLabel = "COMMAND")
public final class Eddy implements Callable<Integer> {
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
    return new CommandLine(new Eddy())
        .setExecutionExceptionHandler(new FailureLine())
        .setParameterExceptionHandler(new UsageLine());
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
    @Override
    public String[] getVersion() {
      String version = Eddy.class.getPackage().getImplementationVersion();
      return new String[] {"eddy " + (version == null ? "(not packaged)" : version)};
    }
  }
}
