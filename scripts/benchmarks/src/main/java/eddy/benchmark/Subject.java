package eddy.benchmark;

import eddy.feature.Event;
import eddy.feature.FeatureEncoder;
import eddy.feature.FeatureStatistics;
import eddy.feature.FieldKind;
import eddy.gradient.RecurrentState;
import eddy.learn.KeyState;
import eddy.learn.LearnerSpec;
import eddy.learn.Prequential;
import eddy.learn.Weights;
import eddy.math.Kernels;
import eddy.network.Network;

/** Something that learns, one event of one key at a time. */
interface Subject {
  /** Takes in an event of a key and learns from it. */
  void event(int key, int index);

  /** The product's whole event: {@link Prequential#observe}, standardisation included. */
  static Subject whole(EventRow row, int keys) {
    Prequential learner = Prequential.of(row.spec());
    Weights weights = learner.newWeights();
    KeyState[] states = new KeyState[keys];
    for (int k = 0; k < keys; k++) {
      states[k] = learner.newKeyState();
    }
    Event[] events = events(row, learner);
    return (key, index) -> learner.observe(events[index % events.length], states[key], weights);
  }

  private static Event[] events(EventRow row, Prequential learner) {
    Samples samples = new Samples(row.inputs());
    Event[] events = new Event[Samples.COUNT];
    FieldKind kind = row.classes() > 0 ? FieldKind.CATEGORY : FieldKind.NUMBER;
    int label = learner.schema().index("y", kind);
    for (int t = 0; t < events.length; t++) {
      events[t] = new Event(learner.schema());
      for (int i = 0; i < row.inputs(); i++) {
        events[t].numbers[learner.schema().index("x" + i, FieldKind.NUMBER)] = samples.x[t][i];
      }
      if (row.classes() > 0) {
        events[t].categories[label] = "c" + samples.slot(t, row.classes());
      } else {
        events[t].numbers[label] = samples.y[t];
      }
    }
    return events;
  }

  /**
   * The estimator's event: step, gradient, clip, Adam and a linear output, on inputs that stand
   * ready.
   *
   * @param period steps of a block
   */
  static Subject bare(EventRow row, int keys, int period) {
    LinearLearner learner = learner(row, period);
    RecurrentState[][] states = states(learner, keys);
    Samples samples = new Samples(row.inputs());
    return (key, index) -> {
      int t = index % Samples.COUNT;
      float value = learner.advance(samples.x[t], states[key]);
      learner.learn(states[key], value - samples.y[t]);
    };
  }

  /**
   * The same on inputs that are standardised at every event by the mean and variance of those
   * before, as the product does it.
   *
   * @param period steps of a block
   */
  static Subject standardised(EventRow row, int keys, int period) {
    LinearLearner learner = learner(row, period);
    RecurrentState[][] states = states(learner, keys);
    Samples samples = new Samples(row.inputs());
    Prequential product = Prequential.of(row.spec());
    Event[] events = events(row, product);
    FeatureEncoder encoder = FeatureEncoder.of(row.spec().features(), product.schema());
    FeatureStatistics statistics = encoder.newStatistics();
    double[][] memories = new double[keys][encoder.memoryLength()];
    float[] x = new float[row.inputs()];
    return (key, index) -> {
      int t = index % Samples.COUNT;
      encoder.encode(events[t], memories[key], statistics, x, 0);
      float value = learner.advance(x, states[key]);
      learner.learn(states[key], value - samples.y[t]);
      encoder.absorb(memories[key], statistics);
    };
  }

  private static LinearLearner learner(EventRow row, int period) {
    Kernels kernels = Kernels.fastest();
    int steps = row.estimator() == LearnerSpec.Estimator.TBPTT ? EventRow.WINDOW : period;
    Network network =
        Layers.of(row.spec().network().layer(), row.inputs(), row.estimator(), steps, kernels);
    return new LinearLearner(kernels, network, row.inputs(), EventRow.steps(), 1);
  }

  private static RecurrentState[][] states(LinearLearner learner, int keys) {
    RecurrentState[][] states = new RecurrentState[keys][];
    for (int k = 0; k < keys; k++) {
      states[k] = learner.newState();
    }
    return states;
  }
}
