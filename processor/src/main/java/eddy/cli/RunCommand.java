package eddy.cli;

import eddy.stream.EddyApp;
import eddy.web.Web;
import eddy.web.WebServer;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the stream app until it is told to end, or fails. */
@Command(
    name = "run",
    description = "Runs the stream app until Ctrl-C or SIGTERM, which commit and end it.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  eddy run --config app.properties",
      "  With another cell, and its dashboard at http://127.0.0.1:8080/:",
      "    EDDY_CELL=lstm EDDY_WEB_PORT=8080 eddy run --config app.properties"
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec specification;

  @Mixin private ConfigurationOption configuration;

  @Override
  public Integer call() {
    EndSignals signals = EndSignals.watch(Thread.currentThread()::interrupt);
    try (EddyApp app = EddyApp.of(configuration.load());
        WebServer web = Web.serve(app)) {
      if (web != null) {
        specification.commandLine().getOut().println("Dashboard at " + web.address());
        specification.commandLine().getOut().flush();
      }
      app.start();
      signals.requireUntold();
      app.awaitEnd();
      return app.failureLine().map(line -> failed(app, line)).orElse(CommandLine.ExitCode.OK);
    } catch (InterruptedException e) {
      // told to end; closing the app commits what was learned
      return CommandLine.ExitCode.OK;
    } finally {
      signals.close();
    }
  }

  private int failed(EddyApp app, String line) {
    FailureLine.say(specification.commandLine(), line);
    return app.isMisconfigured() ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
  }
}
