package eddy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.broker.BrokerSettings;
import eddy.broker.EmbeddedBroker;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Topics written by hand, with faults that an audit must find. */
class AuditorIT {
  private static final long TIME = 1_700_000_000_000L;
  private static final String ISO = "2023-11-14T22:13:20Z";

  private EmbeddedBroker broker;
  private KafkaProducer<byte[], byte[]> producer;

  @BeforeEach
  void startBroker() {
    broker = EmbeddedBroker.startTemporary(BrokerSettings.defaults());
    for (String topic : List.of("in", "out", "other", "dead")) {
      broker.createTopic(topic, 1, Map.of("retention.ms", "-1"));
    }
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    for (int event = 0; event < 4; event++) {
      send("in", "{\"x\":" + event + "}", List.of());
    }
  }

  @AfterEach
  void stopBroker() {
    producer.close();
    broker.close();
  }

  private void send(String topic, String value, List<Header> headers) {
    producer.send(
        new ProducerRecord<>(
            topic,
            0,
            TIME,
            "k".getBytes(StandardCharsets.UTF_8),
            value.getBytes(StandardCharsets.UTF_8),
            headers));
  }

  private void predict(String topic, long offset, String said) {
    send(
        topic,
        "{\"id\":\"in-0-"
            + offset
            + "\",\"key\":\"k\",\"timestamp\":\""
            + ISO
            + "\",\"predictions\":{\"x\":{\"value\":"
            + said
            + "}}}",
        List.of());
  }

  private void reject(long offset, String value) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
    send(
        "dead",
        value,
        List.of(
            header("eddy.error.topic", "in"),
            header("eddy.error.partition", "0"),
            header("eddy.error.offset", Long.toString(offset)),
            header("eddy.error.reason", "no"),
            header("eddy.error.sha256", HexFormat.of().formatHex(hash))));
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private Auditor auditor() {
    producer.flush();
    return new Auditor(broker.bootstrapServers(), "in");
  }

  @Test
  void answers_onePerInput_areClean() throws Exception {
    predict("out", 0, "1");
    reject(1, "{\"x\":1}");
    predict("out", 2, "1");
    predict("out", 3, "1");

    Findings found = auditor().answers("out", "dead");

    assertThat(found).isEqualTo(new Findings(4, 3, 1, 0, 0, 0, List.of()));
  }

  @Test
  void answers_lostDoubledStrangeAndOutOfOrder_areCounted() throws Exception {
    predict("out", 1, "1");
    predict("out", 0, "1"); // after a later one
    predict("out", 7, "1"); // of nothing
    reject(0, "{\"x\":0}"); // answered already
    reject(2, "{\"x\":9}"); // not what came in; and 3 has no answer

    Findings found = auditor().answers("out", "dead");

    assertThat(found.lost()).isEqualTo(1);
    assertThat(found.duplicated()).isEqualTo(1);
    assertThat(found.different()).isEqualTo(3);
    assertThat(found.first()).hasSize(5);
  }

  @Test
  void same_oneRecordDiffers_isFound() {
    predict("out", 0, "1");
    predict("other", 0, "1.0000001");

    assertThat(auditor().same("out", "out").clean()).isTrue();
    assertThat(auditor().same("out", "other").different()).isEqualTo(1);
  }
}
