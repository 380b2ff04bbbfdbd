package eddy.docs;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.docs.Page.Command;
import eddy.docs.Page.Fence;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What a reader does with the pages: keeps files that they show, and types their commands into a
 * shell, in a folder that looks like the project's. Commands that stay are left running. A command
 * that was run before is not run again.
 *
 * <p>{@code scripts/eddy} and Kafka's tools are there with the classes under test; ports are free
 * ones; of the sample there are its first rows.
 */
final class Session implements AutoCloseable {
  /** Beginnings of commands that a session runs. */
  static final List<String> UNDERSTOOD =
      List.of(
          "scripts/eddy ",
          "EDDY_",
          "kafka-",
          "curl ",
          "echo ",
          "export ",
          "cat ",
          "cp ",
          "mkdir ",
          "source ");

  /** Commands that stay until they are told to end. */
  private static final List<String> STAY = List.of("scripts/eddy broker", "scripts/eddy run");

  /** Commands that need the app to be ended. */
  private static final List<String> ALONE = List.of("scripts/eddy run", "scripts/eddy reset");

  private static final Map<String, String> TOOLS =
      Map.of(
          "scripts/eddy", "eddy.cli.Eddy",
          "kafka-topics", "org.apache.kafka.tools.TopicCommand",
          "kafka-console-producer", "org.apache.kafka.tools.ConsoleProducer",
          "kafka-console-consumer", "org.apache.kafka.tools.consumer.ConsoleConsumer",
          "kafka-consumer-groups", "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand");

  /** What of the project is there as it is. */
  private static final List<String> LINKED =
      List.of("scripts/examples", "docker", "docs", "LICENSE");

  private static final String SAMPLE = "processor/src/main/resources/eddy/demo/storms.csv.gz";
  private static final int ROWS = 300;

  /** Of a busy machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Path folder;
  private final int broker = freePort();
  private final int web = freePort();
  private final Map<String, Process> staying = new LinkedHashMap<>();
  private final Set<String> done = new HashSet<>();
  private final List<String> exports = new ArrayList<>();
  private int consoles;

  Session(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("scripts"));
    Files.createDirectories(folder.resolve("tools"));
    for (Map.Entry<String, String> tool : TOOLS.entrySet()) {
      boolean kafka = tool.getKey().startsWith("kafka-");
      String name = kafka ? "tools/" + tool.getKey() + ".sh" : tool.getKey();
      program(folder.resolve(name), tool.getValue());
    }
    for (String name : LINKED) {
      Files.createSymbolicLink(folder.resolve(name), Page.ROOT.resolve(name));
    }
    firstRows(folder.resolve(SAMPLE));
  }

  private void program(Path file, String main) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // what ends soon is not worth compiling well, nor the vector kernels without that
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx384m"));
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (flag.startsWith("--enable-native-access") || flag.startsWith("--sun-misc")) {
        words.add(flag);
      }
    }
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    String line = "exec '" + String.join("' '", words) + "' \"$@\"";
    Files.writeString(file, "#!/usr/bin/env bash\n" + line + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private static void firstRows(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    try (InputStream in = Files.newInputStream(Page.ROOT.resolve(SAMPLE));
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8));
        OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      for (int row = 0; row <= ROWS; row++) {
        out.write((lines.readLine() + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a session knows how to run a command. */
  static boolean runs(Command command) {
    return UNDERSTOOD.stream().anyMatch(command.text()::startsWith);
  }

  /** The name of the file that a fence shows: its first line is a remark with it. */
  static Optional<String> file(Fence fence) {
    return fence.body().stream()
        .findFirst()
        .filter(line -> line.matches("# [\\w-]+\\.(properties|csv|json)"))
        .map(line -> line.substring(2));
  }

