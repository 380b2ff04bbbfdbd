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
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
      producer.send(new ProducerRecord<>("in", bytes("a/b c"), event(0)));
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (overview().get("events").asLong() <= EVENTS) {
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
  void metrics_dashboardAlertsAndPage_nameOnlyWhatIsThere() throws Exception {
    Set<String> there =
        get("/metrics")
            .body()
            .lines()
            .filter(line -> line.startsWith("# TYPE "))
            .map(line -> line.split(" ")[2])
            .collect(Collectors.toSet());
    // what Prometheus says of a target itself
    there.add("up");
    for (String file :
        List.of("grafana/dashboards/eddy.json", "prometheus/alerts.yml", "../docs/metrics.md")) {
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
    assertThat(overview.get("tasks").get(0).get("events").asLong()).isEqualTo(EVENTS + 1);
    assertThat(overview.get("memory").get("keys").asInt()).isEqualTo(3);
    assertThat(overview.get("recent")).hasSize(3);
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
  void queries_allOfThem_answerAsTheDocumentSays() throws Exception {
    OpenApi api = OpenApi.read();
    for (String path :
        List.of(
            "/health/live",
            "/health/ready",
            "/v1/overview",
            "/v1/keys",
            "/v1/keys/{key}",
            "/v1/model",
            "/v1/topology")) {
      HttpResponse<String> answer = get(path.replace("{key}", "k1"));
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      api.assertValid(JSON.readTree(answer.body()), api.answer(path, "get"), path);
    }
    List<String> documented = new ArrayList<>();
    api.document.get("paths").fieldNames().forEachRemaining(documented::add);
    assertThat(documented)
        .map(path -> path.replaceAll("\\{(\\w+)}", "<$1>"))
        .containsExactlyInAnyOrderElementsOf(web.paths());
  }

  @Test
  void keys_ofAPrefix_areListed() throws Exception {
    JsonNode all = JSON.readTree(get("/v1/keys?limit=2").body());
    assertThat(all).hasSize(2);
    assertThat(all.get(0).get("key").textValue()).isEqualTo("a/b c");
    assertThat(JSON.readTree(get("/v1/keys?prefix=k1").body())).hasSize(1);
    assertThat(get("/v1/keys?limit=0").statusCode()).isEqualTo(400);
    assertThat(get("/v1/keys?limit=ten").statusCode()).isEqualTo(400);
  }

  @Test
  void key_known_tellsItsNewestEvents() throws Exception {
    JsonNode key = JSON.readTree(get("/v1/keys/k1").body());
    assertThat(key.get("events").asInt()).isEqualTo(EVENTS / 2);
    assertThat(key.get("recent")).hasSize(EVENTS / 2);
    JsonNode before = key.get("recent").get(EVENTS / 2 - 2);
    JsonNode last = key.get("recent").get(EVENTS / 2 - 1);
    JsonNode settled = before.get("targets").get(0);
    assertThat(settled.get("actual")).isEqualTo(last.get("fields").get("x"));
    assertThat(last.get("targets").get(0).get("actual").isNull()).isTrue();
    // what is told is what was published
    JsonNode published = JSON.readTree(published("out", EVENTS - 1).value());
    assertThat(last.get("id")).isEqualTo(published.get("id"));
    assertThat(last.get("targets").get(0).get("prediction"))
        .isEqualTo(published.at("/predictions/x@+1/value"));

    assertThat(get("/v1/keys/nobody").statusCode()).isEqualTo(404);
    assertThat(get("/v1/keys/a/b%20c").statusCode()).isEqualTo(200);
  }

  private static ConsumerRecord<byte[], byte[]> published(String topic, int row) {
    return Topics.read(broker.bootstrapServers(), topic, 1, row + 1, PATIENCE).get(row);
  }

  @Test
  void predict_eventThatThenComes_equalsWhatIsPublished() throws Exception {
    // the events are old: without it the broker may delete them while they are read
    Map<String, String> kept = Map.of("retention.ms", "-1");
    broker.createTopic("in2", 1, kept);
    broker.createTopic("out2", 1, kept);
    Map<String, String> properties =
        properties("two", "eddy.input.topic", "in2", "eddy.output.topic", "out2");
    try (Producer<byte[], byte[]> producer = Topics.producer(broker.bootstrapServers())) {
      for (int i = 0; i < 40; i++) {
        producer.send(new ProducerRecord<>("in2", 0, (long) i, bytes("k"), event(i)));
      }
      producer.flush();
      try (EddyApp other = EddyApp.of(EddyConfig.of(properties));
          WebServer server = Web.serve(other)) {
        other.start();
        published("out2", 39);
        String question = "{\"key\":\"k\",\"value\":" + text(event(40)) + ",\"timestamp\":77}";
        HttpResponse<String> said = send(predict(server.port(), question));
        assertThat(said.statusCode()).as(said.body()).isEqualTo(200);
        assertThat(send(predict(server.port(), question)).body()).isEqualTo(said.body());

        producer.send(new ProducerRecord<>("in2", 0, 77L, bytes("k"), event(40)));
        producer.flush();

        assertThat(said.body()).isEqualTo(text(published("out2", 40).value()));
      }
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static HttpRequest predict(int port, String question) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/predict"))
        .header("Authorization", "Bearer " + TOKEN)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(question))
        .build();
  }

  @Test
  void predict_whatIsNoEvent_isRefusedWithItsReason() throws Exception {
    HttpResponse<String> wrong =
        send(predict(web.port(), "{\"key\":\"k1\",\"value\":{\"x\":\"n/a\"}}"));
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(JSON.readTree(wrong.body()).get("detail").textValue())
        .contains("field x: expected a number");
    for (String body : List.of("", "[]", "{\"key\":1}", "{\"key\":\"k\"}", "{")) {
      assertThat(send(predict(web.port(), body)).statusCode()).as(body).isEqualTo(400);
    }
    HttpRequest form =
        request("/v1/predict").POST(HttpRequest.BodyPublishers.ofString("key=k")).build();
    assertThat(send(form).statusCode()).isEqualTo(415);
    String tooLarge =
        "POST /v1/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Authorization: Bearer "
            + TOKEN
            + "\r\nContent-Length: 5000000\r\n\r\n";
    // refused by its length alone, before any of it is sent
    assertThat(statusLine(web.port(), tooLarge)).contains(" 413 ");
  }

  @Test
  void metrics_ofARunningApp_areWhatPrometheusReads() throws Exception {
    String metrics = get("/metrics").body();
    assertThat(metrics)
        .contains("eddy_task_events_total{task_id=\"0_0\"")
        .contains("eddy_target_skill{target=\"x@+1\",task_id=\"0_0\"")
        .contains("kafka_consumer_fetch_manager_records_lag{");
    // the rules of promtool check metrics that names of Kafka could break
    for (String line : metrics.lines().toList()) {
      assertThat(line)
          .matches(
              "# HELP [a-z][a-z0-9_]* .+|# TYPE [a-z][a-z0-9_]* (gauge|counter)"
                  + "|[a-z][a-z0-9_]*(\\{[a-z0-9_]+=\"(\\\\.|[^\"\\\\])*\""
                  + "(,[a-z0-9_]+=\"(\\\\.|[^\"\\\\])*\")*})? [-+.0-9EInf]+");
      if (line.startsWith("# TYPE")) {
        String name = line.split(" ")[2];
        assertThat(line.endsWith("counter")).as(line).isEqualTo(name.endsWith("_total"));
        assertThat(name)
            .doesNotMatch(".*_(count|sum|bucket)")
            .doesNotMatch(".*_(ms|ns|us|s|sec|b|kb|mb|gb|m|h|d)(_.*)?")
            .doesNotMatch(".*_(minutes|hours|days|milliseconds|nanoseconds)(_.*)?");
      }
    }
    HttpRequest odd = request("/metrics").header("Accept", "application/xml").build();
    assertThat(send(odd).statusCode()).isEqualTo(406);
  }

  @Test
  void twoInstances_whicheverIsAsked_answersForEveryKey() throws Exception {
    broker.createTopic("pair", 2, Map.of());
    broker.createTopic("pair.out", 2, Map.of());
    EddyApp first = pair("first");
    WebServer firstWeb = Web.serve(first);
    EddyApp second = pair("second");
    try (first;
        firstWeb;
        WebServer secondWeb = Web.serve(second)) {
      first.start();
      second.start();
      try (Producer<byte[], byte[]> producer = Topics.producer(broker.bootstrapServers())) {
        for (int i = 0; i < 40; i++) {
          producer.send(new ProducerRecord<>("pair", bytes("key-" + i % 10), event(i)));
        }
      }
      awaitAll(firstWeb, secondWeb);
      Set<String> owners = new HashSet<>();
      for (int i = 0; i < 10; i++) {
        String path = "/v1/keys/key-" + i;
        HttpResponse<String> one = get(firstWeb, path);
        HttpResponse<String> other = get(secondWeb, path);
        assertThat(one.statusCode()).as(path).isEqualTo(200);
        assertThat(other.body()).isEqualTo(one.body());
        owners.add(JSON.readTree(one.body()).get("server").textValue());
        String question = "{\"key\":\"key-" + i + "\",\"value\":" + text(event(7)) + "}";
        question = question.replace("}}", "},\"timestamp\":1}");
        HttpResponse<String> said = send(predict(firstWeb.port(), question));
        assertThat(said.statusCode()).as(said.body()).isEqualTo(200);
        assertThat(send(predict(secondWeb.port(), question)).body()).isEqualTo(said.body());
      }
      assertThat(owners)
          .containsExactlyInAnyOrder(
              "127.0.0.1:" + firstWeb.port(), "127.0.0.1:" + secondWeb.port());
      assertThat(get(firstWeb, "/v1/keys/nobody").statusCode()).isEqualTo(404);
      assertThat(get(firstWeb, "/v1/keys?prefix=key").body())
          .isEqualTo(get(secondWeb, "/v1/keys?prefix=key").body());

      second.close();
      // never is a key said to be unknown because it is on its way
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      for (int i = 0; i < 10; i++) {
        HttpResponse<String> answer = get(firstWeb, "/v1/keys/key-" + i);
        while (answer.statusCode() != 200) {
          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
          assertThat(answer.headers().firstValue("Retry-After")).contains("1");
          assertThat(System.nanoTime()).as("the other takes over").isLessThan(deadline);
          Thread.sleep(200);
          answer = get(firstWeb, "/v1/keys/key-" + i);
        }
      }
    } finally {
      second.close();
    }
  }

  private static EddyApp pair(String instance) {
    return EddyApp.of(
        EddyConfig.of(
            properties(
                "pair",
                "eddy.input.topic",
                "pair",
                "eddy.output.topic",
                "pair.out",
                "state.dir",
                directory.resolve(instance).toString(),
                "eddy.web.token",
                TOKEN)));
  }

  private static void awaitAll(WebServer... servers) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int ready = 0;
    while (ready < servers.length) {
      assertThat(System.nanoTime()).as("both have a partition").isLessThan(deadline);
      Thread.sleep(200);
      ready = 0;
      int events = 0;
      for (WebServer server : servers) {
        JsonNode overview = JSON.readTree(get(server, "/v1/overview").body());
        boolean whole =
            overview.get("state").textValue().equals("RUNNING")
                && overview.get("tasks").size() == 1
                && overview.get("instances").size() == servers.length;
        ready += whole ? 1 : 0;
        events += overview.get("events").asInt();
      }
      ready = events == 40 ? ready : 0;
    }
  }

  private static HttpResponse<String> get(WebServer server, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return send(HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + TOKEN).build());
  }

  /** Every command of docs/rest.md, by a shell. */
  @Test
  void guide_commandsOfIt_work() throws Exception {
    List<String> lines = Files.readAllLines(Path.of("../docs/rest.md"));
    List<String> commands = lines.stream().filter(line -> line.startsWith("curl ")).toList();
    assertThat(commands).hasSizeGreaterThanOrEqualTo(8);
    for (String command : commands) {
      ProcessBuilder shell =
          new ProcessBuilder("bash", "-c", "set -eu; " + command).redirectErrorStream(true);
      shell.environment().put("EDDY", "http://127.0.0.1:" + web.port());
      shell.environment().put("TOKEN", TOKEN);
      Process process = shell.start();
      String output = text(process.getInputStream().readAllBytes());
      assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
      assertThat(output).as(command).isNotBlank();
    }
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
        assertThat(overview.get("events").asInt()).isEqualTo(EVENTS + 1);
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

  private static String status(int port, String host) throws IOException {
    return statusLine(port, "GET /v1/overview HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
  }

  /** The status line of what java.net.http does not let a test send. */
  private static String statusLine(int port, String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(bytes(request));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
          .readLine();
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
