package eddy.learn;

import eddy.feature.FeatureEncoder;
import eddy.gradient.RecurrentState;
import eddy.math.Alignment;
import eddy.math.Kernels;
import eddy.math.RandomStream;
import eddy.network.Network;
import eddy.optim.Clip;
import eddy.optim.GradientStep;
import eddy.readout.GradientReadout;
import eddy.readout.LeastSquaresReadout;
import eddy.readout.NewtonReadout;
import eddy.readout.Readout;
import eddy.readout.ReadoutWeights;
import eddy.readout.RowRange;
import eddy.readout.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One learner of the panel: a recurrent network, readouts for numbers and for classes, and what
 * moves them.
 *
 * <p>Inputs are [x; r]: what the cells read, then what only readouts see. A readout's features are
 * [network output; x; r; 1], and the active rows of sparse ones. Gradients gather in scratch until
 * {@link #update}: one per thread.
 */
final class Member {
  private final MemberSpec spec;
  private final Network network;
  private final int inputs;
  private final RowRange rows;
  private final int lanes;

  /** By lane: whether it has no lagging states of its own. */
  private final boolean[] leads;

  private final boolean traced;
  private final int waiting;

  /** Lane whose labels stand in the event that has just been predicted; -1 for none. */
  private final int sameEvent;

  private final Readout[] readouts;

  /** By target: its readout, null where this member does not predict it. */
  private final Readout[] readoutOf;

  private final int[] readoutNumber;
  private final Slice[] slices;
  private final GradientStep cellStep;

  /** Of all readouts, which use it one after another. */
  private final GradientStep readoutStep;

  private final Kernels kernels;
  private final float[] features;
  private final float[] featureAdjoint;

  /** By lane, and one more: first output. */
  private final int[] outputAt;

  private final float[] scratch;
  private final float[][] gradients;

  /** Size of the output errors since the last update. */
  private float error;

  Member(
      MemberSpec spec,
      Network network,
      Kernels kernels,
      FeatureEncoder encoder,
      RowRange rows,
      Targets targets,
      WaitingPlan plan) {
    this.spec = spec;
    this.network = network;
    this.kernels = kernels;
    inputs = spec.seesInputs() ? encoder.width() : 0;
    this.rows = rows;
    slices = targets.slices;
    lanes = targets.lanes.size();
    leads = new boolean[lanes];
    for (int lane = 0; lane < lanes; lane++) {
      leads[lane] = !targets.lanes.get(lane).lags();
    }
    // lanes are ordered, farthest first
    traced = targets.lanes.get(lanes - 1).leads() || plan.snapshots();
    waiting = targets.irregular == 0 || plan.snapshots() ? 0 : targets.irregular + 1;
    sameEvent = targets.lanes.get(lanes - 1).horizon() == 0 ? lanes - 1 : -1;
    int width = network.outputs() + inputs + 1;
    features = new float[width];
    features[width - 1] = 1f;
    featureAdjoint = new float[network.outputs()];
    outputAt = new int[lanes + 1];
    for (int lane = 0; lane < lanes; lane++) {
      outputAt[lane + 1] = outputAt[lane] + targets.lanes.get(lane).outputCount();
    }
    scratch = new float[targets.outputs];
    gradients = new float[network.blocks()][];
    for (int g = 0; g < gradients.length; g++) {
      gradients[g] = new float[network.parameters(g)];
    }
    cellStep = spec.cells().newStep(kernels);
    readoutStep = spec.outputs().newStep(kernels);
    readoutOf = new Readout[targets.count()];
    readoutNumber = new int[targets.count()];
    readouts = readouts(targets, width);
  }

  private Readout[] readouts(Targets targets, int width) {
    List<Readout> result = new ArrayList<>();
    for (boolean classes : new boolean[] {false, true}) {
      List<Slice> own = new ArrayList<>();
      for (int t = 0; t < targets.count(); t++) {
        if (targets.specs.get(t).category() == classes) {
          own.add(slices[t]);
        }
      }
      if (own.isEmpty() || !spec.learns(classes)) {
        continue;
      }
      Readout readout = readout(classes, width, targets.outputs, own);
      for (int t = 0; t < targets.count(); t++) {
        if (own.contains(slices[t])) {
          readoutOf[t] = readout;
          readoutNumber[t] = result.size();
        }
      }
      result.add(readout);
    }
    return result.toArray(Readout[]::new);
  }

  private Readout readout(boolean classes, int width, int outputs, List<Slice> own) {
    if (spec.readout() != MemberSpec.Readout.SECOND_ORDER) {
      return new GradientReadout(
          kernels,
          width,
          network.outputs(),
          rows,
          network.hiddenUnits() > 0 || !classes ? network.hiddenUnits() : spec.hidden(),
          outputs,
          own,
          readoutStep);
    }
    return classes
        ? new NewtonReadout(kernels, width, network.outputs(), own)
        : new LeastSquaresReadout(kernels, width, network.outputs(), own);
  }

  String name() {
    return spec.name();
  }

  Network network() {
    return network;
  }

  /** A name for the weights of each readout. */
  List<String> readoutNames() {
    String[] names = new String[readouts.length];
    for (int t = 0; t < readoutOf.length; t++) {
      if (readoutOf[t] != null) {
        names[readoutNumber[t]] = slices[t].classes() ? "readout.classes" : "readout.numbers";
      }
    }
    return List.of(names);
  }

  int parameters() {
    return network.parameters() + Arrays.stream(readouts).mapToInt(Readout::parameters).sum();
  }

  /** Most bytes of the weights of sparse features. */
  long sparseBytes() {
    return Arrays.stream(readouts).mapToLong(Readout::sparseBytes).sum();
  }

  /** Whether it has an opinion of a target: a number always, if only that nothing changes. */
  boolean predicts(int target) {
    return readoutOf[target] != null || !spec.learns(true) && !slices[target].classes();
  }

  /**
   * Weights at the start.
   *
   * @param inputPower mean sum of the squares of what the cells read
   */
  MemberWeights newWeights(RandomStream random, double inputPower) {
    var cells = network.newWeights(random, inputPower);
    float[][] slots = new float[cells.length][];
    for (int g = 0; g < cells.length; g++) {
      slots[g] = new float[cellStep.slotsPerWeight() * cells[g].values.length];
    }
    ReadoutWeights[] outputs = new ReadoutWeights[readouts.length];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = readouts[i].newWeights(random);
    }
    return new MemberWeights(cells, slots, new double[Clip.MEMORY], outputs);
  }

  MemberState newState() {
    RecurrentState[] leading = network.newState(traced);
    RecurrentState[][] states = new RecurrentState[lanes][];
    for (int lane = 0; lane < lanes; lane++) {
      states[lane] = leads[lane] ? leading : network.newState(true);
    }
    RecurrentState[][] origins = new RecurrentState[waiting][];
    for (int i = 0; i < waiting; i++) {
      origins[i] = newOrigin();
    }
    return new MemberState(leading, states, origins);
  }

  /** States to be brought to an origin. */
  RecurrentState[] newOrigin() {
    return network.newState(true);
  }

  /** Sets the factor on the step sizes of gradient descent. */
  void pace(float rateFactor) {
    cellStep.pace(rateFactor);
    readoutStep.pace(rateFactor);
  }

  /** Whether sensitivities of a key were dropped, and are not carried again yet. */
  boolean fallenBack(MemberState state) {
    boolean fallen = network.fallenBack(state.leading());
    for (RecurrentState[] lane : state.lanes()) {
      fallen |= network.fallenBack(lane);
    }
    for (RecurrentState[] waiting : state.waiting()) {
      fallen |= network.fallenBack(waiting);
    }
    return fallen;
  }

  /** Takes in the inputs of a new event. Modifies only state. */
  void take(MemberWeights weights, MemberState state, float[] x, float dt) {
    if (traced) {
      network.advance(weights.cells(), x, dt, state.leading());
    } else {
      network.forward(weights.cells(), x, dt, state.leading());
    }
  }

  /** Predicts for the event with these inputs. Modifies only z [O]. */
  void predict(MemberWeights weights, MemberState state, float[] x, int[] active, float[] z) {
    network.unroll(weights.cells(), state.leading());
    for (int lane = 0; lane < (network.lanesDiffer() ? lanes : 1); lane++) {
      look(weights, state.leading(), lane, x);
      for (int i = 0; i < readouts.length; i++) {
        readouts[i].outputs(weights.readouts()[i], features, active, scratch);
      }
      int from = network.lanesDiffer() ? outputAt[lane] : 0;
      int to = network.lanesDiffer() ? outputAt[lane + 1] : scratch.length;
      System.arraycopy(scratch, from, z, from, to - from);
    }
  }

  private void look(MemberWeights weights, RecurrentState[] states, int lane, float[] x) {
    network.output(weights.cells(), states, lane, features);
    System.arraycopy(x, 0, features, network.outputs(), inputs);
  }

  /** Brings a lagging lane to the origin whose inputs these are. Modifies only state. */
  void advance(MemberWeights weights, MemberState state, int lane, float[] x, float dt) {
    if (!leads[lane]) {
      network.advance(weights.cells(), x, dt, state.lanes()[lane]);
    }
  }

  /** Brings states of its own to the next event. Modifies only states. */
  void advance(MemberWeights weights, RecurrentState[] states, float[] x, float dt) {
    network.advance(weights.cells(), x, dt, states);
  }

  /**
   * Takes in the labels of an origin.
   *
   * @param origin the states there
   * @param active sparse features at the origin
   * @param z outputs as they were at the origin, in today's units
   * @param targets those of the lane
   * @param labels by target, NaN where there is none
   */
  void learn(
      MemberWeights weights,
      RecurrentState[] origin,
      int lane,
      float[] x,
      int[] active,
      float[] z,
      int[] targets,
      double[] labels) {
    if (lane != sameEvent) {
      network.unroll(weights.cells(), origin);
    }
    if (lane != sameEvent || network.lanesDiffer()) {
      // else the prediction of this event has just looked
      look(weights, origin, lane, x);
    }
    Arrays.fill(featureAdjoint, 0f);
    for (int t : targets) {
      if (readoutOf[t] != null && !Double.isNaN(labels[t])) {
        ReadoutWeights readout = weights.readouts()[readoutNumber[t]];
        error +=
            readoutOf[t].learn(readout, slices[t], features, active, z, labels[t], featureAdjoint);
      }
    }
    network.addGradient(weights.cells(), origin, lane, features, featureAdjoint, gradients);
  }

  /**
   * Moves the weights by what was gathered, and forgets it.
   *
   * @param step number of this update, from 1
   * @return false where a gradient was not usable and its weights stayed as they were
   */
  boolean update(MemberWeights weights, long step) {
    boolean usable = true;
    for (int i = 0; i < readouts.length; i++) {
      usable &= readouts[i].update(weights.readouts()[i], step);
    }
    return usable & updateCells(weights, step);
  }

  /**
   * Takes in what the same member of a foreign panel has learned since its base. Modifies only
   * weights and base.
   *
   * @param base what the weights have been moved from by this side alone
   * @param inputAxis how the inputs [x; r] are aligned
   * @param outputAxis how all outputs are aligned
   */
  void merge(
      MemberWeights weights,
      MemberWeights base,
      MemberWeights foreign,
      MemberWeights foreignBase,
      Alignment inputAxis,
      Alignment outputAxis,
      float share) {
    for (int g = 0; g < gradients.length; g++) {
      Alignment block = network.align(g, inputAxis, share);
      block.advance(
          weights.cells()[g].values,
          base.cells()[g].values,
          foreign.cells()[g].values,
          foreignBase.cells()[g].values,
          0);
      cellStep.merge(
          block,
          weights.cellSlots()[g],
          base.cellSlots()[g],
          foreign.cellSlots()[g],
          foreignBase.cellSlots()[g]);
    }
    network.refresh(weights.cells());
    Clip.merge(weights.clip(), foreign.clip(), share);
    Alignment seen = network.alignOutputs(inputAxis, share);
    if (spec.seesInputs()) {
      seen = seen.then(inputAxis);
    }
    seen = seen.then(Alignment.same(1, share));
    for (int i = 0; i < readouts.length; i++) {
      readouts[i].merge(
          weights.readouts()[i],
          base.readouts()[i],
          foreign.readouts()[i],
          foreignBase.readouts()[i],
          seen,
          outputAxis,
          share);
    }
  }

  /** Shortens what was learned since the base to its part. Modifies only weights. */
  void share(MemberWeights weights, MemberWeights base, int partitions) {
    for (int g = 0; g < gradients.length; g++) {
      Alignment.shorten(
          weights.cells()[g].values, base.cells()[g].values, cellStep.part(partitions));
    }
    network.refresh(weights.cells());
    for (int i = 0; i < readouts.length; i++) {
      readouts[i].share(weights.readouts()[i], base.readouts()[i], partitions);
    }
  }

  private boolean updateCells(MemberWeights weights, long step) {
    cellStep.begin(step, error);
    error = 0f;
    if (gradients.length == 0) {
      return true;
    }
    for (float[] gradient : gradients) {
      cellStep.measure(gradient, 0, gradient.length);
    }
    boolean usable = cellStep.bound(weights.clip());
    for (int g = 0; g < gradients.length; g++) {
      float[] gradient = gradients[g];
      if (usable) {
        float[] values = weights.cells()[g].values;
        cellStep.move(gradient, values, weights.cellSlots()[g], 0, gradient.length);
      }
      Arrays.fill(gradient, 0f);
    }
    if (usable) {
      network.refresh(weights.cells());
    }
    return usable;
  }
}
