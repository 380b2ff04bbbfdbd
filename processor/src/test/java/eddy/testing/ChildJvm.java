package eddy.testing;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A main class in a JVM of its own, with this JVM's Java, flags and class path, so that a test can
 * kill it. Its console goes to a file; closing kills it.
 */
public final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final Path console;

  private ChildJvm(Process process, Path console) {
    this.process = process;
    this.console = console;
  }

  /**
   * Starts a main class.
   *
   * @param console where its output goes; appended to, so that one file may serve several lives
   */
  public static ChildJvm start(Class<?> main, Path console, String... arguments)
      throws IOException {
    return start(Map.of(), main, console, arguments);
  }

  /**
   * Starts a main class.
   *
   * @param properties system properties of the child
   * @param console where its output goes; appended to, so that one file may serve several lives
   */
  public static ChildJvm start(
      Map<String, String> properties, Class<?> main, Path console, String... arguments)
      throws IOException {
    List<String> flags =
        properties.entrySet().stream().map(p -> "-D" + p.getKey() + "=" + p.getValue()).toList();
    return start(flags, main, console, arguments);
  }

  /** Starts a main class that ends before it would be worth compiling well. */
  public static ChildJvm startBrief(Class<?> main, Path console, String... arguments)
      throws IOException {
    return start(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), main, console, arguments);
  }

  private static ChildJvm start(
      List<String> flags, Class<?> main, Path console, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      // The test runner's agents and properties are its own business.
      if (flag.startsWith("-X") || flag.startsWith("--")) {
        command.add(flag);
      }
    }
    command.add("-Xmx512m");
    command.addAll(flags);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()))
            .start();
    return new ChildJvm(process, console);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it as kill -9 does, and waits until it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /**
   * Ends it as SIGTERM does.
   *
   * @return its exit code
   * @throws IllegalStateException when it has not ended in time; it is killed then
   */
  public int stop(Duration within) throws InterruptedException, IOException {
    process.destroy();
    return awaitExit(within);
  }

  /**
   * Waits for its end.
   *
   * @return its exit code
   * @throws IllegalStateException when it has not ended in time; it is killed then
   */
  public int awaitExit(Duration within) throws InterruptedException, IOException {
    if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
      throw new IllegalStateException("The child did not end in " + within + ":\n" + output());
    }
    return process.exitValue();
  }

  /** What it has written to its console so far, in all of its lives. */
  public String output() throws IOException {
    return Files.readString(console);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
