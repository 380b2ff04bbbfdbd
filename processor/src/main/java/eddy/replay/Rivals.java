package eddy.replay;

import eddy.baseline.Baselines;
import eddy.feature.Event;
import eddy.learn.KeyState;
import eddy.learn.LearnerSpec;
import eddy.learn.Outcome;
import eddy.learn.Prequential;
import eddy.report.TargetScores;
import eddy.state.MapStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;

/**
 * Baselines in the same pass: each forecasts at every origin of the learner from the rows up to it,
 * learns from a label only when that settles, and is scored where the learner is.
 *
 * <p>They share among keys what the learner shares: that of a partition, or of a key alone. A
 * number that an event lacks is taken to be the one before. For one thread.
 */
public final class Rivals {
  /** Keys that may be remembered though the learner has dropped them. */
  private static final int MOST_DROPPED = 1024;

  private final Baselines baselines;
  private final List<RivalTarget> targets;
  private final boolean sharedByKeys;
  private final List<List<String>> names;
  private final Frozen frozen; // null for none
  private final List<Partition> partitions = new ArrayList<>();
  private final List<Said> said = new ArrayList<>();

  /** The keys of one partition. */
  private final class Partition {
    private final Map<Bytes, KeyedRivals> keys = new HashMap<>();
    private final SharedRivals shared = new SharedRivals(baselines, targets);

    /** Forgets keys that the learner has dropped, once they are many. */
    void keep(MapStore<?> known) {
      if (keys.size() > 2L * known.size() + MOST_DROPPED) {
        keys.keySet().removeIf(key -> known.get(key) == null);
      }
    }

    KeyedRivals find(Bytes key) {
      return keys.computeIfAbsent(key, unseen -> new KeyedRivals(sharing()));
    }

    private SharedRivals sharing() {
      return sharedByKeys ? shared : new SharedRivals(baselines, targets);
    }
  }

  private Rivals(
      Baselines baselines,
      List<RivalTarget> targets,
      boolean sharedByKeys,
      List<List<String>> names,
      Frozen frozen) {
    this.baselines = baselines;
    this.targets = targets;
    this.sharedByKeys = sharedByKeys;
    this.names = names;
    this.frozen = frozen;
  }

  /** None at all. */
  public static Rivals none() {
    return new Rivals(Baselines.NONE, List.of(), true, List.of(), null);
  }

  /**
   * Rivals of a learner.
   *
   * @param learner made of the spec
   */
  public static Rivals of(Baselines baselines, LearnerSpec spec, Prequential learner) {
    List<RivalTarget> targets =
        spec.targets().stream().map(target -> RivalTarget.of(target, learner)).toList();
    List<List<String>> names = targets.stream().map(target -> target.names(baselines)).toList();
    return new Rivals(baselines, targets, spec.scope() != LearnerSpec.Scope.KEY, names, null);
  }

  /**
   * The same, and the learner itself as it was after so many events of a source.
   *
   * @param copy made of the spec, and used by nobody else
   */
  public Rivals withFrozen(Prequential copy, LearnerSpec spec, long after) {
    List<List<String>> more =
        names.stream()
            .map(those -> Stream.concat(those.stream(), Stream.of(TargetScores.FROZEN)).toList())
            .toList();
    return new Rivals(baselines, targets, sharedByKeys, more, new Frozen(copy, spec, after));
  }

  /** Names of the rivals by target, in the order of all that they say. */
  public List<List<String>> names() {
    return names;
  }

  /**
   * Begins a source of events anew.
   *
   * @param spread partitions of it
   * @param learned whether what was learned stays, without the keys
   * @param original what the network is frozen from
   */
  void begin(int spread, boolean learned, Frozen.Original original) {
    if (frozen != null) {
      frozen.begin(original);
    }
    if (!learned) {
      partitions.clear();
    }
    while (partitions.size() < spread) {
      partitions.add(new Partition());
    }
    partitions.forEach(partition -> partition.keys.clear());
  }

