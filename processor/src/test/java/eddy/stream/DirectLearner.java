package eddy.stream;

import eddy.config.EddyConfig;
import eddy.event.Decoded;
import eddy.event.JsonEventDecoder;
import eddy.event.PredictionWriter;
import eddy.feature.TargetSpec;
import eddy.learn.KeyState;
import eddy.learn.LearnerSpec.Scope;
import eddy.learn.Outcome;
import eddy.learn.Prequential;
import eddy.learn.Weights;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One partition's learner without Kafka Streams: plain maps, one event after the other. */
final class DirectLearner {
  private final EddyConfig config;
  private final Prequential learner;
  private final JsonEventDecoder decoder;
  private final Map<String, KeyState> keys = new HashMap<>();
  private final Map<String, Weights> weights = new HashMap<>();

  DirectLearner(EddyConfig config) {
    this.config = config;
    learner = Prequential.of(config.learnerSpec());
    decoder = new JsonEventDecoder(learner.schema());
  }

  /** The prediction that an event of the input topic must be answered by. */
  byte[] predict(ConsumerRecord<byte[], byte[]> record) {
    Decoded decoded = decoder.decode(record.value(), record.timestamp(), record.offset());
    String key = new String(record.key(), StandardCharsets.UTF_8);
    boolean own = config.learnerSpec().scope() == Scope.KEY;
    KeyState state = keys.computeIfAbsent(key, k -> learner.newKeyState());
    Weights used = weights.computeIfAbsent(own ? key : "", k -> learner.newWeights());
    Outcome outcome = learner.observe(((Decoded.Accepted) decoded).event(), state, used);
    return new PredictionWriter(
            learner.learner(),
            config.targets().stream().map(TargetSpec::name).toList(),
            record.topic(),
            record.partition())
        .write(
            record.offset(),
            record.key(),
            record.timestamp(),
            outcome,
            (target, slot) -> learner.className(used, target, slot));
  }
}
