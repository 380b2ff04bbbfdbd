package eddy.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eddy.testing.Topics;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerProcessIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  @Test
  void kill_afterAcknowledgedRecords_restartServesThemOnTheSamePort(@TempDir Path directory)
      throws Exception {
    try (BrokerProcess broker = BrokerProcess.start(BrokerSettings.defaults(), directory)) {
      String address = broker.bootstrapServers();
      broker.createTopic("kept", 2, Map.of());
      send(address, 0, 500);

      broker.kill();
      assertThat(broker.isAlive()).isFalse();
      broker.restart();
      send(address, 500, 1000);

      assertThat(broker.bootstrapServers()).isEqualTo(address);
      assertThat(Topics.read(address, "kept", 2, 1000, SOON))
          .extracting(record -> record.partition() + ":" + record.key()[0] + "," + record.key()[1])
          .hasSize(1000)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void stop_running_endsTheChildAndFreesThePort(@TempDir Path directory) throws Exception {
    BrokerProcess broker = BrokerProcess.start(BrokerSettings.defaults(), directory);
    String address = broker.bootstrapServers();

    broker.stop();

    assertThat(broker.isAlive()).isFalse();
    int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(BrokerSettings.HOST, port));
      assertThat(socket.isBound()).isTrue();
    }
  }

  @Test
  void start_settingThatKafkaRefuses_failsWithItsReason(@TempDir Path directory) {
    BrokerSettings wrong =
        BrokerSettings.defaults().withFreePorts().with("log.segment.bytes", "none");

    assertThatThrownBy(() -> BrokerProcess.start(wrong, directory))
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("log.segment.bytes");
    assertThat(Files.exists(directory.resolve("address"))).isFalse();
  }

  private static void send(String address, int from, int to) {
    try (Producer<byte[], byte[]> producer = Topics.producer(address)) {
      for (int i = from; i < to; i++) {
        byte[] key = {(byte) (i >> 8), (byte) i};
        producer.send(new ProducerRecord<>("kept", i % 2, key, new byte[100]));
      }
      producer.flush();
    }
  }
}
