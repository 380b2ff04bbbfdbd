package eddy.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what is wrong with the words of a command: one line, where to read on, exit code 2. */
final class UsageLine implements IParameterExceptionHandler {
  private static final String PICOCLI_PREFIX = "Error: ";

  private static final Pattern NO_WHOLE_NUMBER =
      Pattern.compile("('[^']*') is not an? (int|long)$");
  private static final Pattern NO_NUMBER = Pattern.compile("('[^']*') is not a double$");

  private final Paint paint;

  UsageLine(Paint paint) {
    this.paint = paint;
  }

  @Override
  public int handleParseException(ParameterException thrown, String[] arguments) {
    CommandLine command = thrown.getCommandLine();
    PrintWriter error = command.getErr();
    String message = plain(String.valueOf(thrown.getMessage()));
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

  /** Without names of Java's types. */
  private static String plain(String message) {
    String whole = NO_WHOLE_NUMBER.matcher(message).replaceFirst("expected a whole number, got $1");
    return NO_NUMBER.matcher(whole).replaceFirst("expected a number, got $1");
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
