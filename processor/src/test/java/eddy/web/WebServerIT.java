package eddy.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eddy.broker.BrokerSettings;
import eddy.broker.EmbeddedBroker;
import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import eddy.stream.EddyApp;
import eddy.testing.Topics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running app answers. One broker and one app for all, since starting them takes long. */
class WebServerIT {
  private static final String TOKEN = "a long random text";
  private static final int EVENTS = 60;
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path directory;
  private static EmbeddedBroker broker;
  private static EddyApp app;
  private static WebServer web;

  @BeforeAll
  static void start() throws Exception {
    broker = EmbeddedBroker.startTemporary(BrokerSettings.defaults());
    broker.createTopic("in", 1, Map.of());
    broker.createTopic("out", 1, Map.of());
    broker.createTopic("dead", 1, Map.of());
    app = EddyApp.of(EddyConfig.of(properties("one", "eddy.web.token", TOKEN)));
    web = Web.serve(app);
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    assertThat(get("/health/ready").statusCode()).isEqualTo(503);
    app.start();
    try (Producer<byte[], byte[]> producer = Topics.producer(broker.bootstrapServers())) {
      for (int i = 0; i < EVENTS; i++) {
        producer.send(new ProducerRecord<>("in", bytes("k" + i % 2), event(i)));
      }
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (overview().get("events").asLong() < EVENTS) {
      assertThat(System.nanoTime()).as("all events are seen").isLessThan(deadline);
      Thread.sleep(200);
    }
  }

  private static Map<String, String> properties(String name, String... settings) {
    Map<String, String> properties = new HashMap<>();
    properties.put("application.id", name);
    properties.put("bootstrap.servers", broker.bootstrapServers());
    properties.put("state.dir", directory.resolve(name).toString());
    properties.put("eddy.input.topic", "in");
    properties.put("eddy.output.topic", "out");
    properties.put("eddy.dead.letter.topic", "dead");
    properties.put("eddy.features", "x,kind:category(4)");
    properties.put("eddy.targets", "x@+1,kind:category@+1");
    properties.put("eddy.units", "4");
    properties.put("eddy.warmup.ms", "0");
    properties.put("eddy.web.port", "0");
    properties.put("eddy.web.rate", "0");
    for (int i = 0; i < settings.length; i += 2) {
      properties.put(settings[i], settings[i + 1]);
    }
    return properties;
  }

  private static byte[] event(int i) {
    return bytes("{\"x\":" + i % 7 + ",\"kind\":\"" + (i % 3 == 0 ? "a" : "b") + "\"}");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @AfterAll
  static void stop() {
    try {
      web.close();
      app.close();
    } finally {
      broker.close();
    }
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path))
        .header("Authorization", "Bearer " + TOKEN);
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).build());
  }

  private static JsonNode overview() throws IOException, InterruptedException {
    return JSON.readTree(get("/v1/overview").body());
  }

  @Test
  void metrics_dashboardAndAlerts_nameOnlyWhatIsThere() throws Exception {
    Set<String> there =
        get("/metrics")
            .body()
            .lines()
            .filter(line -> line.startsWith("# TYPE "))
            .map(line -> line.split(" ")[2])
            .collect(Collectors.toSet());
    // what Prometheus says of a target itself
    there.add("up");
    for (String file : List.of("grafana/dashboards/eddy.json", "prometheus/alerts.yml")) {
      String text = Files.readString(Path.of("..", "docker", file));
      Set<String> named =
          Pattern.compile("\\b(?:eddy|kafka|process)_[a-z_]+|\\bup(?=\\{)")
              .matcher(text)
              .results()
              .map(MatchResult::group)
              .collect(Collectors.toSet());
      assertThat(named).as(file).hasSizeGreaterThan(5).isSubsetOf(there);
    }
  }

  @Test
  void overview_appThatHasLearned_tellsWhatItDid() throws Exception {
    JsonNode overview = overview();

    assertThat(overview.get("application").textValue()).isEqualTo("one");
    assertThat(overview.get("state").textValue()).isEqualTo("RUNNING");
    assertThat(overview.get("targets").toString()).isEqualTo("[\"x@+1\",\"kind@+1\"]");
    assertThat(overview.get("restore").isNull()).isTrue();
    assertThat(overview.get("tasks").get(0).get("events").asLong()).isEqualTo(EVENTS);
    assertThat(overview.get("memory").get("keys").asInt()).isEqualTo(2);
    assertThat(overview.get("recent")).hasSize(2);
    JsonNode instance = overview.get("instances").get(0);
    assertThat(instance.get("server").textValue()).isEqualTo("127.0.0.1:" + web.port());
    assertThat(instance.get("self").booleanValue()).isTrue();
    assertThat(instance.get("partitions").toString()).isEqualTo("[0]");
    JsonNode number = overview.get("scores").get(0);
    assertThat(number.get("kind").textValue()).isEqualTo("number");
    // the first event of each key has no label, and the last none yet
    assertThat(number.get("labels").asInt()).isEqualTo(EVENTS - 2);
    assertThat(number.get("curve")).hasSize(EVENTS - 2);
    // persistence, by hand: every second value of a saw-tooth of seven
    assertThat(number.get("loss").get("persistence").doubleValue()).isEqualTo(persistence());
    assertThat(overview.get("scores").get(1).get("kind").textValue()).isEqualTo("class");
  }

  private static double persistence() {
    double sum = 0;
    for (int i = 2; i < EVENTS; i++) {
      sum += Math.abs(i % 7 - (i - 2) % 7);
    }
    return sum / (EVENTS - 2);
  }

  @Test
  void live_listener_isToldAgainAndAgain() throws Exception {
    HttpResponse<InputStream> stream =
        CLIENT.send(request("/v1/live").build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(stream.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      for (int i = 0; i < 3; i++) {
        assertThat(lines.readLine()).isEqualTo("event: overview");
        JsonNode overview = JSON.readTree(lines.readLine().substring("data: ".length()));
        assertThat(overview.get("events").asInt()).isEqualTo(EVENTS);
        assertThat(lines.readLine()).isEmpty();
      }
    }
  }

  @Test
  void health_runningApp_isLiveAndReady() throws Exception {
    assertThat(app.state()).isEqualTo(KafkaStreams.State.RUNNING);
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    HttpResponse<String> ready =
        send(HttpRequest.newBuilder(request("/health/ready").build().uri()).build());
    assertThat(ready.statusCode()).as("asked without a token").isEqualTo(200);
    assertThat(JSON.readTree(ready.body()).get("status").textValue()).isEqualTo("up");
  }

  @Test
  void token_wrongOrAbsent_isRefused() throws Exception {
    URI uri = request("/v1/overview").build().uri();
    HttpResponse<String> absent = send(HttpRequest.newBuilder(uri).build());
    assertThat(absent.statusCode()).isEqualTo(401);
    assertThat(absent.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertThat(absent.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(absent.body()).doesNotContain(TOKEN);
    HttpRequest wrong =
        HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + TOKEN + "!").build();
    assertThat(send(wrong).statusCode()).isEqualTo(401);
  }

  @Test
  void paths_unknownOrLeadingUp_areNotFound() throws Exception {
    for (String path :
        new String[] {
          "/nothing",
          "/v1/nothing",
          "/WebServer.class",
          "/../cli/logging.xml",
          "/%2e%2e/cli/logging.xml",
          "/..%2fcli/logging.xml",
          "/a//b.html"
        }) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.statusCode()).as(path).isIn(400, 404);
      assertThat(answer.body()).as(path).doesNotContain("Configuration");
    }
  }

  @Test
  void methods_otherThanOffered_areRefused() throws Exception {
    HttpRequest post =
        request("/v1/overview").POST(HttpRequest.BodyPublishers.ofString("{}")).build();
    HttpResponse<String> refused = send(post);
    assertThat(refused.statusCode()).isEqualTo(405);
    assertThat(JSON.readTree(refused.body()).get("status").intValue()).isEqualTo(405);
    HttpRequest head =
        request("/v1/overview").method("HEAD", HttpRequest.BodyPublishers.noBody()).build();
    HttpResponse<String> bare = send(head);
    assertThat(bare.statusCode()).isEqualTo(200);
    assertThat(bare.body()).isEmpty();
  }

  @Test
  void headers_ofEveryAnswer_protectThePage() throws Exception {
    for (String path : new String[] {"/v1/overview", "/nothing"}) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'")
          .doesNotContain("unsafe");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.headers().firstValue("Server")).isEmpty();
    }
  }

  @Test
  void requests_withLargeHeaders_areRefused() throws Exception {
    HttpRequest large = request("/v1/overview").header("X-Large", "x".repeat(10_000)).build();
    assertThat(send(large).statusCode()).isEqualTo(431);
  }

  @Test
  void port_inUse_isAConfigurationProblem() {
    EddyApp other =
        EddyApp.of(
            EddyConfig.of(properties("other", "eddy.web.port", Integer.toString(web.port()))));
    assertThatThrownBy(() -> Web.serve(other))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("eddy.web.port=" + web.port())
        .hasMessageContaining("name another port");
    other.close();
  }

  @Test
  void hosts_ofOtherNamesWithoutToken_areMisdirected() throws Exception {
    try (EddyApp open = EddyApp.of(EddyConfig.of(properties("open")));
        WebServer server = Web.serve(open)) {
      assertThat(status(server.port(), "evil.example")).contains(" 421 ");
      assertThat(status(server.port(), "localhost:" + server.port())).contains(" 200 ");
    }
  }

  /** The status line; java.net.http does not let a test choose the host. */
  private static String status(int port, String host) throws IOException {
    try (java.net.Socket socket = new java.net.Socket("127.0.0.1", port)) {
      String text = "GET /v1/overview HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(bytes(text));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void serve_withoutAPort_doesNothing() {
    Map<String, String> properties = properties("none");
    properties.keySet().removeIf(key -> key.startsWith("eddy.web."));
    try (EddyApp silent = EddyApp.of(EddyConfig.of(properties))) {
      assertThat(Web.serve(silent)).isNull();
      assertThat(silent.desks()).isEmpty();
    }
  }
}
