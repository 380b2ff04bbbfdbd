package eddy.learn;

import eddy.cell.Cell;
import eddy.cell.CellGroup;
import eddy.cell.CellWeights;
import eddy.cell.Cells;
import eddy.feature.Dictionary;
import eddy.feature.Event;
import eddy.feature.EventSchema;
import eddy.feature.FeatureEncoder;
import eddy.feature.FeatureSpec;
import eddy.feature.TargetSpec;
import eddy.gradient.RecurrentState;
import eddy.math.Kernels;
import eddy.math.RandomStream;
import eddy.optim.Clip;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The one learning loop: test, then train, for the stream and for replay alike.
 *
 * <p>A label credits the state at the origin of its prediction: for every horizon a key keeps a
 * second recurrence that lags by so many events, advanced from the stored inputs when labels fall
 * due, and the error is that of the prediction as it was made. Holds scratch: one per task, used by
 * one thread.
 */
public final class Prequential {
  /** Encoded inputs stay within; only raw features can reach it. */
  private static final float INPUT_BOUND = 1e6f;

  private final LearnerSpec spec;
  private final Kernels kernels;
  private final EventSchema schema;
  private final FeatureEncoder features;
  private final Targets targets;
  private final OnlineLearner learner;
  private final StateCodec codec;
  private final Outcome outcome;
  private final int inputs;
  private final float[] x;
  private final float[] z;
  private final float[] adjoint;
  private final double[] heads;
  private final int bytesPerKey;

  private Prequential(LearnerSpec spec, Kernels kernels) {
    this.spec = spec;
    this.kernels = kernels;
    List<FeatureSpec> all = new ArrayList<>(spec.features());
    all.addAll(spec.readoutFeatures());
    schema = EventSchema.of(all, spec.targets());
    features = FeatureEncoder.of(all, schema);
    targets = new Targets(spec, schema);
    inputs = features.width();
    x = new float[inputs];
    z = new float[targets.outputs];
    adjoint = new float[targets.outputs];
    heads = new double[targets.count() * Head.ORIGIN];
    learner = new OnlineLearner(spec, layer(), kernels, inputs, targets.outputs);
    codec = new StateCodec(fingerprint());
    outcome = newOutcome();
    bytesPerKey = encode(newKeyState()).length;
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
    return new Prequential(spec, kernels);
  }

  private RecurrentLayer layer() {
    List<CellGroup> groups = new ArrayList<>();
    long states = 0;
    int cellInputs = features.offset(spec.features().size());
    for (Cell cell : Cells.layer(spec.cell(), spec.units())) {
      CellGroup group = new CellGroup(cell, cellInputs);
      groups.add(group);
      states += group.stateLength();
    }
    long waiting = (long) targets.farthest * (inputs + targets.outputs);
    long doubles = features.memoryLength() + targets.referenceLength + targets.count();
    doubles += (long) targets.farthest * (heads.length + 2);
    long other = (states * (targets.lanes.size() + 1) + waiting) * Float.BYTES;
    Planner planner =
        new Planner(spec, groups, targets.lanes.size(), other + doubles * Double.BYTES);
    return new RecurrentLayer(kernels, groups, planner.build(planner.choose(), kernels));
  }

  private Outcome newOutcome() {
    Outcome.Settlement[] settlements = new Outcome.Settlement[targets.lanes.size()];
    for (int i = 0; i < settlements.length; i++) {
      settlements[i] = new Outcome.Settlement(newPredictions());
    }
    List<String> names = spec.targets().stream().map(TargetSpec::name).toList();
    return new Outcome(names, newPredictions(), settlements);
  }

  private Outcome.Prediction[] newPredictions() {
    return spec.targets().stream()
        .map(target -> new Outcome.Prediction(target.slots()))
        .toArray(Outcome.Prediction[]::new);
  }

