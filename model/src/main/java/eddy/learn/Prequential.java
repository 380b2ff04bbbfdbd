package eddy.learn;

import eddy.feature.Dictionary;
import eddy.feature.Event;
import eddy.feature.EventSchema;
import eddy.feature.FeatureEncoder;
import eddy.feature.FieldKind;
import eddy.feature.SequenceSpec;
import eddy.feature.TargetSpec;
import eddy.feature.TextHash;
import eddy.math.Kernels;
import eddy.math.RandomStream;
import eddy.network.Network;
import eddy.readout.Slice;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The one learning loop: test, then train, for the stream and for replay alike.
 *
 * <p>A label credits the state at the origin of its prediction: for every horizon a key keeps a
 * second recurrence that lags by so many events, advanced from the stored inputs when labels fall
 * due, and the error is that of the prediction as it was made. One event ahead the newest state
 * still is the origin's. Holds scratch: one per task, used by one thread.
 */
public final class Prequential {
  /** Encoded inputs stay within; only raw features can reach it. */
  private static final float INPUT_BOUND = 1e6f;

  private static final int NONE = -1;

  /** Longer names of classes than most. */
  private static final int NAME_BYTES = 64;

  private static final long MANY_PARTITIONS = 1000;

  /** In place of what {@link Origins} has reached: the lanes' own states. */
  private static final int LANES = -2;

  private final LearnerSpec spec;
  private final Kernels kernels;
  private final EventSchema schema;
  private final FeatureEncoder features;
  private final Targets targets;
  private final Lookahead lookahead;

  /** Where an event says that its sequence ends, NONE where sequences do not end. */
  private final int endField;

  private final long gapMs;
  private final Arrivals arrivals;
  private final Member[] members;
  private final Mixture mixture;
  private final Gate gate;
  private final KeyParts parts;
  private final StateCodec codec;
  private final Merge merge;
  private final WeightTensors tensors;
  private final Outcome outcome;
  private final int inputs;
  private final double inputPower;
  private final Origin origin;
  private final Origins origins;
  private final WaitingPlan waitingPlan;

  /** A label that has waited for its event. */
  private final Event heldLabel;

  private final double[] labels;
  private final int bytesPerKey;
  private final String fallback;
  private final long fingerprint;
  private boolean learning = true;

  /** Drops of sensitivities that outcomes have told of. */
  private long dropsTold;

  private Prequential(LearnerSpec spec, Kernels kernels, WaitingPlan given) {
    this.spec = spec;
    this.kernels = kernels;
    Blueprint blueprint = new Blueprint(spec);
    schema = blueprint.schema;
    features = blueprint.features;
    targets = blueprint.targets;
    lookahead = blueprint.lookahead;
    SequenceSpec sequence = spec.sequence();
    endField = sequence.ends() ? schema.index(sequence.endField(), FieldKind.TRUTH) : NONE;
    gapMs = sequence.gap().toMillis();
    arrivals = new Arrivals(spec.arrivals(), schema);
    inputs = features.width();
    inputPower = blueprint.inputPower();
    waitingPlan = given == null ? blueprint.planner().choose().waiting() : given;
    members = blueprint.members(kernels, waitingPlan);
    mixture = new Mixture(kernels, members, targets.outputs);
    gate = new Gate(spec.gate());
    origin = new Origin(inputs, features.activeRows(), members.length, targets);
    labels = new double[targets.count()];
    fallback = named(Network::fallbackEstimator);
    merge = new Merge(members, features, targets);
    tensors = new WeightTensors(members);
    requireStart();
    origins = new Origins(members, targets, waitingPlan, spec.deadline(), origin);
    heldLabel = new Event(schema);
    fingerprint = computeFingerprint();
    KeyState fresh = newKeyState();
    parts = new KeyParts(fingerprint, spec.traceDurable(), fresh);
    codec = new StateCodec(fingerprint, parts, origins);
    outcome = newOutcome();
    long bytes = codec.encodeHead(fresh).length + parts.bytes() + lookahead.textBytes();
    bytes += origins.mostBytes();
    if (spec.scope() == LearnerSpec.Scope.KEY) {
      bytes += encode(newWeights()).length + sparseBytes();
      requireBudget(bytes);
    }
    bytesPerKey = Math.toIntExact(bytes);
  }

