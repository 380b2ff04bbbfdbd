package eddy.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A program that prints one result and ends. */
public final class ChildJvm {
  private ChildJvm() {}

  /** Runs a main class with the flags of this JVM. */
  public static String run(Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(Arrays.asList(arguments));
    return run(command);
  }

  /**
   * Runs a command.
   *
   * @return what it printed
   * @throws IOException where it could not be started or failed, with its errors
   */
  static String run(List<String> command) throws IOException, InterruptedException {
    Path errors = Files.createTempFile("eddy-bench", ".err");
    try {
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        String last = Files.readString(errors).strip();
        throw new IOException(String.join(" ", command) + " ended with " + status + ":\n" + last);
      }
      return out;
    } finally {
      Files.delete(errors);
    }
  }
}
