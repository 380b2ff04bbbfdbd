package eddy.testing;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Apicurio's schema registry, kept in memory, in a JVM of its own. Closing ends it. */
public final class Registry implements AutoCloseable {
  private static final Path UNPACKED = Path.of("target", "registry");
  private static final Duration PATIENCE = Duration.ofSeconds(180);

  private final Process process;
  private final int port;

  private Registry(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one; it does not answer yet.
   *
   * @param port 0 for a free one
   */
  public static Registry start(int port, Path console) throws IOException {
    int own = port == 0 ? freePort() : port;
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Dquarkus.http.host=127.0.0.1",
                    "-Dquarkus.http.port=" + own,
                    "-jar",
                    program().toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()))
            .start();
    return new Registry(process, own);
  }

  private static Path program() throws IOException {
    if (Files.isDirectory(UNPACKED)) {
      try (Stream<Path> files = Files.list(UNPACKED)) {
        return files
            .filter(file -> file.toString().endsWith("-runner.jar"))
            .findFirst()
            .orElseThrow();
      }
    }
    return fail("there is no " + UNPACKED + ", which mvn verify unpacks");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public int port() {
    return port;
  }

  /** Where its clients ask. */
  public String url() {
    return "http://127.0.0.1:" + port + "/apis/registry/v2";
  }

  /** Waits until it answers. */
  public Registry awaitAnswers() throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/system/info")).build();
    HttpClient client = HttpClient.newHttpClient();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return this;
        }
      } catch (IOException e) {
        // not yet
      }
      if (!process.isAlive()) {
        return fail("the registry ended with exit code " + process.exitValue());
      }
      Thread.sleep(100);
    }
    return fail("the registry did not answer in " + PATIENCE);
  }

  @Override
  public void close() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