  /**
   * A learner for the spec.
   *
   * @throws IllegalArgumentException where parts of the spec do not fit together, or not into the
   *     budget
   */
  public static Prequential of(LearnerSpec spec) {
    return of(spec, Kernels.fastest());
  }

  /** The same over given kernels, which decide the speed and not one bit of the result. */
  public static Prequential of(LearnerSpec spec, Kernels kernels) {
    return new Prequential(spec, kernels, null);
  }

  /** The same whose origins wait as given, whatever the budget would choose. */
  static Prequential of(LearnerSpec spec, WaitingPlan waiting) {
    return new Prequential(spec, Kernels.fastest(), waiting);
  }

  /** State that was learned by another spec would be misread. */
  private void requireStart() {
    StartingWeights start = spec.start();
    if (start == null) {
      return;
    }
    if (start.state() != null && start.spec() != specFingerprint()) {
      throw new UnfitWeightsException(
          "the weights to start from were learned by another configuration, with fingerprint "
              + Long.toHexString(start.spec())
              + " where this one has "
              + Long.toHexString(specFingerprint())
              + "; export them with --weights-only");
    }
    tensors.write(start.tensors(), randomWeights());
  }

  /** The Planner has counted states; weights of its own may be more than all of a key's state. */
  private void requireBudget(long bytes) {
    long budget = spec.budget().keyBytes();
    if (bytes > budget) {
      throw new IllegalArgumentException(
          "a key with weights of its own needs "
              + bytes
              + " bytes, above eddy.budget.key.bytes="
              + budget
              + "; raise the budget, name fewer features or units, or share weights with"
              + " eddy.weights=partition");
    }
  }

  private Outcome newOutcome() {
    List<String> names = spec.targets().stream().map(TargetSpec::name).toList();
    return new Outcome(
        names,
        newPredictions(),
        targets.lanes.size(),
        () -> new Outcome.Settlement(newPredictions()));
  }

  private Outcome.Prediction[] newPredictions() {
    return spec.targets().stream()
        .map(
            target ->
                new Outcome.Prediction(
                    target.slots(), target.category() ? Spread.NONE : spec.spread()))
        .toArray(Outcome.Prediction[]::new);
  }

  /**
   * FNV-1a over the canonical text of what decides the meaning of stored state: budgets only chose
   * the estimator, which is named with its own settings. State of another fingerprint is refused.
   */
  public long fingerprint() {
    return fingerprint;
  }

  private long computeFingerprint() {
    return spec.start() == null
        ? specFingerprint()
        : hash(specFingerprint() + " from " + spec.start());
  }

  /** The same without regard to the weights that it starts from. */
  public long specFingerprint() {
    String identity =
        String.join(
            "\n",
            spec.features().toString(),
            spec.readoutFeatures().toString(),
            spec.targets().toString(),
            learner() + " " + spec.network() + " " + spec.sequence() + " " + spec.arrivals(),
            spec.panel() + " " + spec.loss() + " " + spec.gate(),
            spec.scope() + " " + spec.weightsEvery() + " " + spec.seed() + " " + spec.ttlMillis(),
            waiting());
    return hash(identity);
  }

