package eddy.task;

import eddy.event.SlotNames;
import eddy.feature.Event;
import eddy.feature.EventSchema;
import eddy.feature.FieldKind;
import eddy.feature.TargetSpec;
import eddy.learn.Outcome;
import eddy.query.KeyReport.RecentTarget;
import eddy.query.TargetScore;
import eddy.query.Value;
import eddy.surprise.Assessment;
import eddy.surprise.KeyLosses;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;

/**
 * Watches a task learn, for whoever asks it: losses by target, and the newest events of keys. Keeps
 * it in memory only, and changes nothing that is learned. For the task's thread.
 */
public final class TaskWatch {
  /** Keys whose losses are remembered, where the task itself remembers none. */
  private static final int KEYS_OF_LOSSES = 1000;

  /** Classes that are shown of a distribution. */
  private static final int CLASSES = 8;

  /** Standard deviations on both sides that 95 % of a normal distribution lie within. */
  private static final double NINETY_FIVE = 1.959964;

  private final EventSchema schema;
  private final List<TargetSpec> targets;
  private final TargetTally[] tallies;
  private final List<TargetLosses> newest;
  private final RecentKeys recent;
  private final LossScores own;
  private long updates;
  private long byModel;
  private long byBaseline;

  /**
   * Nothing was seen yet.
   *
   * @param newest losses of each target, which somebody else keeps
   * @param recentBytes bound of the heap for the newest events, asked at every event
   */
  TaskWatch(
      EventSchema schema,
      List<TargetSpec> targets,
      List<TargetLosses> newest,
      LongSupplier recentBytes) {
    this.schema = schema;
    this.newest = newest;
    this.targets = targets;
    tallies = new TargetTally[targets.size()];
    Arrays.setAll(tallies, t -> new TargetTally());
    recent = new RecentKeys(recentBytes);
    own = new LossScores(targets, new NewestObjects<KeyLosses>(KEYS_OF_LOSSES));
  }

  /** Takes an event that was accepted, and what came of it. */
  void event(Bytes key, Event event, Outcome outcome, LossScores scores, SlotNames classes) {
    settled(key, outcome, scores, classes);
    recent.event(key, event.position, event.timestamp, fields(event), outcome.fallback);
    if (outcome.predicted) {
      updates = outcome.updates;
      RecentTarget[] predicted = new RecentTarget[targets.size()];
      Arrays.setAll(predicted, t -> predicted(t, outcome.predictions[t], classes));
      recent.predicted(key, outcome.labelledPosition, predicted);
    }
  }

  /** Takes what an event or a label has settled. */
  void settled(Bytes key, Outcome outcome, LossScores scores, SlotNames classes) {
    LossScores judged = scores == null ? own : scores;
    if (scores == null) {
      own.take(key, outcome);
    }
    for (int i = 0; i < outcome.settledOrigins; i++) {
      Outcome.Settlement settlement = outcome.settlements[i];
      for (int t = 0; t < tallies.length; t++) {
        if (settlement.settled[t]) {
          Assessment said = judged.of(i, t);
          recent.settled(key, settlement.originPosition, t, label(settlement, t), said.score());
          score(tallies[t], targets.get(t), settlement, t);
        }
      }
    }
  }

  /** Drops what is held of a key that is gone. */
  void forget(Bytes key) {
    recent.forget(key);
    own.forget(key);
  }

  private static Value label(Outcome.Settlement settlement, int target) {
    return settlement.text[target] == null
        ? Value.of(settlement.label[target])
        : Value.of(settlement.text[target]);
  }

  private static void score(
      TargetTally tally, TargetSpec target, Outcome.Settlement settlement, int t) {
    Outcome.Prediction said = settlement.prediction[t];
    double label = settlement.label[t];
    double eddy = TargetLosses.loss(target, said.value, label);
    double persistence = TargetLosses.loss(target, said.baseline, label);
    if (!Double.isNaN(eddy) && !Double.isNaN(persistence)) {
      tally.take(eddy, persistence, TargetLosses.loss(target, said.model, label));
    }
  }

  private Map<String, Value> fields(Event event) {
    Map<String, Value> fields = new LinkedHashMap<>();
    for (int i = 0; i < schema.eventFields().size(); i++) {
      String path = schema.field(i).path();
      if (schema.field(i).kind() == FieldKind.CATEGORY) {
        if (event.categories[i] != null) {
          fields.put(path, Value.of(event.categories[i]));
        }
      } else if (!Double.isNaN(event.numbers[i])) {
        fields.put(path, Value.of(event.numbers[i]));
      }
    }
    return fields;
  }

  private RecentTarget predicted(int target, Outcome.Prediction said, SlotNames classes) {
    boolean model = said.source == Outcome.Source.MODEL;
    if (model) {
      byModel++;
    } else {
      byBaseline++;
    }
    boolean symbol = targets.get(target).category();
    double low = Double.NaN;
    double high = Double.NaN;
    if (model && said.levels.length > 1) {
      low = said.quantiles[0];
      high = said.quantiles[said.levels.length - 1];
    } else if (model) {
      low = said.value - NINETY_FIVE * said.deviation;
      high = said.value + NINETY_FIVE * said.deviation;
    }
    return new RecentTarget(
        targets.get(target).name(),
        value(symbol, target, said.value, classes),
        low,
        high,
        symbol ? likeliest(target, said.distribution, classes) : null,
        value(symbol, target, said.baseline, classes),
        Value.NONE,
        Double.NaN,
        model);
  }

  private static Value value(boolean symbol, int target, double said, SlotNames classes) {
    if (!symbol) {
      return Value.of(said);
    }
    return said < 0 ? Value.NONE : Value.of(classes.name(target, (int) said));
  }

  private static Map<String, Double> likeliest(int target, float[] given, SlotNames classes) {
    Map<String, Double> likeliest = new LinkedHashMap<>();
    boolean[] taken = new boolean[given.length];
    for (int i = 0; i < Math.min(CLASSES, given.length); i++) {
      int best = -1;
      for (int slot = 0; slot < given.length; slot++) {
        if (!taken[slot] && (best < 0 || given[slot] > given[best])) {
          best = slot;
        }
      }
      taken[best] = true;
      String name = classes.name(target, best);
      if (name != null) {
        likeliest.put(name, (double) given[best]);
      }
    }
    return likeliest;
  }

  List<TargetScore> scores() {
    return IntStream.range(0, tallies.length)
        .mapToObj(t -> tallies[t].score(newest.get(t).window()))
        .toList();
  }

  RecentKeys recent() {
    return recent;
  }

  long updates() {
    return updates;
  }

  long byModel() {
    return byModel;
  }

  long byBaseline() {
    return byBaseline;
  }
}
