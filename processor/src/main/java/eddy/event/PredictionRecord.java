package eddy.event;

import eddy.learn.Outcome;
import eddy.learn.Spread;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A prediction record as it is published: what was predicted at one event, of its own targets or of
 * those of an earlier one.
 *
 * @param id topic-partition-offset of the event
 * @param key of the event, null where it has none
 * @param timestamp of the event in milliseconds since 1970 UTC
 * @param labelled topic-partition-offset of the event that the predictions are for: id, unless
 *     events are labelled after others have followed
 * @param learner name and form of the gradient estimator
 * @param updates of the weights before the predictions were made
 * @param predictions by the name of the target, in the order of the configuration
 */
public record PredictionRecord(
    String id,
    String key,
    long timestamp,
    String labelled,
    String learner,
    long updates,
    Map<String, Prediction> predictions) {
  private static final Pattern ID = Pattern.compile(".+-\\d{1,9}-\\d{1,18}", Pattern.DOTALL);

  public PredictionRecord {
    if (id == null || !ID.matcher(id).matches()) {
      throw new IllegalArgumentException("id must be topic-partition-offset but was " + id);
    }
    if (labelled == null || !ID.matcher(labelled).matches()) {
      throw new IllegalArgumentException(
          "labelled must be topic-partition-offset but was " + labelled);
    }
    Objects.requireNonNull(learner, "learner");
    predictions = Collections.unmodifiableMap(new LinkedHashMap<>(predictions));
  }

  /** What is predicted of one target. */
  public sealed interface Prediction {
    /** Who made the published value. */
    Outcome.Source source();
  }

  /**
   * A number in the field's own units; NaN where one is not defined.
   *
   * @param value published
   * @param model what the network said
   * @param baseline what persistence says
   * @param spread what the network said of its own uncertainty
   */
  public record OfNumber(
      double value, double model, double baseline, Outcome.Source source, Spread spread)
      implements Prediction {
    public OfNumber {
      Objects.requireNonNull(spread, "spread");
    }

    /** A number that says nothing of its uncertainty. */
    public OfNumber(double value, double model, double baseline, Outcome.Source source) {
      this(value, model, baseline, source, Spread.NONE);
    }
  }

  /**
   * A class; null where one is not defined.
   *
   * @param value published
   * @param model what the network said
   * @param baseline the last class
   * @param probability of the published class, NaN where it is not defined
   * @param distribution probability of every class that has been seen
   * @param unassigned probability of all others together
   */
  public record OfClass(
      String value,
      String model,
      String baseline,
      Outcome.Source source,
      double probability,
      Map<String, Double> distribution,
      double unassigned)
      implements Prediction {
    public OfClass {
      distribution = Collections.unmodifiableMap(new LinkedHashMap<>(distribution));
    }
  }

  /** Partition of the event. */
  public int partition() {
    int last = id.lastIndexOf('-');
    return Integer.parseInt(id.substring(id.lastIndexOf('-', last - 1) + 1, last));
  }

  /** Offset of the event in its partition. */
  public long offset() {
    return offset(id);
  }

  /** Offset of the event that the predictions are for, in the same partition. */
  public long labelledOffset() {
    return offset(labelled);
  }

  private static long offset(String id) {
    return Long.parseLong(id.substring(id.lastIndexOf('-') + 1));
  }

  /**
   * Reads what {@link PredictionWriter} writes. Fields that it does not know are passed over.
   *
   * @throws IllegalArgumentException where the bytes are no prediction record
   */
  public static PredictionRecord parse(byte[] json) {
    return PredictionParser.parse(json);
  }
}
