package example;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eddy.config.EddyConfig;
import eddy.event.PredictionRecord;
import eddy.learn.Outcome;
import eddy.stream.EddyStreams;
import eddy.stream.EddyTopology;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/**
 * An application of one's own with Eddy inside: readings of machines are cleaned, Eddy forecasts
 * the next temperature, and forecasts, rejected readings and surprises go their ways.
 */
public final class MachineWatch {
  static final String RAW = "machines.raw";
  static final String FORECASTS = "machines.forecasts";
  static final String NOT_YET = "machines.not-yet";
  static final String REJECTED = "machines.rejected";
  static final String ALERTS = "machines.alerts";

  /** One prediction in a thousand errs as much where nothing is wrong. */
  private static final double ALARMING = 3;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Serde<String> TEXT = Serdes.String();
  private static final Serde<byte[]> BYTES = Serdes.ByteArray();

  private MachineWatch() {}

  /** The topology: what is Eddy's own in it has names that begin with {@code eddy-}. */
  static Topology topology(EddyConfig config) {
    StreamsBuilder builder = new StreamsBuilder();

    // Before: what Eddy learns from is a topic, so that it can be replayed and verified.
    builder.stream(RAW, Consumed.with(TEXT, TEXT).withName("raw"))
        .filter((machine, reading) -> !reading.contains("\"test\":true"), Named.as("real"))
        .to(config.inputTopic(), Produced.with(TEXT, TEXT).withName("readings"));

    EddyStreams eddy = EddyTopology.of(config).addTo(builder);

    // After: the model's forecasts, and those of the baseline until the model has beaten it.
    eddy.predictions()
        .split(Named.as("by-"))
        .branch(
            (machine, prediction) -> isOfModel(prediction),
            Branched.withConsumer(
                forecasts ->
                    forecasts.to(
                        FORECASTS, Produced.with(BYTES, BYTES).withName("forecasts-sink"))))
        .defaultBranch(
            Branched.withConsumer(
                others ->
                    others.to(NOT_YET, Produced.with(BYTES, BYTES).withName("not-yet-sink"))));
    eddy.deadLetters().to(REJECTED, Produced.with(BYTES, BYTES).withName("rejected-sink"));

    // Scores come with the label, an event later: Eddy writes them into eddy.scores.topic.
    builder.stream(config.scoresTopic(), Consumed.with(TEXT, BYTES).withName("scores"))
        .filter((machine, score) -> score(score) >= ALARMING, Named.as("surprising"))
        .to(ALERTS, Produced.with(TEXT, BYTES).withName("alerts-sink"));
    return builder.build(config.streamsProperties());
  }

  private static boolean isOfModel(byte[] prediction) {
    return PredictionRecord.parse(prediction).predictions().values().stream()
        .allMatch(target -> target.source() == Outcome.Source.MODEL);
  }

  private static double score(byte[] record) {
    try {
      JsonNode score = JSON.readTree(new String(record, StandardCharsets.UTF_8));
      return score.path("score").asDouble();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs it by a properties file, until it is told to end. */
  public static void main(String[] arguments) {
    EddyConfig config = EddyConfig.load(Path.of(arguments[0]));
    KafkaStreams streams = new KafkaStreams(topology(config), config.streamsProperties());
    Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
    streams.start();
  }
}
