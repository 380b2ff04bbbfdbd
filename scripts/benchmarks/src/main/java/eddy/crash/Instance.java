package eddy.crash;

import eddy.cli.Eddy;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One instance of the app: a JVM of its own, with a state directory, through all its lives. */
public final class Instance implements AutoCloseable {
  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(90);
  private static final int END_OF_LOG = 2000;

  private final Path directory;
  private final Path configuration;
  private String classPath = System.getProperty("java.class.path");
  private List<String> flags = List.of();
  private Process process;

  /**
   * An instance that has not been started.
   *
   * @param directory its own
   * @param settings of the app
   */
  public Instance(Path directory, Map<String, String> settings) throws IOException {
    this.directory = Files.createDirectories(directory);
    configuration = directory.resolve("app.properties");
    Properties properties = new Properties();
    properties.putAll(settings);
    properties.put("state.dir", state().toString());
    try (OutputStream out = Files.newOutputStream(configuration)) {
      properties.store(out, null);
    }
    // an interrupted command must not leave it behind
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  /** Takes another build of Eddy from its next life on. */
  public void classPath(String jars) {
    classPath = jars;
  }

  /** Gives its JVM these flags too, from its next life on. */
  public void flags(String... words) {
    flags = List.of(words);
  }

  /** Its state directory, which is there after the first start. */
  public Path state() {
    return directory.resolve("state");
  }

  private Path log() {
    return directory.resolve("app.log");
  }

  public void start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      // agents and properties of this JVM are its own business
      if (flag.startsWith("-X") || flag.startsWith("--")) {
        command.add(flag);
      }
    }
    command.addAll(flags);
    command.addAll(List.of("-Xmx384m", "-cp", classPath));
    command.addAll(List.of(Eddy.class.getName(), "run", "--config", configuration.toString()));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
  }

  /** Ends it as kill -9 does, and waits until it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Deletes the state directory of an instance that is gone. */
  public void deleteState() throws IOException {
    try (Stream<Path> paths = Files.walk(state())) {
      // the folder itself may be where a disk is mounted
      for (Path path : paths.skip(1).sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** Holds it as SIGSTOP does: it knows nothing of the time that passes. */
  public void freeze() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** Lets it go on. */
  public void thaw() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", name, String.valueOf(process.pid()))
            .inheritIO()
            .start()
            .waitFor();
    if (code != 0) {
      throw new IOException("kill " + name + " " + process.pid() + " ended with " + code);
    }
  }

  /** Tells it to end as SIGTERM does, and does not wait. */
  public void askToStop() {
    process.destroy();
  }

  /** Its exit code, once it is gone. */
  public int exitCode() {
    return process.exitValue();
  }

  /** Its process, to look at from outside. */
  public long pid() {
    return process.pid();
  }

  public boolean isRunning() {
    return process != null && process.isAlive();
  }

  /** Ends it as SIGTERM does: it commits. Throws where it fails at that. */
  public void stop() throws InterruptedException, IOException {
    process.destroy();
    if (!process.waitFor(STOPPED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IOException("an instance did not stop:\n" + endOfLog());
    }
    if (process.exitValue() != 0) {
      throw new IOException("an instance ended with " + process.exitValue() + ":\n" + endOfLog());
    }
  }

  /** The end of what it has logged. */
  public String endOfLog() throws IOException {
    String log = Files.readString(log()).strip();
    return log.substring(Math.max(0, log.length() - END_OF_LOG));
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
