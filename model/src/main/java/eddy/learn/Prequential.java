package eddy.learn;

import eddy.feature.Event;
import eddy.feature.EventSchema;
import eddy.feature.FeatureEncoder;
import eddy.feature.TargetSpec;
import eddy.feature.TextHash;
import eddy.math.Kernels;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The one learning loop: test, then train, for the stream and for replay alike.
 *
 * <p>A label credits the state at the origin of its prediction: for every horizon a key keeps a
 * second recurrence that lags by so many events, advanced from the stored inputs when labels fall
 * due, and the error is that of the prediction as it was made. One event ahead the newest state
 * still is the origin's. Holds scratch: one per task, used by one thread.
 */
public final class Prequential {
  private final LearnerSpec spec;
  private final Kernels kernels;
  private final EventSchema schema;
  private final FeatureEncoder features;
  private final Targets targets;
  private final Member[] members;
  private final LearningLoop loop;
  private final KeyParts parts;
  private final StateCodec codec;
  private final WeightTensors tensors;
  private final Origin origin;
  private final Origins origins;
  private final WaitingPlan waitingPlan;
  private final Identity identity;
  private final InitialState initial;
  private final Sharing sharing;

  private final int bytesPerKey;
  private final long fingerprint;

  private Prequential(LearnerSpec spec, Kernels kernels, WaitingPlan given) {
    this.spec = spec;
    this.kernels = kernels;
    Blueprint blueprint = new Blueprint(spec);
    schema = blueprint.schema;
    features = blueprint.features;
    targets = blueprint.targets;
    waitingPlan = given == null ? blueprint.planner().choose().waiting() : given;
    members = blueprint.members(kernels, waitingPlan);
    origin = new Origin(features.width(), features.activeRows(), members.length, targets);
    origins = new Origins(members, targets, waitingPlan, spec.deadline(), origin);
    identity = new Identity(spec, members, waitingPlan);
    fingerprint = identity.whole();
    initial = new InitialState(spec, blueprint, members, origin, origins);
    sharing = new Sharing(this, spec, members, new Merge(members, features, targets));
    tensors = new WeightTensors(members);
    requireStart();
    KeyState fresh = newKeyState();
    parts = new KeyParts(fingerprint, spec.traceDurable(), fresh);
    codec = new StateCodec(fingerprint, parts, origins);
    loop =
        new LearningLoop(
            spec, blueprint, kernels, members, origin, origins, newOutcome(), identity.fallback());
    long bytes = codec.encodeHead(fresh).length + parts.bytes() + blueprint.lookahead.textBytes();
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
    tensors.write(start.tensors(), initial.weights());
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

  /** The same without regard to the weights that it starts from. */
  public long specFingerprint() {
    return identity.spec();
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
    return identity.learner();
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
    loop.learn(learns);
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
    Weights weights = initial.weights();
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
    return tensors.check(weights, steps, features.width());
  }

  /** State of a key before its first event. */
  public KeyState newKeyState() {
    return initial.key();
  }

  /**
   * Takes what members have learned back to the start: their weights, and how they did lately.
   * Statistics and dictionaries stay, since states of keys are written in them. Every key that
   * these weights are for must {@link #restart} before its next event. Modifies only weights.
   */
  public void reset(Weights weights) {
    if (spec.scope() == LearnerSpec.Scope.GLOBAL) {
      throw new IllegalStateException(
          "weights that partitions share cannot start anew by themselves");
    }
    Weights start = newWeights();
    System.arraycopy(start.members, 0, weights.members, 0, members.length);
    for (int t = 0; t < targets.count(); t++) {
      System.arraycopy(start.mixture[t], 0, weights.mixture[t], 0, members.length);
      System.arraycopy(start.gates[t], 0, weights.gates[t], 0, Gate.MEMORY);
    }
  }

  /**
   * Takes a key's recurrent states back to the start, and lets predictions that wait for labels
   * have said what weights at the start say, so that nothing is learned from what is forgotten;
   * they are scored as they were published. Modifies only key.
   */
  public void restart(KeyState key) {
    for (int m = 0; m < members.length; m++) {
      origins.reset(m, key);
    }
    origin.forgetOutputs(key.pendingOutputs);
    origin.forgetOutputs(key.waiting.outputs);
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
    return loop.observe(event, key, weights);
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
    return loop.label(id, label, time, key, weights);
  }

  /**
   * Gives up what a key of which nothing is heard waits for, where its labels are late.
   *
   * <p>Modifies only key, and the newest outcome: it tells of these too.
   *
   * @param time that events have reached
   * @return whether anything was given up
   */
  public boolean giveUpLate(long time, KeyState key, Weights weights) {
    return loop.giveUpLate(time, key, weights);
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
    return loop.follow(event, key, weights);
  }

  /** Labels that a key waits for, and that will not come where its state is dropped. */
  public int waiting(KeyState key) {
    return loop.waiting(key);
  }

  /** Whether labels of some target come by themselves. */
  boolean takesLabels() {
    return loop.takesLabels();
  }

  /** What {@link #label} calls an event. */
  long eventId(Event event) {
    return loop.eventId(event);
  }

  /** What {@link #label} calls an event that has its id in a field, as one number. */
  public static long eventId(String id) {
    return TextHash.whole(id);
  }

  /** Name of the class in a slot of a category target; null where it has no single one. */
  public String className(Weights weights, int target, int slot) {
    return weights.classes[target].text(slot);
  }

  /** How partitions that share weights tell each other what they have learned. */
  public Sharing sharing() {
    return sharing;
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
    return codec.decode(bytes, initial.weights(), members);
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