  /**
   * FNV-1a over the canonical text of what decides the meaning of stored state: budgets only chose
   * the estimator, which is named with its own settings.
   */
  private long fingerprint() {
    String identity =
        String.join(
            "\n",
            spec.features().toString(),
            spec.readoutFeatures().toString(),
            spec.targets().toString(),
            spec.cell() + " " + spec.units() + " " + learner.layer().estimator(),
            spec.cells() + " " + spec.readout() + " " + spec.loss(),
            spec.scope() + " " + spec.seed());
    long hash = 0xcbf29ce484222325L;
    for (byte b : identity.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }

  /** What to decode of every event. */
  public EventSchema schema() {
    return schema;
  }

  /** Cell and gradient estimator in use, such as {@code mixed/unit-traces}. */
  public String learner() {
    return spec.cell() + "/" + learner.layer().estimator();
  }

  /** Kernels in use, such as {@code vector-512} or {@code scalar}. */
  public String kernels() {
    return kernels.name();
  }

  /** Number of learned weights. */
  public int parameters() {
    return learner.parameters();
  }

  /** Bytes of one key's encoded state. */
  public int bytesPerKey() {
    return bytesPerKey;
  }

  /** Weights at the start, from the spec's seed. */
  public Weights newWeights() {
    CellWeights[] cells = learner.layer().newWeights(new RandomStream(spec.seed()));
    float[][] cellSlots = new float[cells.length][];
    for (int g = 0; g < cells.length; g++) {
      cellSlots[g] = new float[learner.cellSlots() * cells[g].values.length];
    }
    double[][] statistics = new double[targets.count()][];
    Dictionary[] classes = new Dictionary[targets.count()];
    for (int t = 0; t < statistics.length; t++) {
      statistics[t] = new double[targets.heads[t].statistics()];
      TargetSpec target = spec.targets().get(t);
      classes[t] = target.category() ? new Dictionary(target.slots()) : null;
    }
    return new Weights(
        cells,
        cellSlots,
        new float[learner.readoutParameters()],
        new float[learner.readoutSlots() * learner.readoutParameters()],
        new double[2 * Clip.MEMORY],
        features.newStatistics(),
        statistics,
        classes);
  }

  /** State of a key before its first event. */
  public KeyState newKeyState() {
    RecurrentState[][] lanes = new RecurrentState[targets.lanes.size()][];
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = learner.layer().newState(true);
    }
    int last = lanes.length - 1;
    boolean own = targets.lanes.get(last).horizon() == 0;
    double[] unseen = new double[targets.count()];
    Arrays.fill(unseen, Double.NaN);
    int waiting = targets.farthest;
    return new KeyState(
        own ? lanes[last] : learner.layer().newState(false),
        lanes,
        new double[features.memoryLength()],
        unseen,
        new double[targets.referenceLength],
        new float[waiting * inputs],
        new float[waiting * targets.outputs],
        new double[waiting * heads.length],
        new long[waiting],
        new long[waiting]);
  }

  /**
   * Learns from the labels that the event brings, then predicts, then learns from labels that stand
   * in the event itself.
   *
   * <p>Modifies key and weights. Throws nothing for any event that fits the schema.
   *
   * @return the outcome, valid until the next call
   */
  public Outcome observe(Event event, KeyState key, Weights weights) {
    outcome.settledOrigins = 0;
    outcome.unlabelled = 0;
    settleEarlierOrigins(event, key, weights);
    for (int t = 0; t < targets.count(); t++) {
      if (!targets.sameEvent(t)) {
        rememberLast(t, event, key, weights);
      }
    }
    predict(event, key, weights);
    store(event, key);
    settleOwnLabels(event, key, weights);
    features.absorb(key.features, weights.features);
    targets.remember(event.numbers, key.references, key.events);
    key.events++;
    return outcome;
  }

  private void settleEarlierOrigins(Event event, KeyState key, Weights weights) {
    boolean credited = false;
    for (int i = 0; i < key.lanes.length; i++) {
      Lane lane = targets.lanes.get(i);
      if (lane.horizon() == 0 || key.events < lane.horizon()) {
        continue;
      }
      int slot = (int) ((key.events - lane.horizon()) % targets.farthest);
      System.arraycopy(key.pendingInputs, slot * inputs, x, 0, inputs);
      System.arraycopy(key.pendingOutputs, slot * z.length, z, 0, z.length);
      System.arraycopy(key.pendingHeads, slot * heads.length, heads, 0, heads.length);
      learner.layer().advance(weights.cells, x, key.lanes[i]);
      credited |=
          settle(
              event,
              lane,
              key.pendingPositions[slot],
              key.pendingTimestamps[slot],
              key.lanes[i],
              weights);
    }
    update(credited, key, weights);
  }

