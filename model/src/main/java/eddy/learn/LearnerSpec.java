package eddy.learn;

import eddy.cell.LayerSpec;
import eddy.drift.DriftSpec;
import eddy.feature.ArrivalSpec;
import eddy.feature.Chain;
import eddy.feature.FeatureSpec;
import eddy.feature.SequenceSpec;
import eddy.feature.TargetSpec;
import eddy.math.Kernels;
import eddy.network.NetworkSpec;
import eddy.optim.Clip;
import eddy.optim.GradientStep;
import eddy.optim.Optimizers;
import eddy.optim.Schedules;
import eddy.readout.Losses;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Everything that decides what a learner computes: two learners with equal specs that read the same
 * events make the same predictions, bit for bit.
 *
 * @param features what the cells and the readout see
 * @param readoutFeatures what only the readout sees
 * @param targets what is predicted
 * @param network of every recurrent member
 * @param sequence how the events of a key make up sequences
 * @param arrivals what becomes of events that come late, or again
 * @param estimator how gradients are obtained
 * @param window steps of truncated BPTT
 * @param block events between two folds of block RTRL, 0 for the Planner's choice
 * @param panel the learners that run side by side
 * @param loss loss of every target, or {@code auto} for huber on numbers and softmax on classes
 * @param gate labels over which a model must beat its baseline to be published, 0 where it always
 *     is
 * @param deadline of labels that come after no fixed count of events
 * @param scope which keys share weights
 * @param weightsEvery updates between two publications of weights that partitions share, 0 where
 *     they do not
 * @param ttlMillis stream time after which a key that nothing was heard of starts anew, 0 for never
 * @param traceDurable whether what estimators carry between events is stored with the state
 * @param drift whether drift is looked for in the losses, and what becomes of it
 * @param budget bounds that the choice of the estimator obeys
 * @param seed of the initial weights
 * @param start weights in their place; null for none
 */