  /** Does what a page says, in its order; what the list names is left to others. */
  void follow(Page page) throws IOException, InterruptedException {
    exports.clear();
    for (Fence fence : page.fences()) {
      Optional<String> file = file(fence);
      if (file.isPresent()) {
        Files.writeString(folder.resolve(file.get()), here(String.join("\n", fence.body())));
      } else if (fence.language().equals("sh")) {
        for (Command command : page.commands(fence)) {
          if (RunElsewhere.of(command).isEmpty() && done.add(command.text())) {
            run(command);
          }
        }
      }
    }
  }

  /** Addresses as they are here. */
  private String here(String text) {
    return text.replace("localhost:9092", "127.0.0.1:" + broker)
        .replace("localhost:8080", "127.0.0.1:" + web)
        .replace("eddy.web.port=8080", "eddy.web.port=" + web)
        .replaceAll("^scripts/eddy broker", "scripts/eddy broker --port " + broker);
  }

  private void run(Command command) throws IOException, InterruptedException {
    String text = command.text();
    if (text.startsWith("export ")) {
      exports.add(here(text));
      return;
    }
    if (ALONE.stream().anyMatch(text::startsWith)) {
      end("scripts/eddy run");
    }
    boolean stays = STAY.stream().anyMatch(text::startsWith);
    Path console = folder.resolve("console-" + ++consoles + ".txt");
    ProcessBuilder shell =
        new ProcessBuilder(
            "bash",
            "-c",
            "set -euo pipefail\n"
                + String.join("\n", exports)
                + "\n"
                + (stays ? "exec " : "")
                + here(text));
    shell.directory(folder.toFile());
    shell.environment().merge("PATH", "", (path, none) -> folder.resolve("tools") + ":" + path);
    shell.environment().put("EDDY_WARMUP_MS", "0");
    shell.environment().put("EDDY_WEB_PORT", Integer.toString(web));
    shell.redirectErrorStream(true).redirectOutput(console.toFile());
    shell.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    Process process = shell.start();
    if (stays) {
      staying.put(text, process);
      BooleanSupplier ready =
          text.startsWith("scripts/eddy broker") ? () -> said(console) : this::ready;
      await(command, process, console, ready);
    } else {
      boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      assertThat(ended).as("%s ends%n%s", command, text(console)).isTrue();
      assertThat(process.exitValue()).as("%s%n%s", command, text(console)).isZero();
      if (text.startsWith("scripts/eddy ")) {
        assertThat(text(console)).as(command.toString()).isNotBlank();
      }
    }
  }

  private void await(Command command, Process process, Path console, BooleanSupplier ready)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!ready.getAsBoolean()) {
      assertThat(process.isAlive()).as("%s stays%n%s", command, text(console)).isTrue();
      assertThat(System.nanoTime())
          .as("%s is ready%n%s", command, text(console))
          .isLessThan(deadline);
      Thread.sleep(50);
    }
  }

  private static boolean said(Path console) {
    return text(console).contains("Kafka at ");
  }

  /** Whether the app has its partitions. */
  private boolean ready() {
    try {
      URI uri = URI.create("http://127.0.0.1:" + web + "/health/ready");
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      return connection.getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static String text(Path console) {
    try {
      return Files.readString(console);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends what was started by a command and stays, as Ctrl-C does; it is to end well. */
  private void end(String beginning) throws InterruptedException {
    for (Map.Entry<String, Process> each : List.copyOf(staying.entrySet())) {
      if (each.getKey().startsWith(beginning)) {
        staying.remove(each.getKey());
        each.getValue().destroy();
        assertThat(each.getValue().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
            .as("%s ends when told to", each.getKey())
            .isTrue();
        assertThat(each.getValue().exitValue()).as(each.getKey()).isZero();
      }
    }
  }

  /** Ends all that stays, the app before its broker. */
  void end() throws InterruptedException {
    end("scripts/eddy run");
    end("scripts/eddy broker");
  }

  @Override
  public void close() throws IOException {
    staying.values().forEach(Process::destroyForcibly);
    for (String name : LINKED) {
      Files.delete(folder.resolve(name));
    }
  }
}
