package eddy.replay;

import eddy.baseline.Baselines;
import eddy.baseline.ClassRivals;
import eddy.baseline.NumberRivals;
import eddy.feature.Event;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.learn.KeyState;
import eddy.learn.LearnerSpec;
import eddy.learn.Outcome;
import eddy.learn.Prequential;
import eddy.report.ScoredTarget.Opinion;
import eddy.state.MapStore;
import java.util.ArrayList;
import java.util.Arrays;
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

  /** Name of the learner that has stopped learning. */
  public static final String FROZEN = "frozen";

  private final Baselines baselines;
  private final List<Target> targets;
  private final boolean sharedByKeys;
  private final List<List<String>> names;
  private final Frozen frozen; // null for none
  private final List<Partition> partitions = new ArrayList<>();
  private final List<Said> said = new ArrayList<>();

  /**
   * One target of the learner.
   *
   * @param field of its label in an event
   * @param waiting most origins of a key that wait for its label
   */
  private record Target(TargetSpec spec, int field, int waiting) {
    /** Whether the event that brings a label shows what comes before the next. */
    boolean shown() {
      return spec.horizon() instanceof Horizon.EventsAhead || timed();
    }

    boolean timed() {
      return spec.horizon() instanceof Horizon.TimeAhead;
    }

    boolean own() {
      return spec.horizon() instanceof Horizon.SameEvent;
    }

    /** Whether labels come in the order of events. */
    boolean ordered() {
      return !(spec.horizon() instanceof Horizon.LabelTopic);
    }
  }

  /** What the rivals said of the labels of one settlement, in the order of their names. */
  static final class Said {
    /** Of no rivals. */
    static final Said NOTHING = new Said(0);

    private final List<List<Double>> numbers;
    private final List<List<Opinion>> classes;

    private Said(int targets) {
      numbers = new ArrayList<>(Stream.generate(List::<Double>of).limit(targets).toList());
      classes = new ArrayList<>(Stream.generate(List::<Opinion>of).limit(targets).toList());
    }

    List<Double> numbers(int target) {
      return numbers.isEmpty() ? List.of() : numbers.get(target);
    }

    List<Opinion> classes(int target) {
      return classes.isEmpty() ? List.of() : classes.get(target);
    }
  }

  /** What keys share: the baselines of every target, of which a number has one sort. */
  private final class Shared {
    private final NumberRivals[] numbers = new NumberRivals[targets.size()];
    private final ClassRivals[] classes = new ClassRivals[targets.size()];

    /** By target, what each has said of the newest label. */
    private final double[][] values = new double[targets.size()][];

    private final ClassRivals.Said[][] opinions = new ClassRivals.Said[targets.size()][];

    /** By target at a time: events that the newest label lay after its origin. */
    private final int[] steps = new int[targets.size()];

    Shared() {
      Arrays.fill(steps, 1);
      for (int t = 0; t < numbers.length; t++) {
        Target target = targets.get(t);
        if (target.spec().category()) {
          classes[t] = baselines.ofClass(target.spec().slots(), target.waiting());
          opinions[t] = new ClassRivals.Said[classes[t].names().size()];
          Arrays.setAll(opinions[t], i -> new ClassRivals.Said());
        } else {
          numbers[t] = baselines.ofNumber(target.ordered(), target.waiting());
          values[t] = new double[numbers[t].names().size()];
        }
      }
    }
  }

  /** What is kept of one key. */
  private final class Keyed {
    private final Shared shared;
    private final NumberRivals.Key[] numbers = new NumberRivals.Key[targets.size()];
    private final ClassRivals.Key[] classes = new ClassRivals.Key[targets.size()];

    Keyed(Shared shared) {
      this.shared = shared;
      for (int t = 0; t < numbers.length; t++) {
        begin(t);
      }
    }

    private void begin(int t) {
      if (targets.get(t).spec().category()) {
        classes[t] = shared.classes[t].newKey();
      } else {
        numbers[t] = shared.numbers[t].newKey();
      }
    }

    /** As the learner does: of what comes after its prediction, the newest stays. */
    void beginSequence() {
      for (int t = 0; t < numbers.length; t++) {
        if (targets.get(t).shown()) {
          begin(t);
        }
      }
    }

    void observe(int t, double number, String text) {
      if (targets.get(t).spec().category()) {
        shared.classes[t].observe(text, classes[t]);
      } else {
        shared.numbers[t].observe(number, numbers[t]);
      }
    }

    void forecast(int t, long position, Outcome.Prediction prediction) {
      if (targets.get(t).spec().category()) {
        shared.classes[t].forecast(position, classes[t]);
      } else {
        int steps = steps(t);
        shared.numbers[t].forecast(position, steps, prediction.baseline, numbers[t]);
      }
    }

    private int steps(int t) {
      Target target = targets.get(t);
      return target.timed() ? shared.steps[t] : Math.max(1, target.spec().eventsAhead());
    }

    void settle(int t, Outcome.Settlement settlement, Said out) {
      long position = settlement.originPosition;
      if (targets.get(t).spec().category()) {
        out.classes.set(t, classes(t, position, settlement.text[t]));
      } else {
        out.numbers.set(t, numbers(t, position, settlement.label[t]));
      }
    }

    private List<Opinion> classes(int t, long position, String label) {
      ClassRivals.Said[] said = shared.opinions[t];
      shared.classes[t].settle(position, label, classes[t], said);
      Opinion[] copies = new Opinion[said.length];
      for (int i = 0; i < said.length; i++) {
        copies[i] = new Opinion(said[i].predicted, said[i].probability);
      }
      return List.of(copies);
    }

    private List<Double> numbers(int t, long position, double label) {
      int steps = steps(t);
      if (targets.get(t).timed()) {
        steps = (int) Math.max(0, shared.numbers[t].since(position, numbers[t])) + 1;
        shared.steps[t] = steps;
      }
      double[] said = shared.values[t];
      shared.numbers[t].settle(position, steps, label, numbers[t], said);
      Double[] copies = new Double[said.length];
      for (int i = 0; i < copies.length; i++) {
        copies[i] = said[i];
      }
      return List.of(copies);
    }
  }

  /** The keys of one partition. */
  private final class Partition {
    private final Map<Bytes, Keyed> keys = new HashMap<>();
    private final Shared shared = new Shared();

    /** Forgets keys that the learner has dropped, once they are many. */
    void keep(MapStore<?> known) {
      if (keys.size() > 2L * known.size() + MOST_DROPPED) {
        keys.keySet().removeIf(key -> known.get(key) == null);
      }
    }

    Keyed find(Bytes key) {
      return keys.computeIfAbsent(key, unseen -> new Keyed(sharedByKeys ? shared : new Shared()));
    }
  }

  private Rivals(
      Baselines baselines,
      List<Target> targets,
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
    List<Target> targets =
        spec.targets().stream()
            .map(
                target ->
                    new Target(
                        target,
                        learner.schema().index(target.field(), target.kind()),
                        waiting(target, learner)))
            .toList();
    List<List<String>> names =
        targets.stream()
            .map(
                target ->
                    target.spec().category()
                        ? baselines.ofClass(target.spec().slots(), 1).names()
                        : baselines.ofNumber(target.ordered(), 1).names())
            .toList();
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
            .map(those -> Stream.concat(those.stream(), Stream.of(FROZEN)).toList())
            .toList();
    return new Rivals(baselines, targets, sharedByKeys, more, new Frozen(copy, spec, after));
  }

  private static int waiting(TargetSpec target, Prequential learner) {
    boolean counted =
        target.horizon() instanceof Horizon.EventsAhead
            || target.horizon() instanceof Horizon.SameEvent;
    return 1 + (counted ? target.eventsAhead() : learner.waitingPlan().events());
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
    Keyed keyed = partitions.get(partition).find(key);
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
  private void settle(Outcome outcome, long origin, boolean own, Keyed keyed) {
    for (int i = 0; i < outcome.settledOrigins; i++) {
      Outcome.Settlement settlement = outcome.settlements[i];
      if ((settlement.originPosition == origin) == own) {
        settle(settlement, i, keyed);
      }
    }
  }

  private void settle(Outcome.Settlement settlement, int number, Keyed keyed) {
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
      out.classes.set(t, with(out.classes.get(t), frozen.opinion(number, t)));
    } else {
      out.numbers.set(t, with(out.numbers.get(t), frozen.number(number, t)));
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
