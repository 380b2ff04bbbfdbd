package eddy.docs;

import eddy.docs.Page.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Commands that something else runs.
 *
 * @param command as it stands in a page, or a page of which all is run
 * @param runner the file of the test, script or part of CI that runs it
 * @param proof what stands there
 */
record RunElsewhere(String command, Path runner, String proof) {
  static final String FILE = "processor/src/test/resources/eddy/docs/run-elsewhere.txt";

  static List<RunElsewhere> all() {
    try {
      return Files.readAllLines(Page.ROOT.resolve(FILE)).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(RunElsewhere::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RunElsewhere parse(String line) {
    String[] parts = line.split(" => ", 3);
    if (parts.length != 3) {
      throw new IllegalArgumentException(FILE + ": expected COMMAND => FILE => TEXT: " + line);
    }
    return new RunElsewhere(
        parts[0].strip(), Page.ROOT.resolve(parts[1].strip()), parts[2].strip());
  }

  boolean covers(Command wanted) {
    return command.equals(wanted.text()) || command.equals(wanted.page());
  }

  static Optional<RunElsewhere> of(Command command) {
    return all().stream().filter(each -> each.covers(command)).findFirst();
  }

  /** Whether the file is there and has that text, however its lines are broken. */
  boolean isTrue() {
    try {
      return Files.isRegularFile(runner)
          && Files.readString(runner).replaceAll("\\s+", " ").contains(proof);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