  private void settleOwnLabels(Event event, KeyState key, Weights weights) {
    int last = key.lanes.length - 1;
    Lane lane = targets.lanes.get(last);
    if (lane.horizon() == 0) {
      boolean credited =
          settle(event, lane, event.position, event.timestamp, key.lanes[last], weights);
      update(credited, key, weights);
      for (int target : lane.targets()) {
        rememberLast(target, event, key, weights);
      }
    }
  }

  /** Scores what x, z and heads hold of an origin, and gathers the gradient. */
  private boolean settle(
      Event event, Lane lane, long position, long timestamp, RecurrentState[] at, Weights weights) {
    Outcome.Settlement settlement = outcome.settlements[outcome.settledOrigins];
    settlement.originPosition = position;
    settlement.originTimestamp = timestamp;
    Arrays.fill(settlement.settled, false);
    Arrays.fill(adjoint, lane.outputFrom(), lane.outputFrom() + lane.outputCount(), 0f);
    boolean any = false;
    for (int t : lane.targets()) {
      double label = label(t, event, weights);
      if (Double.isNaN(label)) {
        outcome.unlabelled++;
        continue;
      }
      any = true;
      settlement.settled[t] = true;
      settlement.label[t] = label;
      int output = targets.outputAt[t];
      targets.heads[t].settle(
          weights,
          label,
          z,
          output,
          heads,
          t * Head.ORIGIN,
          settlement.prediction[t],
          adjoint,
          output);
    }
    if (any) {
      outcome.settledOrigins++;
      learner.credit(weights, at, x, adjoint, lane.outputFrom(), lane.outputCount());
    }
    return any;
  }

  private void update(boolean credited, KeyState key, Weights weights) {
    if (credited && !learner.update(weights)) {
      // sensitivities that gave a gradient out of range would give it again
      for (RecurrentState[] lane : key.lanes) {
        for (RecurrentState recurrent : lane) {
          recurrent.reset();
        }
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
    return text == null ? Double.NaN : weights.classes[target].assign(text);
  }

  private void rememberLast(int target, Event event, KeyState key, Weights weights) {
    double value = label(target, event, weights);
    if (!Double.isNaN(value)) {
      key.last[target] = value;
    }
  }

  private void predict(Event event, KeyState key, Weights weights) {
    features.encode(event, key.features, weights.features, x, 0);
    for (int i = 0; i < inputs; i++) {
      x[i] = Math.max(-INPUT_BOUND, Math.min(INPUT_BOUND, x[i]));
    }
    if (key.leading == key.lanes[key.lanes.length - 1]) {
      learner.layer().advance(weights.cells, x, key.leading);
    } else {
      learner.layer().forward(weights.cells, x, key.leading);
    }
    learner.predict(weights, key.leading, x, z);
    outcome.updates = weights.updates;
    for (int t = 0; t < targets.count(); t++) {
      targets.heads[t].predict(
          weights,
          z,
          targets.outputAt[t],
          key.last[t],
          targets.reference(t, event.numbers, key.references, key.events),
          outcome.predictions[t],
          heads,
          t * Head.ORIGIN);
    }
  }

  private void store(Event event, KeyState key) {
    if (targets.farthest > 0) {
      int slot = (int) (key.events % targets.farthest);
      System.arraycopy(x, 0, key.pendingInputs, slot * inputs, inputs);
      System.arraycopy(z, 0, key.pendingOutputs, slot * z.length, z.length);
      System.arraycopy(heads, 0, key.pendingHeads, slot * heads.length, heads.length);
      key.pendingPositions[slot] = event.position;
      key.pendingTimestamps[slot] = event.timestamp;
    }
  }

  /** Name of the class in a slot of a category target; null where it has no single one. */
  public String className(Weights weights, int target, int slot) {
    return weights.classes[target].text(slot);
  }

  /** Encodes weights into their stored form. */
  public byte[] encode(Weights weights) {
    return codec.encode(weights);
  }

  /** Throws IncompatibleStateException where the bytes are of another format or spec. */
  public Weights decodeWeights(byte[] bytes) {
    return codec.decode(bytes, newWeights(), learner);
  }

  /** Encodes a key's state into its stored form. */
  public byte[] encode(KeyState key) {
    return codec.encode(key);
  }

  /** Throws IncompatibleStateException where the bytes are of another format or spec. */
  public KeyState decodeKeyState(byte[] bytes) {
    return codec.decode(bytes, newKeyState());
  }
}
