package eddy.cli;

import eddy.config.ConfigurationException;
import eddy.demo.Demo;
import eddy.demo.DemoException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows a broker, an app and a stream of storms, all in this process. */
@Command(
    name = "demo",
    description = {
      "Starts a Kafka broker and the app with its dashboard in this process, feeds 11,840 fixes of"
          + " Atlantic storms, and shows how the forecasts of the next 24 hours get better than"
          + " persistence.",
      "Stays up until Ctrl-C, so that you can consume and produce, and leaves nothing behind."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  To look at, and to consume from and produce to:",
      "    eddy demo",
      "  With its dashboard in a browser:",
      "    eddy demo --open",
      "  As fast as it goes, for the files that replay writes:",
      "    eddy demo --exit --rate 0 --output out",
      "  With another cell:",
      "    EDDY_CELL=lstm eddy demo"
    })
final class DemoCommand implements Callable<Integer> {
  private static final String COMMANDS_LOGGING = "classpath:eddy/cli/logging.xml";
  private static final String LOGGING = "classpath:eddy/demo/logging.xml";

  @Spec private CommandSpec specification;

  @Option(names = "--open", description = "Open the dashboard in a browser.")
  private boolean open;

  @Option(names = "--exit", description = "End when all is scored.")
  private boolean exit;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Write predictions.csv and metrics.json of what was published into DIR.")
  private Path output;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Events fed a second, ${DEFAULT-VALUE} by default; 0 is as fast as it goes.")
  private int perSecond;

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "0",
      description = "Port of the broker on 127.0.0.1; by default a free one.")
  private int port;

  @Override
  public Integer call() throws IOException, InterruptedException {
    quiet();
    Demo demo = new Demo(options(), System.out, Terminal.OUT.canMove());
    EndSignals signals = EndSignals.watch(demo::stop);
    try {
      boolean scored = demo.run();
      return exit && !scored ? failed("ended before all was scored") : CommandLine.ExitCode.OK;
    } catch (FileSystemException e) {
      throw new ConfigurationException(
          e.getFile() + ": cannot be written to: " + FileFailure.reason(e));
    } catch (DemoException e) {
      return failed(e.getMessage());
    } finally {
      signals.close();
    }
  }

  private int failed(String line) {
    FailureLine.say(specification.commandLine(), line);
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** What a run tells of itself would tear the table; a configuration of the user's own stays. */
  private static void quiet() {
    System.getProperties().replace("log4j2.configurationFile", COMMANDS_LOGGING, LOGGING);
  }

  private Demo.Options options() {
    try {
      return new Demo.Options(exit, output, perSecond, port, open);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(specification.commandLine(), e.getMessage(), e);
    }
  }
}
