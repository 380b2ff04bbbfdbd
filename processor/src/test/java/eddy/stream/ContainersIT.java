package eddy.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Capability;
import eddy.testing.Topics;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The image of docker/Dockerfile beside a broker in a container of its own. Needs an engine;
 * scripts/docker-test builds the images and runs it.
 */
@Tag("docker")
class ContainersIT {
  private static final String NAME = "contained";
  private static final String INSIDE = "kafka:19092";
  private static final String CONFIGURATION = "/etc/eddy/app.properties";
  private static final Duration PATIENCE = Duration.ofSeconds(240);
  private static final int EVENTS = 1200;

  private final Network network = Network.newNetwork();
  private final KafkaContainer kafka =
      new KafkaContainer(image("kafka.image").asCompatibleSubstituteFor("apache/kafka"))
          .withNetwork(network)
          .withListener(INSIDE)
          .withStartupTimeout(PATIENCE);
  private final GenericContainer<?> app = eddy(network);
  private List<Storms.Fix> fixes;

  private static DockerImageName image(String property) {
    String name = System.getProperty(property);
    assertThat(name).as("-D%s, the name of an image", property).isNotBlank();
    return DockerImageName.parse(name);
  }

  private static GenericContainer<?> eddy(Network network) {
    return new GenericContainer<>(image("eddy.image"))
        .withNetwork(network)
        .withCopyToContainer(Transferable.of(configuration(), 0644), CONFIGURATION)
        .withCreateContainerCmdModifier(
            create ->
                create
                    .getHostConfig()
                    .withCapDrop(Capability.ALL)
                    .withSecurityOpts(List.of("no-new-privileges:true")));
  }

  private static String configuration() {
    Properties properties = new Properties();
    properties.putAll(Storms.configuration(NAME, INSIDE));
    properties.put("state.dir", "/var/lib/eddy/state");
    properties.put("commit.interval.ms", "300");
    StringWriter text = new StringWriter();
    try {
      properties.store(text, null);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return text.toString();
  }

  @BeforeEach
  void start() throws Exception {
    kafka.start();
    fixes = Storms.fixes().subList(0, EVENTS);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.getBootstrapServers()))) {
      List<NewTopic> topics =
          Stream.of("storms", NAME + ".predictions", NAME + ".rejected")
              .map(topic -> new NewTopic(topic, 1, (short) 1).configs(Storms.KEPT))
              .toList();
      admin.createTopics(topics).all().get();
    }
    app.start();
  }

  @AfterEach
  void stop() {
    app.stop();
    kafka.stop();
    network.close();
  }

  @Test
  void image_killedAndStartedAgain_publishesEveryPredictionOnceAndIsVerified() throws Exception {
    feed(0, EVENTS / 2);
    assertThat(predictions(EVENTS / 4)).isGreaterThanOrEqualTo(EVENTS / 4);
    DockerClient engine = app.getDockerClient();
    engine.killContainerCmd(app.getContainerId()).withSignal("KILL").exec();
    feed(EVENTS / 2, EVENTS);
    engine.startContainerCmd(app.getContainerId()).exec();
    assertThat(predictions(EVENTS)).isEqualTo(EVENTS);

    Container.ExecResult proof =
        app.execInContainer(
            "eddy", "replay", "--verify", "--config", CONFIGURATION, "--bootstrap-servers", INSIDE);
    assertThat(proof.getExitCode()).as(proof.getStderr()).isZero();
    assertThat(proof.getStdout()).contains("equal: 1,200 predictions");
    assertThat(app.execInContainer("id", "-u").getStdout().strip()).isEqualTo("10001");
  }

  private int predictions(int atLeast) {
    return Topics.read(kafka.getBootstrapServers(), NAME + ".predictions", 1, atLeast, PATIENCE)
        .size();
  }

  private void feed(int from, int to) {
    try (Producer<byte[], byte[]> producer = Topics.producer(kafka.getBootstrapServers())) {
      for (int row = from; row < to; row++) {
        producer.send(fixes.get(row).record("storms", row));
      }
    }
  }
}