  private static long hash(String identity) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : identity.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }

  private String waiting() {
    if (waitingPlan.events() == 0) {
      return "";
    }
    return waitingPlan.form() + " " + waitingPlan.events() + " " + spec.deadline().millis();
  }

  /** How origins wait for labels that come after no fixed count of events. */
  public WaitingPlan waitingPlan() {
    return waitingPlan;
  }

  /** What to decode of every event. */
  public EventSchema schema() {
    return schema;
  }

  /**
   * Cell and gradient estimator in use, such as {@code mixed/unit-traces}, and the panel where it
   * is not the whole one, such as {@code mixed/unit-traces in reference+recurrent-gradient}; {@code
   * not durable} where traces are not stored.
   */
  public String learner() {
    return named(Network::estimator);
  }

  private String named(Function<Network, String> name) {
    String cells =
        Arrays.stream(members)
            .map(member -> name.apply(member.network()))
            .filter(estimator -> !estimator.isEmpty())
            .findFirst()
            .map(estimator -> spec.network().name() + "/" + estimator)
            .map(estimator -> spec.traceDurable() ? estimator : estimator + " not durable")
            .orElse("no cells");
    List<String> panel = spec.panel().stream().map(MemberSpec::name).toList();
    return panel.equals(MemberSpec.names()) ? cells : cells + " in " + String.join("+", panel);
  }

  /** Kernels in use, such as {@code vector-512} or {@code scalar}. */
  public String kernels() {
    return kernels.name();
  }

  /** Number of learned weights. */
  public int parameters() {
    return Arrays.stream(members).mapToInt(Member::parameters).sum();
  }

  /**
   * Sets how what comes is learned from; at first it is, at the rates of the spec.
   *
   * @param learns whether weights and all statistics in them move. Where not, events are predicted
   *     and scored, and keys go on with states, sensitivities and memories, which are exact since
   *     the weights stand still
   * @param rateFactor on the step sizes of all gradient descent, of cells and readouts; readouts
   *     that solve for their weights have none
   */
  public void pace(boolean learns, float rateFactor) {
    learning = learns;
    for (Member member : members) {
      member.pace(rateFactor);
    }
  }

  /** Bytes of what one key keeps at least, encoded: where no origin waits for its label. */
  public long fewestBytesPerKey() {
    return bytesPerKey - origins.mostBytes();
  }

  /**
   * Bytes of what one key keeps, encoded: its state, with all origins that may wait for labels, and
   * its weights where it has its own.
   */
  public int bytesPerKey() {
    return bytesPerKey;
  }

  /**
   * Most bytes of what one set of weights keeps of hashed features, where every row has moved; 0
   * where there are none. Rows are made, and stored, as they move for the first time.
   */
  public long sparseBytes() {
    return Arrays.stream(members).mapToLong(Member::sparseBytes).sum();
  }

  /** Weights at the start, from the spec's seed, or those that it starts from. */
  public Weights newWeights() {
    Weights weights = randomWeights();
    StartingWeights start = spec.start();
    if (start != null) {
      if (start.state() != null) {
        weights =
            codec
                .of(StateReader.fingerprint(start.state()))
                .decode(start.state(), weights, members);
        weights.contributions.clear();
      }
      tensors.write(start.tensors(), weights);
      if (spec.scope() == LearnerSpec.Scope.GLOBAL) {
        weights.base = decodeWeights(encode(weights)).members;
      }
    }
    return weights;
  }

  /** Learned weights by names, those of cells that PyTorch has by its names. */
  public Map<String, Tensor> tensors(Weights weights) {
    return tensors.read(weights);
  }

  /**
   * What the cells show of made-up inputs, by names that end in {@code check.inputs} and {@code
   * check.outputs}: for others to compare theirs with.
   */
  public Map<String, Tensor> check(Weights weights, int steps) {
    return tensors.check(weights, steps, inputs);
  }

  private Weights randomWeights() {
    double[][] statistics = new double[targets.count()][];
    Dictionary[] classes = new Dictionary[targets.count()];
    for (int t = 0; t < statistics.length; t++) {
      statistics[t] = new double[targets.heads[t].statistics()];
      TargetSpec target = spec.targets().get(t);
      classes[t] = target.category() ? new Dictionary(target.slots()) : null;
    }
    Weights weights =
        new Weights(
            newMembers(),
            new double[targets.count()][members.length],
            features.newStatistics(),
            statistics,
            classes);
    if (spec.scope() == LearnerSpec.Scope.GLOBAL) {
      weights.base = newMembers();
    }
    return weights;
  }

  private MemberWeights[] newMembers() {
    RandomStream random = new RandomStream(spec.seed());
    return Arrays.stream(members)
        .map(m -> m.newWeights(random, inputPower))
        .toArray(MemberWeights[]::new);
  }

  /** State of a key before its first event. */
  public KeyState newKeyState() {
    double[] unseen = new double[targets.count()];
    Arrays.fill(unseen, Double.NaN);
    int waiting = targets.farthest;
    return new KeyState(
        Arrays.stream(members).map(Member::newState).toArray(MemberState[]::new),
        new double[features.memoryLength()],
        unseen,
        new double[targets.referenceLength],
        new float[waiting * (inputs + 1)],
        new int[waiting * origin.active.length],
        new float[waiting * origin.z.length * targets.outputs],
        new double[waiting * origin.heads.length],
        new long[waiting],
        new long[waiting],
        lookahead.newPassed(),
        new long[spec.arrivals().window()],
        origins.newWaiting());
  }

  /**
   * Learns from the labels that the event brings, then predicts, then learns from labels that stand
   * in the event itself, or in the earlier one that the predictions are for.
   *
   * <p>Modifies key and, unless learning is paused, weights; neither where the outcome says that
   * the event is refused. Throws nothing for any event that fits the schema.
   *
   * @return the outcome, valid until the next call
   */
  public Outcome observe(Event event, KeyState key, Weights weights) {
    outcome.begin();
    arrivals.judge(event, key, outcome);
    if (outcome.refusal != null) {
      return outcome;
    }
    if (isAfterGap(event, key)) {
      startSequence(key);
    }
    settleDueOrigins(event, key, weights);
    settleEarlierOrigins(event, key, weights);
    for (int t = 0; t < targets.count(); t++) {
      if (targets.shown(t)) {
        rememberLast(t, event, key, weights);
      }
    }
    boolean ends = ends(event);
    Event labelled = take(event, ElapsedTime.of(event, key, weights), ends, key, weights);
    if (outcome.predicted) {
      settleOwnLabels(labelled, key, weights);
      settleHeldLabel(arrivals.labelId(event), key, weights);
    }
    if (learning) {
      features.absorb(key.features, weights.features);
      ElapsedTime.absorb(event, key, weights);
    } else {
      features.remember(key.features);
    }
    ElapsedTime.remember(event, key);
    arrivals.remember(event, key);
    pass(labelled, ends, key);
    tellDrops();
    return outcome;
  }

  private void tellDrops() {
    long drops = 0;
    for (Member member : members) {
      drops += member.network().drops();
    }
    outcome.drops = (int) (drops - dropsTold);
    dropsTold = drops;
  }

  /**
   * Takes in a label that comes by itself. It credits the state at its origin, with the prediction
   * as it was made there; one that comes before its event waits until that has predicted.
   *
   * <p>Modifies key and weights.
   *
   * @param id of the event that it labels, as {@link #eventId} has it
   * @param label values of the targets; its position is that of the label
   * @param time that events have reached, by which a deadline in time is judged
   * @return the outcome without predictions, its fate told; valid until the next call
   * @throws IllegalStateException where no target's labels come by themselves
   */
  public Outcome label(long id, Event label, long time, KeyState key, Weights weights) {
    if (!takesLabels()) {
      throw new IllegalStateException("no target is written field@label");
    }
    outcome.begin();
    long number = origins.find(id, key.waiting);
    if (number >= 0 && origins.expireLate(number, time, key, weights, outcome)) {
      outcome.fate = LabelFate.LATE;
    } else if (number >= 0) {
      settleWaiting(label, 0, number, key, weights);
      outcome.fate = LabelFate.SETTLED;
    } else {
      outcome.fate = fateWithoutOrigin(id, label, key);
    }
    tellDrops();
    return outcome;
  }

  private LabelFate fateWithoutOrigin(long id, Event label, KeyState key) {
    byte known = origins.fate(id, key.waiting);
    if (known != Waiting.OPEN) {
      return known == Waiting.SETTLED ? LabelFate.DUPLICATE : LabelFate.LATE;
    }
    return origins.hold(id, label, key, outcome) ? LabelFate.EARLY : LabelFate.DUPLICATE;
  }

  /** Applies a label that has come before the event that has just been predicted. */
  private void settleHeldLabel(long id, KeyState key, Weights weights) {
    int held = key.waiting.earlyFor(id);
    if (held >= 0) {
      origins.takeEarly(held, key.waiting, heldLabel);
      settleWaiting(heldLabel, 0, origins.find(id, key.waiting), key, weights);
      outcome.settledEarly++;
    }
  }

  /** Settles the origins whose time has come; each makes an update of its own. */
  private void settleDueOrigins(Event event, KeyState key, Weights weights) {
    for (int i = 0; i < targets.irregular; i++) {
      Lane lane = targets.lanes.get(i);
      if (lane.timed()) {
        long number = origins.due(lane, 0, event.timestamp, key.waiting);
        while (number >= 0) {
          settleWaiting(event, i, number, key, weights);
          number = origins.due(lane, number + 1, event.timestamp, key.waiting);
        }
      }
    }
  }

  private void settleWaiting(Event event, int lane, long number, KeyState key, Weights weights) {
    int reached = origins.reach(lane, number, key, weights, origin);
    boolean credited = settle(event, lane, reached, key, weights);
    if (targets.lanes.get(lane).labelled()) {
      for (int target : targets.lanes.get(lane).targets()) {
        rememberLast(target, event, key, weights);
      }
    }
    origins.close(lane, number, key, weights);
    update(credited, key, weights);
  }

  private boolean isAfterGap(Event event, KeyState key) {
    return gapMs > 0 && key.events > key.started && event.timestamp - key.timestamp > gapMs;
  }

  private boolean ends(Event event) {
    return endField != NONE && event.numbers[endField] == 1;
  }

  /** What comes after an event whose predictions have been dealt with. Modifies only key. */
  private void pass(Event labelled, boolean ends, KeyState key) {
    if (labelled != null) {
      long number = key.events - key.started - lookahead.events();
      targets.remember(labelled.numbers, key.references, number);
    }
    key.events++;
    if (ends) {
      startSequence(key);
    }
  }

  /** What was learned stays; what a key remembers of its last sequence does not. */
  private void startSequence(KeyState key) {
    outcome.unlabelled += counted(key);
    outcome.unlabelled += origins.endSequence(key.waiting);
    key.started = key.events;
    for (MemberState member : key.members) {
      member.startSequence();
    }
    Arrays.fill(key.features, 0);
    for (int t = 0; t < targets.count(); t++) {
      if (targets.shown(t)) {
        key.last[t] = Double.NaN;
      }
    }
  }

  /** Labels that a key waits for, and that will not come where its state is dropped. */
  public int waiting(KeyState key) {
    return counted(key) + origins.waiting(key.waiting);
  }

  /** Those of them that come with a later event, by count. */
  private int counted(KeyState key) {
    long length = key.events - key.started;
    return targets.waiting(length) + (int) (targets.count() * Math.min(lookahead.events(), length));
  }

  /**
   * Takes in an event that nobody has observed, such as a sampled symbol, and predicts: nothing is
   * scored or learned, statistics and dictionaries stay. Its time is one mean gap after that of the
   * key's event before.
   *
   * <p>Modifies only key.
   *
   * @return the outcome without settlements, valid until the next call
   */
  public Outcome follow(Event event, KeyState key, Weights weights) {
    outcome.begin();
    for (int i = 0; i < targets.lanes.size(); i++) {
      advance(i, key, weights);
    }
    for (int t = 0; t < targets.count(); t++) {
      if (targets.shown(t)) {
        rememberKnown(t, event, key, weights);
      }
    }
    boolean ends = ends(event);
    Event labelled = take(event, 1f, ends, key, weights);
    for (int t = 0; outcome.predicted && t < targets.count(); t++) {
      if (targets.sameEvent(t)) {
        rememberKnown(t, labelled, key, weights);
      }
    }
    features.remember(key.features);
    key.timestamp += Math.round(weights.gaps[1]);
    pass(labelled, ends, key);
    return outcome;
  }

  /**
   * Brings a lane to the origin whose label falls due now, and that origin into scratch.
   *
   * @return whether there is one
   */
  private boolean advance(int lane, KeyState key, Weights weights) {
    int horizon = targets.lanes.get(lane).horizon();
    if (horizon <= 0 || key.events - key.started < horizon) {
      return false;
    }
    origin.recall(horizon, key);
    for (int m = 0; m < members.length; m++) {
      members[m].advance(weights.members[m], key.members[m], lane, origin.x, origin.dt);
    }
    return true;
  }

  private void settleEarlierOrigins(Event event, KeyState key, Weights weights) {
    boolean credited = false;
    for (int i = 0; i < targets.lanes.size(); i++) {
      if (advance(i, key, weights)) {
        credited |= settle(event, i, LANES, key, weights);
      }
    }
    update(credited, key, weights);
  }

  private void settleOwnLabels(Event labelled, KeyState key, Weights weights) {
    int last = targets.lanes.size() - 1;
    if (targets.lanes.get(last).horizon() == 0) {
      update(settle(labelled, last, LANES, key, weights), key, weights);
      for (int target : targets.lanes.get(last).targets()) {
        rememberLast(target, labelled, key, weights);
      }
    }
  }

  /**
   * Scores what was said at the origin, and lets every member learn from it.
   *
   * @param reached as {@link Origins#reach} says, or {@link #LANES} for the states of the lane
   */
  private boolean settle(Event event, int laneNumber, int reached, KeyState key, Weights weights) {
    int[] due = targets.lanes.get(laneNumber).targets();
    Outcome.Settlement settlement = outcome.next();
    settlement.originPosition = origin.position;
    settlement.originTimestamp = origin.timestamp;
    settlement.labelPosition = event.position;
    Arrays.fill(settlement.settled, false);
    boolean any = false;
    for (int t : due) {
      double label = label(t, event, weights);
      labels[t] = Double.NaN;
      if (Double.isNaN(label)) {
        outcome.unlabelled++;
      } else {
        any = true;
        settlement.settled[t] = true;
        settlement.label[t] = label;
        settlement.text[t] = event.categories[targets.field[t]];
        labels[t] = settle(t, label, settlement.prediction[t], weights);
      }
    }
    if (any) {
      outcome.settledOrigins++;
    }
    if (any && learning) {
      for (int m = 0; m < members.length; m++) {
        members[m].learn(
            weights.members[m],
            reached == LANES ? key.members[m].lanes()[laneNumber] : origins.states(m, reached, key),
            laneNumber,
            origin.x,
            origin.active,
            origin.z[m],
            due,
            labels);
      }
    }
    return any;
  }

  private double settle(int t, double label, Outcome.Prediction scored, Weights weights) {
    Head head = targets.heads[t];
    Slice slice = targets.slices[t];
    int at = t * Head.ORIGIN;
    head.score(label, origin.mixed(), slice.at(), origin.heads, at, scored);
    if (origin.heads[at + Head.GATED] == 1) {
      Gate.putBaseline(scored);
    }
    if (!learning) {
      return label;
    }
    gate.score(weights.gates[t], label, scored);
    double lesson = head.settle(weights, label, origin.heads, at);
    for (int m = 0; m < members.length; m++) {
      head.renew(weights, origin.heads, at, origin.z[m], slice.at());
    }
    mixture.score(weights.mixture[t], t, slice, lesson, origin.z);
    return lesson;
  }

  private void update(boolean credited, KeyState key, Weights weights) {
    if (!credited || !learning) {
      return;
    }
    weights.updates++;
    if (spec.scope() == LearnerSpec.Scope.GLOBAL) {
      weights.contributions.update(spec.weightsEvery());
    }
    for (int m = 0; m < members.length; m++) {
      if (!members[m].update(weights.members[m], weights.updates)) {
        weights.skipped++;
        // sensitivities that gave a gradient out of range would give it again
        origins.reset(m, key);
      }
    }
  }

  /** The label of a target in this event, a class by its slot, NaN where it is absent. */
  private double label(int target, Event event, Weights weights) {
    int field = targets.field[target];
    if (weights.classes[target] == null) {
      return event.numbers[field];
    }
    String text = event.categories[field];
    if (text == null) {
      return Double.NaN;
    }
    Dictionary classes = weights.classes[target];
    return learning ? classes.assign(text) : classes.slotOf(text);
  }

  private void rememberLast(int target, Event event, KeyState key, Weights weights) {
    double value = label(target, event, weights);
    if (!Double.isNaN(value)) {
      key.last[target] = value;
    }
  }

  /** The same without giving a class its slot. */
  private void rememberKnown(int target, Event event, KeyState key, Weights weights) {
    Dictionary classes = weights.classes[target];
    int field = targets.field[target];
    if (classes == null) {
      double value = event.numbers[field];
      key.last[target] = Double.isNaN(value) ? key.last[target] : value;
    } else if (event.categories[field] != null) {
      key.last[target] = classes.slotOf(event.categories[field]);
    }
  }

  /**
   * Takes the newest event in, and predicts if it is time to.
   *
   * @return the event that is labelled now; null where too few have passed
   */
  private Event take(Event event, float elapsed, boolean ends, KeyState key, Weights weights) {
    long number = key.events - key.started;
    Event labelled = lookahead.exchange(event, key.passed, number);
    encode(lookahead.shown(event, labelled), elapsed, key, weights);
    lookahead.exchange(origin.x, origin.active, key.passed, number);
    outcome.predicted = labelled != null && (ends || !spec.sequence().whole());
    if (outcome.predicted) {
      predict(labelled, number - lookahead.events(), key, weights);
    }
    origin.position = event.position;
    origin.timestamp = event.timestamp;
    if (outcome.predicted) {
      origin.store(key);
    }
    origins.push(origin, arrivals.labelId(event), outcome.predicted, key, weights, outcome);
    return labelled;
  }

  /** Encodes an event, and lets every member take it in. */
  private void encode(Event event, float elapsed, KeyState key, Weights weights) {
    float[] x = origin.x;
    features.encode(event, key.features, weights.features, x, 0);
    for (int i = 0; i < inputs; i++) {
      x[i] = Math.max(-INPUT_BOUND, Math.min(INPUT_BOUND, x[i]));
    }
    features.encodeRows(key.features, origin.active);
    origin.dt = elapsed;
    for (int m = 0; m < members.length; m++) {
      members[m].take(weights.members[m], key.members[m], x, elapsed);
    }
  }

  /**
   * Predicts for the event whose inputs the origin holds.
   *
   * @param number of the event in its sequence, from 0
   */
  private void predict(Event event, long number, KeyState key, Weights weights) {
    float[] mixed = origin.mixed();
    for (int m = 0; m < members.length; m++) {
      members[m].predict(weights.members[m], key.members[m], origin.x, origin.active, origin.z[m]);
    }
    outcome.updates = weights.updates;
    outcome.labelledPosition = event.position;
    outcome.fallback = fallenBack(key) ? fallback : null;
    for (int t = 0; t < targets.count(); t++) {
      Slice slice = targets.slices[t];
      mixture.mix(weights.mixture[t], t, slice, origin.z, mixed);
      Outcome.Prediction prediction = outcome.predictions[t];
      int at = t * Head.ORIGIN;
      targets.heads[t].predict(
          weights,
          mixed,
          slice.at(),
          key.last[t],
          targets.reference(t, event.numbers, key.references, number),
          prediction,
          origin.heads,
          at);
      origin.heads[at + Head.GATED] = gate.publish(weights.gates[t], prediction) ? 1 : 0;
    }
  }

  /** Whether labels of some target come by themselves. */
  boolean takesLabels() {
    return targets.lanes.get(0).labelled();
  }

  /** What {@link #label} calls an event. */
  long eventId(Event event) {
    return arrivals.labelId(event);
  }

  private boolean fallenBack(KeyState key) {
    boolean fallen = false;
    for (int m = 0; m < members.length; m++) {
      fallen |= members[m].fallenBack(key.members[m]);
    }
    return fallen;
  }

  /** What {@link #label} calls an event that has its id in a field, as one number. */
  public static long eventId(String id) {
    return TextHash.whole(id);
  }

  /** Name of the class in a slot of a category target; null where it has no single one. */
  public String className(Weights weights, int target, int slot) {
    return weights.classes[target].text(slot);
  }

  /** Whether partitions share weights, and these have moved so often that others are due them. */
  public boolean publishes(Weights weights) {
    return spec.scope() == LearnerSpec.Scope.GLOBAL
        && weights.contributions.unpublished >= spec.weightsEvery();
  }

  /**
   * Most bytes that {@link #publish} gives: every hashed row has moved, and every class and
   * category has a name of {@value #NAME_BYTES} bytes.
   */
  public long publishedBytes() {
    Weights start = newWeights();
    long slots = 0;
    for (Dictionary dictionary : start.features.dictionaries) {
      slots += dictionary.slots();
    }
    for (Dictionary dictionary : start.classes) {
      slots += dictionary == null ? 0 : dictionary.slots();
    }
    long perPartition = Integer.BYTES + Long.BYTES;
    return encode(start).length
        + 2 * sparseBytes()
        + slots * (Integer.BYTES + NAME_BYTES)
        + MANY_PARTITIONS * perPartition;
  }

  /** The weights as other partitions take them in. Modifies what is known to be published. */
  public byte[] publish(Weights weights) {
    weights.contributions.unpublished = 0;
    for (int m = 0; m < members.length; m++) {
      int partitions = weights.contributions.foreign.size() + 1;
      members[m].share(weights.members[m], weights.base[m], partitions);
    }
    byte[] published = encode(weights);
    weights.base = decodeWeights(published).members;
    return published;
  }

  /**
   * Takes in what another partition has learned: each has a part by the updates that its weights
   * stand for; before an update of their own, weights become the foreign ones. Modifies only
   * weights.
   *
   * @param published what {@link #publish} gave there
   * @param partition which one it is
   * @return false where the foreign weights are not finite and nothing was changed
   * @throws IncompatibleStateException where the bytes are of another format or spec
   */
  public boolean merge(Weights weights, byte[] published, int partition) {
    Weights foreign = decodeWeights(published);
    long updates = foreign.contributions.own;
    float share = weights.contributions.share(partition, updates);
    if (updates == 0 || !merge.apply(weights, foreign, share)) {
      return false;
    }
    weights.contributions.foreign.put(partition, updates);
    return true;
  }

  /** The fingerprint that stored weights carry. */
  public static long storedFingerprint(byte[] weights) {
    return StateReader.fingerprint(weights);
  }

  /** Encodes weights into their stored form. */
  public byte[] encode(Weights weights) {
    return codec.encode(weights);
  }

  /** Throws IncompatibleStateException where the bytes are of another format or spec. */
  public Weights decodeWeights(byte[] bytes) {
    return codec.decode(bytes, randomWeights(), members);
  }

  /** Encodes a key's state into its stored form. */
  public byte[] encode(KeyState key) {
    return codec.encode(key);
  }

  /** Throws IncompatibleStateException where the bytes are of another format or spec. */
  public KeyState decodeKeyState(byte[] bytes) {
    return codec.decode(bytes, newKeyState());
  }

  /** The parts of a key's state that are stored apart from its head. */
  public KeyParts parts() {
    return parts;
  }

  /** When something was last heard of a key, by the beginning of its encoded head. */
  public static long touched(ByteBuffer head) {
    return StateCodec.touched(head);
  }

  /** Encodes a key's state without its parts. */
  public byte[] encodeHead(KeyState key) {
    return codec.encodeHead(key);
  }

  /**
   * A key's state whose needed parts are still to be decoded.
   *
   * @throws IncompatibleStateException where the bytes are of another format or spec
   */
  public KeyState decodeHead(byte[] bytes) {
    return codec.decodeHead(bytes, newKeyState());
  }
}
