package eddy.stream;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.config.EddyConfig;
import eddy.event.DeadLetter;
import eddy.event.PredictionRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which events of an app have a prediction, where not every one has. */
class SequenceTopologyTest {
  @TempDir Path directory;

  private EddyConfig config(String... settings) {
    Map<String, String> properties = DrivenTopology.properties(directory);
    properties.put("eddy.targets", "y");
    for (int i = 0; i < settings.length; i += 2) {
      properties.put(settings[i], settings[i + 1]);
    }
    return EddyConfig.of(properties);
  }

  private static List<PredictionRecord> run(
      EddyConfig config, List<String> events, List<String> reasons) {
    try (TopologyTestDriver driver =
        new TopologyTestDriver(EddyTopology.of(config).build(), config.streamsProperties())) {
      TestInputTopic<String, String> input =
          driver.createInputTopic("in", new StringSerializer(), new StringSerializer());
      events.forEach(event -> input.pipeInput("k", event));
      TestOutputTopic<String, String> dead =
          driver.createOutputTopic("dead", new StringDeserializer(), new StringDeserializer());
      for (TestRecord<String, String> letter : dead.readRecordsToList()) {
        byte[] reason = letter.headers().lastHeader(DeadLetter.REASON).value();
        reasons.add(new String(reason, StandardCharsets.UTF_8));
      }
      TestOutputTopic<String, String> out =
          driver.createOutputTopic("out", new StringDeserializer(), new StringDeserializer());
      return out.readValuesToList().stream()
          .map(value -> PredictionRecord.parse(value.getBytes(StandardCharsets.UTF_8)))
          .toList();
    }
  }

  @Test
  void event_withinASequenceThatIsPredictedAsAWhole_publishesNothing() {
    EddyConfig config = config("eddy.sequence.end.field", "end", "eddy.sequence.output", "last");
    List<String> reasons = new java.util.ArrayList<>();
    List<PredictionRecord> published =
        run(
            config,
            List.of(
                "{\"x\":1,\"end\":false}",
                "{\"x\":2}",
                "{\"x\":3,\"end\":true,\"y\":6}",
                "{\"x\":4,\"end\":1,\"y\":4}",
                "{\"x\":5,\"end\":0}"),
            reasons);
    assertThat(published).extracting(PredictionRecord::id).containsExactly("in-0-2", "in-0-3");
    assertThat(published).extracting(PredictionRecord::updates).containsExactly(0L, 1L);
    assertThat(reasons)
        .containsExactly("field end: expected true or false, or 1 or 0, but it is missing or null");
  }

  @Test
  void event_labelledAfterOthers_isNamedByThePredictionOfTheEventThatBringsIt() {
    EddyConfig config = config("eddy.network", "bidirectional", "eddy.lookahead", "2");
    List<String> reasons = new java.util.ArrayList<>();
    List<PredictionRecord> published =
        run(
            config,
            List.of(
                "{\"x\":1,\"y\":7}",
                "{\"x\":2,\"y\":8}",
                "no event",
                "{\"x\":3,\"y\":9}",
                "{\"x\":4,\"y\":5}"),
            reasons);
    assertThat(published).extracting(PredictionRecord::id).containsExactly("in-0-3", "in-0-4");
    assertThat(published)
        .extracting(PredictionRecord::labelled)
        .containsExactly("in-0-0", "in-0-1");
    // what was said of the event before the one that is labelled
    assertThat(published.get(1).predictions().get("y").toString()).contains("baseline=7.0");
    assertThat(reasons).hasSize(1);
  }
}
