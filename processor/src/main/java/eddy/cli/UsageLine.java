package eddy.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what is wrong with the words of a command: one line, where to read on, exit code 2. */
final class UsageLine implements IParameterExceptionHandler {
  private static final String PICOCLI_PREFIX = "Error: ";

  private final Paint paint;

  UsageLine(Paint paint) {
    this.paint = paint;
  }

  @Override
  public int handleParseException(ParameterException thrown, String[] arguments) {
    CommandLine command = thrown.getCommandLine();
    PrintWriter error = command.getErr();
    String message = String.valueOf(thrown.getMessage());
    error.println(
        paint.failure("eddy:")
            + " "
            + (message.startsWith(PICOCLI_PREFIX)
                ? message.substring(PICOCLI_PREFIX.length())
                : message)
            + suggestion(thrown)
            + "; see "
            + command.getCommandSpec().qualifiedName()
            + " --help");
    error.flush();
    return CommandLine.ExitCode.USAGE;
  }

  private static String suggestion(ParameterException thrown) {
    if (thrown instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        return ", did you mean " + suggestions.get(0) + "?";
      }
    }
    return "";
  }
}
