package eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.broker.BrokerSettings;
import eddy.broker.EmbeddedBroker;
import eddy.config.EddyConfig;
import eddy.stream.EddyApp;
import eddy.web.Web;
import eddy.web.WebServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * All commands on a broker that asks for TLS and a password, by the settings of one file; and that
 * no secret of that file shows in any log, at any level, or in anything else that is written.
 */
class SecuredBrokerIT {
  private static final String STORE_PASSWORD = "store-9f27c1d4";
  private static final String PASSWORD = "client-51be08aa";
  private static final String SCRAM = "SCRAM-SHA-512";
  private static final String WRONG_PASSWORD = "wrong-c03d77e2";
  private static final String TOKEN = "token-7a1e90b3";
  private static final String SCRAM_PASSWORD = "scram-e48d02b6";
  private static final String PLAIN_MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule required";
  private static final String SCRAM_MODULE =
      "org.apache.kafka.common.security.scram.ScramLoginModule required";
  private static final List<String> SECRETS =
      List.of(STORE_PASSWORD, PASSWORD, SCRAM_PASSWORD, WRONG_PASSWORD, TOKEN);
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int ROWS = 40;

  @TempDir static Path folder;

  private static final Listening LOGS = new Listening();
  private static EmbeddedBroker broker;

  /** Keeps what was logged, by whichever class, where a secret is in it. */
  private static final class Listening extends AbstractAppender {
    final Queue<String> shown = new ConcurrentLinkedQueue<>();
    volatile long events;

    Listening() {
      super("listening", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      events++;
      StringBuilder text = new StringBuilder(event.getMessage().getFormattedMessage());
      for (Throwable t = event.getThrown(); t != null; t = t.getCause()) {
        text.append('\n').append(t);
      }
      if (SECRETS.stream().anyMatch(secret -> text.indexOf(secret) >= 0)) {
        shown.add(event.getLoggerName() + ": " + text);
      }
    }
  }