public record LearnerSpec(
    List<FeatureSpec> features,
    List<FeatureSpec> readoutFeatures,
    List<TargetSpec> targets,
    NetworkSpec network,
    SequenceSpec sequence,
    ArrivalSpec arrivals,
    Estimator estimator,
    int window,
    int block,
    List<MemberSpec> panel,
    String loss,
    int gate,
    LabelDeadline deadline,
    Scope scope,
    int weightsEvery,
    long ttlMillis,
    boolean traceDurable,
    DriftSpec drift,
    Budget budget,
    long seed,
    StartingWeights start) {

  /** How gradients are obtained. */
  public enum Estimator {
    /** The most exact one inside the budget. */
    AUTO,
    /** Exact real-time recurrent learning. */
    RTRL,
    /** Own-unit sensitivities only: biased for dense cells. */
    SNAP1,
    /** Sliding truncated back-propagation through time. */
    TBPTT
  }

  /** Which keys share weights. */
  public enum Scope {
    /** All keys of an input partition. */
    PARTITION,
    /** All keys of an input partition, which takes in what other partitions have learned. */
    GLOBAL,
    /** Each key has its own. */
    KEY
  }

  /**
   * How a group of weights moves against its gradient.
   *
   * @param optimizer one of {@link eddy.optim.Optimizers#names()}
   * @param learningRate step size
   * @param clip bound on the gradient
   * @param schedule of the learning rate, as {@link Schedules#of} reads it
   */
  public record Descent(String optimizer, double learningRate, Clip clip, String schedule) {
    /** The default: five times the gradient's own running size. */
    public static final Clip CLIP = new Clip(Clip.Kind.RELATIVE, 5);

    public Descent {
      Objects.requireNonNull(optimizer, "optimizer");
      Objects.requireNonNull(clip, "clip");
      if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
        throw new IllegalArgumentException(
            "learning rate must be positive and finite but was " + learningRate);
      }
      Schedules.of(schedule);
    }

    /** A descent at a constant learning rate. */
    public Descent(String optimizer, double learningRate, Clip clip) {
      this(optimizer, learningRate, clip, "constant");
    }

    public GradientStep newStep(Kernels kernels) {
      return new GradientStep(
          kernels, Optimizers.of(optimizer, learningRate), clip, Schedules.of(schedule));
    }
  }

  /**
   * Bounds on what one key and one event may cost.
   *
   * @param keyBytes bytes of state per key
   * @param eventMacs multiply-adds per event
   */
  public record Budget(long keyBytes, long eventMacs) {
    public static final Budget DEFAULT = new Budget(262_144, 20_000_000);

    public Budget {
      if (keyBytes < 1 || eventMacs < 1) {
        throw new IllegalArgumentException(
            "budgets must be at least 1 but were " + keyBytes + " bytes, " + eventMacs + " macs");
      }
    }
  }

  public LearnerSpec {
    features = List.copyOf(features);
    readoutFeatures = List.copyOf(readoutFeatures);
    targets = List.copyOf(targets);
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(sequence, "sequence");
    Objects.requireNonNull(arrivals, "arrivals");
    Objects.requireNonNull(estimator, "estimator");
    panel = List.copyOf(panel);
    if (panel.isEmpty()) {
      throw new IllegalArgumentException("a panel needs at least one member but has none");
    }
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(deadline, "deadline");
    Objects.requireNonNull(scope, "scope");
    Objects.requireNonNull(drift, "drift");
    Objects.requireNonNull(budget, "budget");
    if (drift.resets() && scope == Scope.GLOBAL) {
      throw new IllegalArgumentException(
          "weights that start anew on drift cannot be shared by partitions: the others would tell"
              + " what was forgotten; share them within a partition, or boost");
    }
    if (features.isEmpty()) {
      throw new IllegalArgumentException("a learner needs at least one feature but has none");
    }
    requireDense(features);
    requireReader(readoutFeatures, panel);
    requireContexts(features, readoutFeatures, targets, panel);
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("a learner needs at least one target but has none");
    }
    if (sequence.output() == SequenceSpec.Output.MEAN && !network.mean()) {
      throw new IllegalArgumentException(
          "sequences are predicted from the mean of their states, but the network shows the last"
              + " one; use withMean()");
    }
    for (TargetSpec target : targets) {
      try {
        sequence.requireFit(target, network.lookahead());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("target " + target.name() + ": " + e.getMessage(), e);
      }
    }
    atLeast("window", window, 1);
    atLeast("weightsEvery", weightsEvery, scope == Scope.GLOBAL ? 1 : 0);
    atLeast("block", block, 0);
    if (ttlMillis < 0) {
      throw new IllegalArgumentException("ttlMillis must be >= 0 but was " + ttlMillis);
    }
    atLeast("gate window", gate, 0);
  }

  private static void requireDense(List<FeatureSpec> features) {
    for (FeatureSpec feature : features) {
      if (Chain.of(feature).sparse()) {
        throw new IllegalArgumentException(
            "feature "
                + feature
                + ": hashed rows are for readouts only, since cells would need as many weights as"
                + " there are slots; move it to eddy.readout.features, or write category(64)");
      }
    }
  }

  private static void requireReader(List<FeatureSpec> features, List<MemberSpec> panel) {
    for (FeatureSpec feature : features) {
      if (Chain.of(feature).sparse()
          && panel.stream().noneMatch(m -> m.readout() == MemberSpec.Readout.GRADIENT)) {
        throw new IllegalArgumentException(
            "feature "
                + feature
                + ": no member of the panel reads hashed rows; add recurrent-gradient to"
                + " eddy.panel, or remove the feature");
      }
    }
  }

  private static void requireContexts(
      List<FeatureSpec> features,
      List<FeatureSpec> readoutFeatures,
      List<TargetSpec> targets,
      List<MemberSpec> panel) {
    if (panel.stream().noneMatch(m -> m.readout() == MemberSpec.Readout.CONTEXTS)) {
      return;
    }
    boolean classes = targets.stream().anyMatch(TargetSpec::category);
    if (!classes || !AutomaticPanel.hasContexts(features, readoutFeatures)) {
      throw new IllegalArgumentException(
          "member contexts of the panel predicts classes from sequences of categories, but "
              + (classes ? "no two consecutive values of one are features" : "no target is a class")
              + "; "
              + (classes ? "add a feature such as kind:category:lag(1..3)" : "add a class")
              + ", or remove contexts from eddy.panel");
    }
  }

  private static void atLeast(String name, int value, int bound) {
    if (value < bound) {
      throw new IllegalArgumentException(name + " must be >= " + bound + " but was " + value);
    }
  }

  /** The same learner by another estimator and without bounds, to see what it costs. */
  public LearnerSpec learnedBy(Estimator other) {
    return with(other, drift, new Budget(Long.MAX_VALUE, Long.MAX_VALUE));
  }

  /** The same learner on whose losses nothing depends. */
  public LearnerSpec withoutDrift() {
    return with(estimator, DriftSpec.NONE, budget);
  }

  private LearnerSpec with(Estimator otherEstimator, DriftSpec otherDrift, Budget otherBudget) {
    return new LearnerSpec(
        features,
        readoutFeatures,
        targets,
        network,
        sequence,
        arrivals,
        otherEstimator,
        window,
        block,
        panel,
        loss,
        gate,
        deadline,
        scope,
        weightsEvery,
        ttlMillis,
        traceDurable,
        otherDrift,
        otherBudget,
        seed,
        start);
  }

  /** What predictions of numbers say of their uncertainty: the form alone, all values NaN. */
  public Spread spread() {
    return loss.equals("auto") ? Spread.NONE : Spread.of(Losses.of(loss));
  }

  /** Starts a spec with the defaults of every setting but features and targets. */
  public static Draft of(List<FeatureSpec> features, List<TargetSpec> targets) {
    return new Draft(features, targets);
  }

  /** A spec in the making: every setting has its default until it is changed. */
  public static final class Draft {
    private final List<FeatureSpec> features;
    private final List<TargetSpec> targets;
    private List<FeatureSpec> readoutFeatures = List.of();
    private NetworkSpec network = NetworkSpec.of(new LayerSpec("mixed", 32));
    private SequenceSpec sequence = SequenceSpec.ENDLESS;
    private ArrivalSpec arrivals = ArrivalSpec.ANY;
    private Estimator estimator = Estimator.AUTO;
    private int window = 32;
    private int block = 0;
    private List<MemberSpec> panel;
    private String loss = "auto";
    private int gate = 100;
    private LabelDeadline deadline = LabelDeadline.DEFAULT;
    private Scope scope = Scope.PARTITION;
    private int weightsEvery = 0;
    private long ttlMillis = 0;
    private boolean traceDurable = true;
    private DriftSpec drift = DriftSpec.NONE;
    private Budget budget = Budget.DEFAULT;
    private long seed = 1;
    private StartingWeights start;

    private Draft(List<FeatureSpec> features, List<TargetSpec> targets) {
      this.features = features;
      this.targets = targets;
    }

    public Draft readoutFeatures(List<FeatureSpec> value) {
      readoutFeatures = value;
      return this;
    }

    public Draft cell(String value) {
      return layer(network.layer().withCell(value));
    }

    public Draft units(int value) {
      return layer(network.layer().withUnits(value));
    }

    /** What every layer of the network consists of. */
    public Draft layer(LayerSpec value) {
      return network(network.withLayer(value));
    }

    public Draft network(NetworkSpec value) {
      network = value;
      return this;
    }

    public Draft sequence(SequenceSpec value) {
      sequence = value;
      return this;
    }

    public Draft arrivals(ArrivalSpec value) {
      arrivals = value;
      return this;
    }

    public Draft estimator(Estimator value) {
      estimator = value;
      return this;
    }

    public Draft window(int value) {
      window = value;
      return this;
    }

    public Draft block(int value) {
      block = value;
      return this;
    }

    /** The learners that run side by side. */
    public Draft panel(List<MemberSpec> value) {
      panel = value;
      return this;
    }

    /** Those of {@link MemberSpec#names()}. */
    public Draft panel(String... names) {
      boolean classes = targets.stream().anyMatch(TargetSpec::category);
      return panel(Arrays.stream(names).map(name -> MemberSpec.of(name, classes)).toList());
    }

    /** One recurrent learner alone, whose weights move as given. */
    public Draft single(Descent cells, Descent readout) {
      return panel(
          List.of(new MemberSpec("single", true, MemberSpec.Readout.GRADIENT, cells, readout, 0)));
    }

    public Draft loss(String value) {
      loss = value;
      return this;
    }

    public Draft deadline(LabelDeadline value) {
      deadline = value;
      return this;
    }

    /** Labels over which a model must beat its baseline; 0 where it is always published. */
    public Draft gate(int value) {
      gate = value;
      return this;
    }

    public Draft scope(Scope value) {
      scope = value;
      return this;
    }

    /** All keys share weights: partitions take in each other's after so many updates. */
    public Draft global(int updates) {
      weightsEvery = updates;
      return scope(Scope.GLOBAL);
    }

    /** Keys start anew when nothing was heard of them for so much stream time. */
    public Draft ttlMillis(long value) {
      ttlMillis = value;
      return this;
    }

    /** Traces are not stored: a state that is read again carries nothing from before. */
    public Draft withoutDurableTraces() {
      traceDurable = false;
      return this;
    }

    /** Where drift is found in the losses, this is done. */
    public Draft drift(DriftSpec value) {
      drift = value;
      return this;
    }

    public Draft budget(Budget value) {
      budget = value;
      return this;
    }

    /** Weights that are learned on from in place of random ones. */
    public Draft start(StartingWeights value) {
      start = value;
      return this;
    }

    public Draft seed(long value) {
      seed = value;
      return this;
    }

    public LearnerSpec build() {
      if (panel == null) {
        panel(AutomaticPanel.names(features, readoutFeatures, targets, network, scope));
      }
      return new LearnerSpec(
          features,
          readoutFeatures,
          targets,
          sequence.output() == SequenceSpec.Output.MEAN ? network.withMean() : network,
          sequence,
          arrivals,
          estimator,
          window,
          block,
          panel,
          loss,
          gate,
          deadline,
          scope,
          weightsEvery,
          ttlMillis,
          traceDurable,
          drift,
          budget,
          seed,
          start);
    }
  }
}
