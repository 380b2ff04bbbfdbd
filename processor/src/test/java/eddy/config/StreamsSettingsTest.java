package eddy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsSettingsTest {
  private static Map<String, Object> app(Object... settings) {
    Map<String, Object> map = new HashMap<>();
    map.put("eddy.features", "lat");
    map.put("eddy.targets", "lat@+1");
    map.put("eddy.input.topic", "in");
    map.put("eddy.output.topic", "out");
    map.put("eddy.dead.letter.topic", "dead");
    map.put("application.id", "storms");
    map.put("bootstrap.servers", "localhost:9092");
    for (int i = 0; i < settings.length; i += 2) {
      map.put((String) settings[i], settings[i + 1]);
    }
    return map;
  }

  private static List<String> problems(Map<String, Object> properties) {
    EddyConfig config = EddyConfig.of(properties);
    ConfigurationException thrown =
        catchThrowableOfType(ConfigurationException.class, config::requireStreams);
    assertThat(thrown).as("no problem was found").isNotNull();
    return thrown.problems();
  }

  @Test
  void streamsProperties_nothingSet_hasTheDefaults() {
    assertThat(EddyConfig.of(app()).requireStreams().streamsProperties())
        .containsEntry("application.id", "storms")
        .containsEntry("bootstrap.servers", "localhost:9092")
        .containsEntry("processing.guarantee", "exactly_once_v2")
        .containsEntry("auto.offset.reset", "earliest")
        .containsEntry("commit.interval.ms", "1000")
        .containsEntry("ensure.explicit.internal.resource.naming", "true")
        .allSatisfy((key, value) -> assertThat(key.toString()).doesNotStartWith("eddy."));
  }

  @Test
  void streamsProperties_rocksMemory_isSharedUnlessTheUserSetsIt() {
    assertThat(EddyConfig.of(app("eddy.rocksdb.bytes", "33554432")).streamsProperties())
        .containsEntry("rocksdb.config.setter", "eddy.state.SharedRocksMemory")
        .containsEntry("shared.rocksdb.bytes", "33554432");
    assertThat(EddyConfig.of(app("rocksdb.config.setter", "my.Setter")).streamsProperties())
        .containsEntry("rocksdb.config.setter", "my.Setter")
        .doesNotContainKey("shared.rocksdb.bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"max.request.size", "producer.max.request.size"})
  void requireStreams_requestSmallerThanAChunk_isRefused(String key) {
    assertThat(problems(app(key, "600000")))
        .singleElement()
        .asString()
        .contains("max.request.size=600000: must be at least 655360")
        .contains("chunks of 512 KiB");
  }

  @Test
  void streamsProperties_defaults_areAcceptedByKafkaStreams() {
    StreamsConfig config =
        new StreamsConfig(EddyConfig.of(app()).requireStreams().streamsProperties());
    assertThat(config.getMainConsumerConfigs("g", "c", 0))
        .containsEntry("auto.offset.reset", "earliest")
        .containsEntry("max.partition.fetch.bytes", "4194304");
    assertThat(config.getProducerConfigs("p")).containsEntry("max.request.size", "1048576");
  }

  @Test
  void streamsProperties_userSettings_goThroughUnchanged() {
    assertThat(
            EddyConfig.of(
                    app(
                        "processing.guarantee", "at_least_once",
                        "num.stream.threads", "2",
                        "commit.interval.ms", 250,
                        "my.own.key", "x"))
                .streamsProperties())
        .containsEntry("processing.guarantee", "at_least_once")
        .containsEntry("num.stream.threads", "2")
        .containsEntry("commit.interval.ms", 250)
        .containsEntry("my.own.key", "x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application.id",
        "bootstrap.servers",
        "eddy.input.topic",
        "eddy.output.topic",
        "eddy.dead.letter.topic"
      })
  void requireStreams_keyMissing_namesIt(String key) {
    Map<String, Object> properties = app();
    properties.remove(key);
    assertThatCode(() -> EddyConfig.of(properties)).doesNotThrowAnyException();
    assertThat(problems(properties))
        .singleElement()
        .asString()
        .startsWith(key + ": is missing; write ");
  }

  @ParameterizedTest
  @CsvSource({
    "deserialization.exception.handler,LogAndContinueExceptionHandler",
    "default.deserialization.exception.handler,LogAndContinueExceptionHandler",
    "processing.exception.handler,LogAndContinueProcessingExceptionHandler"
  })
  void requireStreams_logAndContinue_isRefusedWithTheReason(String key, String handler) {
    assertThat(problems(app(key, "org.apache.kafka.streams.errors." + handler)))
        .singleElement()
        .asString()
        .startsWith(key + "=org.apache.kafka.streams.errors." + handler)
        .contains("half an update");
  }

  @Test
  void requireStreams_logAndContinueAsClass_isRefused() {
    assertThat(
            problems(
                app("deserialization.exception.handler", LogAndContinueExceptionHandler.class)))
        .singleElement()
        .asString()
        .contains("half an update");
  }

  @Test
  void requireStreams_commitsSlowerThanTheTransactionTimeout_isRefused() {
    assertThat(problems(app("commit.interval.ms", "10000")))
        .singleElement()
        .asString()
        .startsWith("commit.interval.ms=10000: must be below the transaction timeout of 10000 ms");
    assertThatCode(
            () ->
                EddyConfig.of(
                        app(
                            "commit.interval.ms",
                            "10000",
                            "producer.transaction.timeout.ms",
                            "60000"))
                    .requireStreams())
        .doesNotThrowAnyException();
  }

  @Test
  void requireStreams_valueThatKafkaRefuses_isOneLine() {
    assertThat(problems(app("num.stream.threads", "two")))
        .singleElement()
        .asString()
        .startsWith("num.stream.threads: ")
        .contains("two");
  }

  @Test
  void requireStreams_applicationIdThatCannotNameATopic_isRefused() {
    assertThat(problems(app("application.id", "my app")))
        .singleElement()
        .asString()
        .startsWith("application.id=my app: ");
  }
}
