package eddy.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.AvroTypeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose fault it is: that of the record, or of a registry that does not answer. */
class AvroDeserializerTest {
  private static final List<Duration> SHORT = List.of(Duration.ofMillis(1), Duration.ofMillis(1));
  private static final Deque<Supplier<Object>> ANSWERS = new ArrayDeque<>();

  private static Map<String, ?> configured;

  /** A deserializer named by its class, as Confluent's would be; it answers as the test says. */
  public static final class Scripted implements Deserializer<Object> {
    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
      configured = settings;
    }

    @Override
    public Object deserialize(String topic, byte[] value) {
      return ANSWERS.remove().get();
    }

    @Override
    public Object deserialize(String topic, Headers headers, byte[] value) {
      headers.add("seen", new byte[0]);
      return deserialize(topic, value);
    }
  }

  /** In the form of Confluent's exception of that name. */
  public static final class RestClientException extends IOException {
    private static final long serialVersionUID = 1L;
    private final int status;

    RestClientException(int status) {
      super("http://me:secret@registry/ids/7 said " + status);
      this.status = status;
    }

    public int getStatus() {
      return status;
    }
  }

  @BeforeEach
  void forget() {
    ANSWERS.clear();
  }

  private static EddyConfig config(String deserializer) {
    Map<String, String> properties = new HashMap<>();
    properties.put("eddy.features", "x");
    properties.put("eddy.targets", "x@+1");
    properties.put("eddy.input.topic", "readings");
    properties.put("eddy.input.format", "avro");
    properties.put("eddy.avro.deserializer", deserializer);
    properties.put("schema.registry.url", "http://registry:8081");
    return EddyConfig.of(properties);
  }

  private static AvroDeserializer deserializer(EddyConfig config) {
    return AvroDeserializer.of(config.eventFormat(), config.deserializerSettings(), SHORT);
  }

  private static Object read() throws Exception {
    return deserializer(config(Scripted.class.getName())).read(new RecordHeaders(), new byte[1]);
  }

  private static Supplier<Object> failing(Exception cause) {
    return () -> {
      throw new SerializationException("cannot read", cause);
    };
  }

  @Test
  void of_classByName_getsItsSettingsAndNoneOfEddys() {
    deserializer(config(Scripted.class.getName()));

    assertThat(configured.get("schema.registry.url")).isEqualTo("http://registry:8081");
    assertThat(configured.keySet()).noneMatch(key -> key.startsWith("eddy."));
  }

  @Test
  void read_registryThatComesBack_isAskedAgain() throws Exception {
    ANSWERS.add(failing(new ConnectException("Connection refused")));
    ANSWERS.add(failing(new RestClientException(503)));
    ANSWERS.add(() -> "record");

    assertThat(read()).isEqualTo("record");
  }

  @Test
  void read_registryThatStaysAway_isNotTheRecordsFault() {
    for (Exception fault :
        List.of(
            new ConnectException("Connection refused"),
            new RestClientException(500),
            new RestClientException(401),
            new IllegalStateException("of a kind that nobody knows"))) {
      forget();
      for (int i = 0; i <= SHORT.size(); i++) {
        ANSWERS.add(failing(fault));
      }

      assertThatThrownBy(AvroDeserializerTest::read)
          .isInstanceOf(SchemaRegistryException.class)
          .isInstanceOf(RetriableException.class)
          .hasMessageContaining("topic readings")
          .hasMessageNotContaining("secret")
          .hasMessageContaining("apicurio.registry.url");
      assertThat(ANSWERS).isEmpty();
    }
  }

  @Test
  void read_bytesThatAreNoRecord_areTheRecordsFault() {
    for (Supplier<Object> fault :
        List.of(
            failing(new EOFException()),
            failing(new AvroTypeException("found int, expecting string")),
            failing(new ArrayIndexOutOfBoundsException(7)),
            failing(new RestClientException(404)),
            failing(null))) {
      forget();
      ANSWERS.add(fault);

      assertThatThrownBy(AvroDeserializerTest::read)
          .isInstanceOf(AvroDeserializer.UndecodableException.class);
    }
  }

  @Test
  void read_recordTooDeepForTheStack_isTheRecordsFault() {
    ANSWERS.add(
        () -> {
          throw new StackOverflowError();
        });

    assertThatThrownBy(AvroDeserializerTest::read)
        .isInstanceOf(AvroDeserializer.UndecodableException.class)
        .hasMessageContaining("its 1 bytes are nested more deeply")
        .hasMessageContaining("-Xss");
  }

  @Test
  void decode_headersOfTheRecord_stayAsTheyCame() {
    EddyConfig config = config(Scripted.class.getName());
    Headers headers = new RecordHeaders();
    ANSWERS.add(() -> "no record");

    Decoded decoded = Decoders.ofEvents(config, config.schema()).decode(new byte[1], headers, 0, 0);

    assertThat(headers).isEmpty();
    assertThat(((Decoded.Rejected) decoded).reason())
        .isEqualTo("expected an Avro record, got java.lang.String");
  }

  @Test
  void check_classThatIsNotThere_namesTheArtifacts() {
    EddyConfig config = config("io.confluent.kafka.serializers.KafkaAvroDeserializer");
    assertThatThrownBy(() -> Decoders.check(config))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(
            "eddy.avro.deserializer=io.confluent.kafka.serializers.KafkaAvroDeserializer: there is"
                + " no such class")
        .hasMessageContaining("io.confluent:kafka-avro-serializer");
  }

  @Test
  void check_classThatIsNoDeserializer_isRefused() {
    EddyConfig config = config("java.lang.String");
    assertThatThrownBy(() -> Decoders.check(config))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("eddy.avro.deserializer=java.lang.String: is no");
  }

  @Test
  void check_apicurioWithoutAddress_namesTheSetting() {
    EddyConfig config = config("io.apicurio.registry.serde.avro.AvroKafkaDeserializer");
    assertThatThrownBy(() -> Decoders.check(config))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("apicurio.registry.url=http://");
  }
}
