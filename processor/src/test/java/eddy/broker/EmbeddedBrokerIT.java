package eddy.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eddy.testing.Topics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void start_sixMegabytesProduced_areConsumedUnchanged() throws Exception {
    byte[] value = new byte[6 << 20];
    for (int i = 0; i < value.length; i++) {
      value[i] = (byte) (i * 31 + (i >> 8));
    }
    try (EmbeddedBroker broker = EmbeddedBroker.startTemporary(BrokerSettings.defaults())) {
      broker.createTopic("large", 1, Map.of("max.message.bytes", String.valueOf(7 << 20)));
      try (Producer<byte[], byte[]> producer = Topics.producer(broker.bootstrapServers())) {
        producer.send(new ProducerRecord<>("large", new byte[] {1}, value)).get();
      }

      List<ConsumerRecord<byte[], byte[]>> read =
          Topics.read(broker.bootstrapServers(), "large", 1, 1, SOON);

      assertThat(read.get(0).value()).isEqualTo(value);
    }
  }

  @Test
  void close_afterUse_leavesNoThreadsNoFilesAndFreePorts() throws Exception {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    Set<Path> filesBefore = brokerDirectories(temporary);
    Set<String> threadsBefore = threads();

    EmbeddedBroker broker = EmbeddedBroker.startTemporary(BrokerSettings.defaults());
    broker.createTopic("topic", 3, Map.of());
    assertThat(brokerDirectories(temporary)).hasSize(filesBefore.size() + 1);
    broker.close();

    // threads of other tests may have ended meanwhile
    assertThat(threads()).isSubsetOf(threadsBefore);
    assertThat(brokerDirectories(temporary)).isEqualTo(filesBefore);
    assertFree(broker.settings().port());
    assertFree(broker.settings().controllerPort());
  }

  @Test
  void start_portTaken_isRefusedWithThePort(@TempDir Path directory) throws Exception {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(BrokerSettings.HOST, 0));
      BrokerSettings settings = BrokerSettings.defaults().withPorts(taken.getLocalPort(), 0);

      assertThatThrownBy(() -> EmbeddedBroker.start(settings, directory))
          .hasMessageContaining(String.valueOf(taken.getLocalPort()))
          .hasMessageContaining("taken");
    }
  }

  @Test
  void start_directoryUsedBefore_servesItsRecordsAgain(@TempDir Path directory) throws Exception {
    BrokerSettings used;
    try (EmbeddedBroker first = EmbeddedBroker.start(BrokerSettings.defaults(), directory)) {
      used = first.settings();
      first.createTopic("kept", 1, Map.of());
      try (Producer<byte[], byte[]> producer = Topics.producer(first.bootstrapServers())) {
        producer.send(new ProducerRecord<>("kept", null, new byte[] {42})).get();
      }
    }

    try (EmbeddedBroker second = EmbeddedBroker.start(used, directory)) {
      assertThat(Topics.read(second.bootstrapServers(), "kept", 1, 1, SOON).get(0).value())
          .containsExactly(42);
    }
  }

  @Test
  void createTopic_twice_isRefusedWithItsName() {
    try (EmbeddedBroker broker = EmbeddedBroker.startTemporary(BrokerSettings.defaults())) {
      broker.createTopic("once", 1, Map.of());

      assertThatThrownBy(() -> broker.createTopic("once", 1, Map.of()))
          .isInstanceOf(BrokerException.class)
          .hasMessageContaining("once");
    }
  }

  private static void assertFree(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(BrokerSettings.HOST, port));
      assertThat(socket.getLocalPort()).isEqualTo(port);
    }
  }

  /** Without the JVM's own, and without the clock threads that a metrics library never stops. */
  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getThreadGroup() != null)
        .filter(thread -> !thread.getThreadGroup().getName().equals("system"))
        .map(Thread::getName)
        .filter(name -> !name.startsWith("metrics-meter-tick-thread"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<Path> brokerDirectories(Path temporary) throws IOException {
    try (Stream<Path> paths = Files.list(temporary)) {
      return paths
          .filter(path -> path.getFileName().toString().startsWith("eddy-broker"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
