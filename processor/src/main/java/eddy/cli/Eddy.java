package eddy.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The root command. Exit codes: 0 done, 1 failed while running, 2 wrong use or configuration, 3
 * verification found a difference.
 */
@Command(
    name = "eddy",
    description = "Recurrent networks that learn from every event, inside Kafka Streams.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class Eddy {
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Eddy()).execute(arguments));
  }
}
