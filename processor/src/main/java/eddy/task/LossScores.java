package eddy.task;

import eddy.feature.TargetSpec;
import eddy.learn.Outcome;
import eddy.state.LiveObjects;
import eddy.surprise.Assessment;
import eddy.surprise.KeyLosses;
import eddy.surprise.Surprise;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * The surprise of every matured prediction of a task, by the losses that its key has had before.
 * Observes only: nothing that is learned depends on it. For one thread.
 */
public final class LossScores {
  private static final byte KEY = 'k';

  /** Where the losses of all keys together are kept. */
  private static final Bytes ALL = Bytes.wrap("all".getBytes(StandardCharsets.UTF_8));

  private final List<TargetSpec> targets;
  private final LiveObjects<KeyLosses> store;
  private final Surprise surprise = new Surprise();
  private final List<Assessment> newest = new ArrayList<>();

  LossScores(List<TargetSpec> targets, LiveObjects<KeyLosses> store) {
    this.targets = targets;
    this.store = store;
  }

  /** Scores what an event or label has settled. Modifies only the store. */
  void take(Bytes key, Outcome outcome) {
    newest.clear();
    if (outcome.settledOrigins == 0) {
      return;
    }
    Bytes own = at(key);
    KeyLosses losses = of(own);
    KeyLosses all = of(ALL);
    for (int i = 0; i < outcome.settledOrigins; i++) {
      Outcome.Settlement settlement = outcome.settlements[i];
      for (int t = 0; t < targets.size(); t++) {
        newest.add(assess(settlement, t, losses, all));
      }
    }
    store.put(own, losses);
    store.put(ALL, all);
  }

  private Assessment assess(Outcome.Settlement settlement, int t, KeyLosses own, KeyLosses all) {
    double loss = settlement.settled[t] ? loss(settlement, t) : Double.NaN;
    if (Double.isNaN(loss)) {
      return Assessment.NONE;
    }
    surprise.take(own.of(t), all.of(t), loss, t);
    return new Assessment(loss, surprise.probability(), surprise.score());
  }

  private double loss(Outcome.Settlement settlement, int t) {
    Outcome.Prediction prediction = settlement.prediction[t];
    return targets.get(t).category()
        ? -StrictMath.log(prediction.probability)
        : Math.abs(prediction.value - settlement.label[t]);
  }

  /** What is known of a target of a settlement of the newest outcome. */
  public Assessment of(int settlement, int target) {
    return newest.get(settlement * targets.size() + target);
  }

  /** Forgets a key. */
  void forget(Bytes key) {
    store.delete(at(key));
  }

  private KeyLosses of(Bytes place) {
    KeyLosses kept = store.get(place);
    return kept == null ? new KeyLosses(targets.size()) : kept;
  }

  private static Bytes at(Bytes key) {
    byte[] own = key.get();
    byte[] place = Arrays.copyOf(own, own.length + 1);
    place[own.length] = KEY;
    return Bytes.wrap(place);
  }
}
