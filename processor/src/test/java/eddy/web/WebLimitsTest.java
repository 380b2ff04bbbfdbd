package eddy.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import eddy.stream.EddyApp;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server lets in, over HTTP; of an app that has not been started and needs no broker. */
class WebLimitsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final AtomicLong nanos = new AtomicLong();

  @TempDir Path directory;

  private EddyApp app(String... settings) {
    Map<String, String> properties = new HashMap<>();
    properties.put("application.id", "limits");
    properties.put("bootstrap.servers", "127.0.0.1:1");
    properties.put("state.dir", directory.toString());
    properties.put("eddy.input.topic", "in");
    properties.put("eddy.output.topic", "out");
    properties.put("eddy.dead.letter.topic", "dead");
    properties.put("eddy.features", "x");
    properties.put("eddy.targets", "x@+1");
    properties.put("eddy.units", "4");
    properties.put("eddy.web.port", "0");
    for (int i = 0; i < settings.length; i += 2) {
      properties.put(settings[i], settings[i + 1]);
    }
    return EddyApp.of(EddyConfig.of(properties));
  }

  private WebServer serve(EddyApp app) {
    return WebServer.start(app, app.config().web().orElseThrow(), nanos::get);
  }

  private static HttpResponse<String> get(WebServer web, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + web.port() + path);
    return CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void rate_moreThanTwiceAsManyAtOnce_areRefusedUntilTimePasses() throws Exception {
    try (EddyApp app = app("eddy.web.rate", "3");
        WebServer web = serve(app)) {
      for (int i = 0; i < 6; i++) {
        assertThat(get(web, "/v1/overview").statusCode()).as("request %d", i).isEqualTo(200);
      }
      for (String path : List.of("/v1/overview", "/", "/metrics", "/nothing")) {
        HttpResponse<String> refused = get(web, path);
        assertThat(refused.statusCode()).as(path).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(refused.body()).contains("more than eddy.web.rate=3 requests a second");
      }

      nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));

      for (int i = 0; i < 3; i++) {
        assertThat(get(web, "/v1/overview").statusCode())
            .as("a second later, %d", i)
            .isEqualTo(200);
      }
      assertThat(get(web, "/v1/overview").statusCode()).isEqualTo(429);
    }
  }

  @Test
  void rate_ofZero_isNone() throws Exception {
    try (EddyApp app = app("eddy.web.rate", "0");
        WebServer web = serve(app)) {
      for (int i = 0; i < 50; i++) {
        assertThat(get(web, "/health/live").statusCode()).isEqualTo(200);
      }
    }
  }

  /** One who listens to the live overview, with a connection of its own. */
  private static final class Listener implements Closeable {
    final Socket socket;
    final BufferedReader lines;
    final String status;

    Listener(WebServer web) throws IOException {
      socket = new Socket("127.0.0.1", web.port());
      socket.setSoTimeout((int) PATIENCE.toMillis());
      String request =
          "GET /v1/live HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      status = lines.readLine();
    }

    void awaitOverview() throws IOException {
      String line = lines.readLine();
      while (!line.equals("event: overview")) {
        line = lines.readLine();
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void live_moreThanMayListen_areRefusedUntilOneLeaves() throws Exception {
    List<Listener> listeners = new ArrayList<>();
    try (EddyApp app = app("eddy.web.rate", "0");
        WebServer web = serve(app)) {
      for (int i = 0; i < Live.LISTENERS; i++) {
        Listener listener = new Listener(web);
        listeners.add(listener);
        assertThat(listener.status).as("listener %d", i).contains(" 200 ");
        listener.awaitOverview();
      }

      HttpResponse<String> refused = get(web, "/v1/live");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains(Live.LISTENERS + " listen already; use /v1/overview");
      assertThat(get(web, "/v1/overview").statusCode()).as("others are answered").isEqualTo(200);

      // all still hear of the newest, however many they are
      for (Listener listener : listeners) {
        listener.awaitOverview();
      }

      listeners.remove(0).close();

      long deadline = System.nanoTime() + PATIENCE.toNanos();
      String status = " 503 ";
      while (status.contains(" 503 ")) {
        // the place is free once the server has tried to write to who has left
        assertThat(System.nanoTime()).as("a place is free").isLessThan(deadline);
        Thread.sleep(100);
        Listener next = new Listener(web);
        listeners.add(next);
        status = next.status;
      }
      assertThat(status).contains(" 200 ");
    } finally {
      for (Listener listener : listeners) {
        listener.close();
      }
    }
  }

  /** The status of a request line as it is, which a client's library would put in order. */
  private static String raw(WebServer web, String target) throws IOException {
    return raw(web, "GET", target);
  }

  private static String raw(WebServer web, String method, String target) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", web.port())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      String request =
          method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/overview",
        "/%76%31/overview",
        "/%2576%2531/overview",
        "//v1/overview",
        "/./v1/overview",
        "/x/../v1/overview",
        "/%2e/v1/overview",
        "/x/%2e%2e/v1/overview",
        "/x/..;/v1/overview",
        "/;x/v1/overview",
        "/v1;x/overview",
        "/v1%2Foverview",
        "/%2Fv1/overview",
        "/V1/overview",
        "/v1/overview/",
        "\\v1\\overview",
        "http://localhost/v1/overview",
        "http://localhost/%76%31/overview",
        "/%6Detrics",
        "//metrics",
        "/metrics/",
        "/metrics;x",
        "/metrics%00",
        "/health/../metrics"
      })
  void token_isAskedForByAnyWritingOfAPath(String target) throws Exception {
    try (EddyApp app = app("eddy.web.rate", "0", "eddy.web.token", "s3cret");
        WebServer web = serve(app)) {
      String answer = raw(web, target);
      assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("\"tasks\"", "# HELP");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../web/Routes.class",
        "/Routes.class",
        "/%2e%2e/cli/logging.xml",
        "/..%2fcli/logging.xml",
        "/%252e%252e/cli/logging.xml",
        "/..\\cli\\logging.xml",
        "/index.html%00.css",
        "/../../../../../../etc/passwd",
        "/%2fetc/passwd",
        "/./index.html/../../cli/logging.xml"
      })
  void file_outsideOfThePage_isNotFound(String target) throws Exception {
    try (EddyApp app = app("eddy.web.rate", "0");
        WebServer web = serve(app)) {
      assertThat(raw(web, target)).startsWith("HTTP/1.1 4");
      assertThat(raw(web, "/index.html")).startsWith("HTTP/1.1 200");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"G.ET", "get", "8", "GETGETGET", "POS%T"})
  void method_thatIsNone_isRefusedWithoutAFault(String method) throws Exception {
    try (EddyApp app = app("eddy.web.rate", "0");
        WebServer web = serve(app)) {
      assertThat(raw(web, method, "/v1/overview")).startsWith("HTTP/1.1 501 ");
    }
  }

  @Test
  void host_thatIsNotOfThisMachine_isAConfigurationProblem() {
    for (String host : List.of("192.0.2.1", "host.invalid")) {
      try (EddyApp app = app("eddy.web.host", host, "eddy.web.token", "s3cret")) {
        assertThatThrownBy(() -> Web.serve(app))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageContaining(host)
            .hasMessageContaining("cannot be listened at")
            .hasMessageNotContaining("s3cret");
      }
    }
  }
}