  /**
   * Takes in an event that the learner has accepted, and what came of it.
   *
   * @param known keys of the partition, this one among them
   */
  void observe(int partition, Bytes key, Event event, Outcome outcome, MapStore<KeyState> known) {
    if (targets.isEmpty()) {
      return;
    }
    boolean fresh = known.get(key).events() == 1;
    if (frozen != null) {
      frozen.observe(partition, key, event, outcome);
    }
    if (fresh) {
      partitions.get(partition).keys.remove(key);
    }
    KeyedRivals keyed = partitions.get(partition).find(key);
    if (outcome.begins && !fresh) {
      keyed.beginSequence();
    }
    settle(outcome, event.position, false, keyed);
    for (int t = 0; t < targets.size(); t++) {
      if (targets.get(t).shown()) {
        int field = targets.get(t).field();
        keyed.observe(t, event.numbers[field], event.categories[field]);
      }
    }
    if (outcome.predicted) {
      for (int t = 0; t < targets.size(); t++) {
        keyed.forecast(t, event.position, outcome.predictions[t]);
      }
    }
    settle(outcome, event.position, true, keyed);
    for (int t = 0; outcome.predicted && t < targets.size(); t++) {
      if (targets.get(t).own() && !isSettled(t, event.position, outcome)) {
        keyed.observe(t, Double.NaN, null);
      }
    }
    partitions.get(partition).keep(known);
  }

  private static boolean isSettled(int t, long origin, Outcome outcome) {
    for (int i = 0; i < outcome.settledOrigins; i++) {
      Outcome.Settlement settlement = outcome.settlements[i];
      if (settlement.originPosition == origin && settlement.settled[t]) {
        return true;
      }
    }
    return false;
  }

  /** Takes in what came of a label that has come by itself. */
  void label(int partition, Bytes key, long id, Event label, Outcome outcome) {
    if (frozen != null) {
      frozen.label(partition, key, id, label, outcome);
    }
    if (!targets.isEmpty()) {
      settle(outcome, -1, false, partitions.get(partition).find(key));
    }
  }

  /** Settles the labels of the origin, or of all others. */
  private void settle(Outcome outcome, long origin, boolean own, KeyedRivals keyed) {
    for (int i = 0; i < outcome.settledOrigins; i++) {
      Outcome.Settlement settlement = outcome.settlements[i];
      if ((settlement.originPosition == origin) == own) {
        settle(settlement, i, keyed);
      }
    }
  }

  private void settle(Outcome.Settlement settlement, int number, KeyedRivals keyed) {
    while (said.size() <= number) {
      said.add(new Said(targets.size()));
    }
    for (int t = 0; t < targets.size(); t++) {
      if (settlement.settled[t]) {
        keyed.settle(t, settlement, said.get(number));
        if (frozen != null) {
          addFrozen(t, number);
        }
        if (!targets.get(t).shown()) {
          keyed.observe(t, settlement.label[t], settlement.text[t]);
        }
      }
    }
  }

  private void addFrozen(int t, int number) {
    Said out = said.get(number);
    if (targets.get(t).spec().category()) {
      out.ofClass(t, with(out.classes(t), frozen.opinion(number, t)));
    } else {
      out.ofNumber(t, with(out.numbers(t), frozen.number(number, t)));
    }
  }

  private static <T> List<T> with(List<T> those, T last) {
    List<T> all = new ArrayList<>(those);
    all.add(last);
    return all;
  }

  /** Goes on to the next event or label. */
  void next() {
    if (frozen != null) {
      frozen.freezeInTime();
    }
  }

  /** What was said at the origin of a settlement of the newest outcome. */
  Said said(int settlement) {
    return targets.isEmpty() ? Said.NOTHING : said.get(settlement);
  }

  /** Forgets a key. */
  void delete(int partition, Bytes key) {
    if (frozen != null) {
      frozen.delete(partition, key);
    }
    if (!targets.isEmpty()) {
      partitions.get(partition).keys.remove(key);
    }
  }
}