  @BeforeAll
  static void start() throws Exception {
    listen();
    Path keys = folder.resolve("broker.p12");
    makeKey(keys);
    trust(keys, folder.resolve("trusted.p12"));
    broker =
        EmbeddedBroker.startTemporary(
            BrokerSettings.defaults()
                .with("listener.security.protocol.map", "PLAINTEXT:SASL_SSL,CONTROLLER:PLAINTEXT")
                .with("ssl.keystore.location", keys)
                .with("ssl.keystore.type", "PKCS12")
                .with("ssl.keystore.password", STORE_PASSWORD)
                .with("ssl.key.password", STORE_PASSWORD)
                .with("ssl.truststore.location", folder.resolve("trusted.p12"))
                .with("ssl.truststore.type", "PKCS12")
                .with("ssl.truststore.password", STORE_PASSWORD)
                .with("sasl.enabled.mechanisms", "PLAIN," + SCRAM)
                .with("sasl.mechanism.inter.broker.protocol", "PLAIN")
                .with("listener.name.plaintext.scram-sha-512.sasl.jaas.config", SCRAM_MODULE + ";")
                .with(
                    "listener.name.plaintext.plain.sasl.jaas.config",
                    login("broker", "of-the-broker")
                        .replace(
                            ";",
                            " user_broker=\"of-the-broker\" user_eddy=\"" + PASSWORD + "\";")));
    try (Admin admin = Admin.create(Map.copyOf(connection("PLAIN", PASSWORD)))) {
      admin
          .alterUserScramCredentials(
              List.of(
                  new UserScramCredentialUpsertion(
                      "eddy",
                      new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096),
                      SCRAM_PASSWORD)))
          .all()
          .get();
      List<NewTopic> topics =
          Stream.of("PLAIN", SCRAM)
              .flatMap(mechanism -> Stream.of("in", "out", "dead").map(t -> t + mechanism))
              .map(name -> new NewTopic(name, 1, (short) 1))
              .toList();
      topics.forEach(topic -> topic.configs(Map.of("retention.ms", "-1")));
      admin.createTopics(topics).all().get();
    }
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      broker.close();
    }
    LoggerContext context = LoggerContext.getContext(false);
    context.reconfigure();
  }

  /** At debug, of all that a client or Eddy may log; the broker in this JVM is none of it. */
  private static void listen() {
    LOGS.start();
    LoggerContext context = LoggerContext.getContext(false);
    Configuration configuration = context.getConfiguration();
    for (String name :
        List.of(
            "eddy",
            "io.javalin",
            "org.apache.kafka.clients",
            "org.apache.kafka.common",
            "org.apache.kafka.streams")) {
      LoggerConfig logger = new LoggerConfig(name, Level.DEBUG, false);
      logger.addAppender(LOGS, Level.DEBUG, null);
      configuration.addLogger(name, logger);
    }
    context.updateLoggers();
  }

  private static void makeKey(Path keys) throws IOException, InterruptedException {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process process =
        new ProcessBuilder(
                tool.toString(),
                "-genkeypair",
                "-alias",
                "broker",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "SAN=IP:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                STORE_PASSWORD)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  /** What clients get of it: the certificate without the key. */
  private static void trust(Path keys, Path trusted) throws Exception {
    KeyStore own = KeyStore.getInstance(keys.toFile(), STORE_PASSWORD.toCharArray());
    KeyStore others = KeyStore.getInstance("PKCS12");
    others.load(null, null);
    others.setCertificateEntry("broker", own.getCertificate("broker"));
    try (OutputStream out = Files.newOutputStream(trusted)) {
      others.store(out, STORE_PASSWORD.toCharArray());
    }
  }

  private static String login(String user, String password) {
    return PLAIN_MODULE + " username=\"" + user + "\" password=\"" + password + "\";";
  }

  private static Map<String, String> connection(String mechanism, String password) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("bootstrap.servers", broker.bootstrapServers());
    settings.put("security.protocol", "SASL_SSL");
    settings.put("ssl.truststore.location", folder.resolve("trusted.p12").toString());
    settings.put("ssl.truststore.type", "PKCS12");
    settings.put("ssl.truststore.password", STORE_PASSWORD);
    settings.put("sasl.mechanism", mechanism);
    String login = login("eddy", password);
    settings.put(
        "sasl.jaas.config",
        mechanism.equals("PLAIN") ? login : login.replace(PLAIN_MODULE, SCRAM_MODULE));
    return settings;
  }

  private static Path configuration(String name, String mechanism, String password)
      throws IOException {
    List<String> lines = new ArrayList<>();
    connection(mechanism, password).forEach((key, value) -> lines.add(key + "=" + value));
    lines.add("application.id=" + name);
    lines.add("state.dir=" + folder.resolve("state"));
    lines.add("eddy.input.topic=in" + mechanism);
    lines.add("eddy.output.topic=out" + mechanism);
    lines.add("eddy.dead.letter.topic=dead" + mechanism);
    lines.add("eddy.features=x");
    lines.add("eddy.targets=x@+1");
    lines.add("eddy.units=4");
    lines.add("eddy.panel=single");
    lines.add("eddy.warmup.ms=0");
    lines.add("eddy.web.port=0");
    lines.add("eddy.web.rate=0");
    lines.add("eddy.web.token=" + TOKEN);
    return Files.write(folder.resolve(name + ".properties"), lines);
  }

  private static void requireNoSecret(String what, String text) {
    for (String secret : SECRETS) {
      assertThat(text).as(what).doesNotContain(secret);
    }
  }

  private static void requireNoSecret(Shell shell) {
    requireNoSecret("output", shell.out.toString());
    requireNoSecret("errors", shell.error.toString());
    shell.clear();
  }

  private static String ask(WebServer web, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(web.address()).resolve(path))
            .header("Authorization", "Bearer " + TOKEN)
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  @ParameterizedTest
  @CsvSource({"PLAIN," + PASSWORD, SCRAM + "," + SCRAM_PASSWORD})
  void commands_withTheSettingsOfOneFile_workAndShowNoSecret(String mechanism, String password)
      throws Exception {
    Path csv = folder.resolve(mechanism + ".csv");
    StringBuilder rows = new StringBuilder("key,x\n");
    for (int i = 0; i < ROWS; i++) {
      rows.append('k').append(i % 2).append(',').append(i).append('\n');
    }
    Files.writeString(csv, rows);
    String config = configuration("secured-" + mechanism, mechanism, password).toString();
    String servers = broker.bootstrapServers();
    Shell shell = new Shell();

    int fed =
        shell.run(
            List.of(
                "feed",
                "--csv",
                csv.toString(),
                "--topic",
                "in" + mechanism,
                "--key",
                "key",
                "--bootstrap-servers",
                servers,
                "--config",
                config));
    assertThat(fed).as(shell.error.toString()).isZero();
    requireNoSecret(shell);

    try (EddyApp app = EddyApp.of(EddyConfig.load(Path.of(config), Map.of()));
        WebServer web = Web.serve(app)) {
      app.start();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!ask(web, "/v1/overview").contains("\"events\":" + ROWS)) {
        assertThat(System.nanoTime()).as("all events are seen").isLessThan(deadline);
        Thread.sleep(200);
      }
      for (String path :
          List.of(
              "/v1/overview",
              "/v1/model",
              "/v1/topology",
              "/v1/keys",
              "/v1/keys/k0",
              "/metrics",
              "/health/ready",
              "/openapi.json",
              "/")) {
        requireNoSecret(path, ask(web, path));
      }
    }

    assertThat(shell.run(List.of("inspect", "--config", config)))
        .as(shell.error.toString())
        .isZero();
    requireNoSecret(shell);
    assertThat(shell.run(List.of("plan", "--config", config))).as(shell.error.toString()).isZero();
    requireNoSecret(shell);
    Path output = folder.resolve("replayed-" + mechanism);
    int replayed =
        shell.run(
            List.of(
                "replay",
                "--config",
                config,
                "--bootstrap-servers",
                servers,
                "--output",
                output.toString()));
    assertThat(replayed).as(shell.error.toString()).isZero();
    requireNoSecret(shell);
    try (Stream<Path> written = Files.walk(output)) {
      for (Path file : written.filter(Files::isRegularFile).toList()) {
        requireNoSecret(file.toString(), Files.readString(file));
      }
    }
    int verified =
        shell.run(
            List.of("replay", "--verify", "--config", config, "--bootstrap-servers", servers));
    assertThat(verified).as(shell.error.toString()).isZero();
    requireNoSecret(shell);

    assertThat(LOGS.shown).isEmpty();
    assertThat(LOGS.events).as("something was logged at debug").isGreaterThan(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", SCRAM})
  void commands_withAWrongPassword_sayThatAndEnd(String mechanism) throws Exception {
    String config = configuration("refused-" + mechanism, mechanism, WRONG_PASSWORD).toString();
    Path csv = Files.writeString(folder.resolve("one-" + mechanism + ".csv"), "key,x\nk,1\n");
    String servers = broker.bootstrapServers();
    Shell shell = new Shell();
    for (List<String> words :
        List.of(
            List.of("run", "--config", config),
            List.of("inspect", "--config", config),
            List.of(
                "feed",
                "--csv",
                csv.toString(),
                "--topic",
                "in" + mechanism,
                "--bootstrap-servers",
                servers,
                "--config",
                config),
            List.of(
                "replay",
                "--config",
                config,
                "--bootstrap-servers",
                servers,
                "--output",
                folder.resolve("never").toString()))) {
      int code = shell.run(words);
      assertThat(code).as(words + ": " + shell.error).isIn(1, 2);
      assertThat(shell.error.toString()).as(words.get(0)).contains("Authentication failed");
      requireNoSecret(shell);
    }
    assertThat(LOGS.shown).isEmpty();
  }
}
