package eddy.cli;

import eddy.config.ConfigurationException;
import eddy.replay.ReplayException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Tells what a command has thrown: one line for each problem of the configuration and exit code 2;
 * one line and exit code 1 where the world outside failed; for anything else, which is a fault of
 * Eddy's own, the stack trace too.
 */
final class FailureLine implements IExecutionExceptionHandler {
  private final Paint paint;

  FailureLine(Paint paint) {
    this.paint = paint;
  }

  @Override
  public int handleExecutionException(
      Exception thrown, CommandLine command, ParseResult arguments) {
    PrintWriter error = command.getErr();
    String eddy = paint.failure("eddy:") + " ";
    if (thrown instanceof ConfigurationException wrong) {
      wrong.problems().forEach(problem -> error.println(eddy + problem));
      return CommandLine.ExitCode.USAGE;
    }
    if (thrown instanceof IOException
        || thrown instanceof UncheckedIOException
        || thrown instanceof KafkaException
        || thrown instanceof ReplayException) {
      error.println(eddy + line(thrown));
      return CommandLine.ExitCode.SOFTWARE;
    }
    error.println(eddy + thrown);
    thrown.printStackTrace(error);
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** Tells a failure that was not thrown. */
  static void say(CommandLine command, String line) {
    String eddy = new Paint(Terminal.ERROR.isColoured()).failure("eddy:");
    command.getErr().println(eddy + " " + line);
    command.getErr().flush();
  }

  private static String line(Exception thrown) {
    Throwable cause = thrown instanceof UncheckedIOException ? thrown.getCause() : thrown;
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.toString());
  }
}
