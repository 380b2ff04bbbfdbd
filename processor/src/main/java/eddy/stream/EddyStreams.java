package eddy.stream;

import java.util.Objects;
import org.apache.kafka.streams.kstream.KStream;

/**
 * What the learner makes of its input: for every event one record in one of two streams.
 *
 * <p>Keys are those of the events, so that neither stream needs repartitioning before a join.
 *
 * @param predictions one prediction record in JSON per accepted event, with its headers and
 *     timestamp
 * @param deadLetters one dead letter per rejected event
 */
public record EddyStreams(
    KStream<byte[], byte[]> predictions, KStream<byte[], byte[]> deadLetters) {
  public EddyStreams {
    Objects.requireNonNull(predictions, "predictions");
    Objects.requireNonNull(deadLetters, "deadLetters");
  }
}
