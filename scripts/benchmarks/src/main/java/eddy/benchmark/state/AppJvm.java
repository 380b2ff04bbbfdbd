package eddy.benchmark.state;

import eddy.cli.Eddy;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The app in a JVM of its own, which can be killed and looked at. Closing it ends it. */
public final class AppJvm implements AutoCloseable {
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern AFTER_COLLECTION = Pattern.compile("->(\\d+)M\\(");

  private final Process process;
  private final Path directory;

  private AppJvm(Process process, Path directory) {
    this.process = process;
    this.directory = directory;
  }

  /**
   * Starts the app.
   *
   * @param directory where its configuration, state and logs go
   * @param heap of its JVM, such as 512m
   * @param flags of its JVM beside those of this one
   */
  public static AppJvm start(
      Path directory, Map<String, String> configuration, String heap, String... flags)
      throws IOException {
    Files.createDirectories(directory);
    Properties properties = new Properties();
    properties.putAll(configuration);
    properties.put("state.dir", directory.resolve("state").toString());
    Path file = directory.resolve("app.properties");
    try (OutputStream out = Files.newOutputStream(file)) {
      properties.store(out, null);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (flag.startsWith("-XX") || flag.startsWith("--")) {
        command.add(flag);
      }
    }
    command.add("-Xmx" + heap);
    command.addAll(List.of(flags));
    command.add("-Xlog:gc:file=" + directory.resolve("gc.log"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Eddy.class.getName()));
    command.addAll(List.of("run", "--config", file.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("app.log").toFile()))
            .start();
    // an interrupted command must not leave it behind
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new AppJvm(process, directory);
  }

  /** Throws IOException with the end of its log where the app has ended by itself. */
  public void requireAlive() throws IOException {
    if (!process.isAlive()) {
      String log = Files.readString(directory.resolve("app.log")).strip();
      throw new IOException("the app ended: " + log.substring(Math.max(0, log.length() - 2000)));
    }
  }

  /** Its process, to look at from outside. */
  public long pid() {
    return process.pid();
  }

  /** Bytes of memory that the system has given it, 0 where the system does not say. */
  public long residentBytes() throws IOException {
    Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
    if (!Files.exists(status)) {
      return 0;
    }
    Matcher resident = RESIDENT.matcher(Files.readString(status));
    return resident.find() ? Long.parseLong(resident.group(1)) * 1024 : 0;
  }

  /** Bytes on the heap after the newest collection, 0 before the first. */
  long heapBytes() throws IOException {
    Path log = directory.resolve("gc.log");
    if (!Files.exists(log)) {
      return 0;
    }
    long megabytes = 0;
    Matcher collection = AFTER_COLLECTION.matcher(Files.readString(log));
    while (collection.find()) {
      megabytes = Long.parseLong(collection.group(1));
    }
    return megabytes << 20;
  }

  /** Ends it as kill -9 does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Ends it in order, or within a minute by force. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
