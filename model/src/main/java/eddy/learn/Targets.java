package eddy.learn;

import eddy.feature.EventSchema;
import eddy.feature.FieldKind;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import eddy.readout.Gaussian;
import eddy.readout.Loss;
import eddy.readout.Losses;
import eddy.readout.Quantile;
import eddy.readout.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where everything about the targets stands: their fields in the event, their outputs in the
 * network, their references in the key's memory.
 *
 * <p>Outputs are ordered by lane, so that those settled together lie side by side. Immutable.
 */
final class Targets {
  private static final int NO_FIELD = -1;
  private static final int LABELLED = 0;
  private static final int TIMED = 1;
  private static final int COUNTED = 2;
  private static final int OWN = 3;

  final List<TargetSpec> specs;
  final Head[] heads;

  /** By target: its outputs and their loss. */
  final Slice[] slices;

  /** By target: index of the label's field in the event. */
  final int[] field;

  /** By target: first raw output. */
  final int[] outputAt;

  /**
   * Labels that come by themselves first, then by time, then by count; farthest first, so that
   * labels of events settle oldest origin first.
   */
  final List<Lane> lanes;

  /** The first of them, whose labels come after no fixed count of events. */
  final int irregular;

  /** Raw outputs of all targets. */
  final int outputs;

  /** Largest count of events to a label, 0 where none is counted. */
  final int farthest;

  /** Doubles of a key's reference rings. */
  final int referenceLength;

  private final int[] referenceField;
  private final int[] referenceBack;
  private final int[] referenceAt;

  Targets(LearnerSpec spec, EventSchema schema) {
    specs = spec.targets();
    int count = specs.size();
    heads = new Head[count];
    slices = new Slice[count];
    Loss[] losses = new Loss[count];
    field = new int[count];
    outputAt = new int[count];
    referenceField = new int[count];
    referenceBack = new int[count];
    referenceAt = new int[count];
    int ring = 0;
    for (int t = 0; t < count; t++) {
      TargetSpec target = specs.get(t);
      losses[t] = loss(target, spec.loss());
      requireOneLearner(losses[t], spec);
      heads[t] = head(t, target, losses[t]);
      field[t] = schema.index(target.field(), target.kind());
      referenceField[t] = NO_FIELD;
      if (target.reference() instanceof Reference.Past past) {
        referenceField[t] = schema.index(past.field(), FieldKind.NUMBER);
        referenceBack[t] = past.eventsBack();
        referenceAt[t] = ring;
        ring += past.eventsBack();
      }
    }
    referenceLength = ring;
    lanes = lanes();
    irregular = (int) lanes.stream().filter(Lane::irregular).count();
    for (int t = 0; t < count; t++) {
      slices[t] = new Slice(outputAt[t], heads[t].outputs(), losses[t]);
    }
    outputs = lanes.stream().mapToInt(Lane::outputCount).sum();
    farthest = Math.max(0, lanes.stream().mapToInt(Lane::horizon).max().orElse(0));
  }

  private static Loss loss(TargetSpec target, String name) {
    boolean automatic = name.equals("auto");
    Loss loss = Losses.of(automatic ? (target.category() ? "softmax" : "huber") : name);
    if (target.category() != loss.ofClasses()) {
      throw new IllegalArgumentException(
          "loss "
              + loss.name()
              + " does not fit target "
              + target.name()
              + ", which is a "
              + (target.category() ? "class: use softmax" : "number: use squared or huber")
              + ", or auto");
    }
    return loss;
  }

  /** What members say of a number is mixed, and second-order readouts learn, as one output. */
  private static void requireOneLearner(Loss loss, LearnerSpec spec) {
    boolean fits =
        spec.panel().size() == 1 && spec.panel().get(0).readout() == MemberSpec.Readout.GRADIENT;
    if (loss.numberOutputs() > 1 && !fits) {
      throw new IllegalArgumentException(
          "loss " + loss.name() + " needs one learner alone; write eddy.panel=single");
    }
  }

  private static Head head(int number, TargetSpec target, Loss loss) {
    if (target.category()) {
      return new CategoryHead(number, target.slots());
    }
    if (loss.name().equals("logistic")) {
      return new ProbabilityHead();
    }
    ChangeUnits units = new ChangeUnits(number, target.reference() instanceof Reference.Past);
    if (loss instanceof Quantile quantile) {
      return new QuantileHead(units, quantile);
    }
    return loss instanceof Gaussian ? new GaussianHead(units) : new NumberHead(units);
  }

  private List<Lane> lanes() {
    List<Horizon> horizons =
        specs.stream()
            .map(TargetSpec::horizon)
            .distinct()
            .sorted(
                Comparator.comparing(Targets::rank)
                    .thenComparing(Targets::length, Comparator.reverseOrder()))
            .toList();
    List<Lane> result = new ArrayList<>();
    int output = 0;
    int waiting = 0;
    for (Horizon horizon : horizons) {
      int from = output;
      List<Integer> members = new ArrayList<>();
      for (int t = 0; t < specs.size(); t++) {
        if (specs.get(t).horizon().equals(horizon)) {
          members.add(t);
          outputAt[t] = output;
          output += heads[t].outputs();
        }
      }
      int[] targets = members.stream().mapToInt(Integer::intValue).toArray();
      boolean irregular = rank(horizon) <= TIMED;
      int number = irregular ? waiting++ : -1;
      result.add(new Lane(horizon, number, targets, from, output - from));
    }
    return List.copyOf(result);
  }

  private static int rank(Horizon horizon) {
    return horizon instanceof Horizon.LabelTopic
        ? LABELLED
        : horizon instanceof Horizon.TimeAhead
            ? TIMED
            : horizon instanceof Horizon.EventsAhead ? COUNTED : OWN;
  }

  private static long length(Horizon horizon) {
    if (horizon instanceof Horizon.TimeAhead ahead) {
      return ahead.time().toMillis();
    }
    return horizon instanceof Horizon.EventsAhead ahead ? ahead.count() : 0;
  }

  int count() {
    return heads.length;
  }

  /** Whether a target's label stands in the event it is predicted for. */
  boolean sameEvent(int target) {
    return specs.get(target).horizon() instanceof Horizon.SameEvent;
  }

  /** Whether events show what a target's value is now, after it has been predicted. */
  boolean shown(int target) {
    Horizon horizon = specs.get(target).horizon();
    return horizon instanceof Horizon.EventsAhead || horizon instanceof Horizon.TimeAhead;
  }

  /** What the change of a target is measured from, NaN where there is nothing yet. */
  double reference(int target, double[] numbers, double[] references, long events) {
    int at = referenceField[target];
    int back = referenceBack[target];
    if (at == NO_FIELD || events < back) {
      return Double.NaN;
    }
    return back == 0 ? numbers[at] : references[referenceAt[target] + (int) (events % back)];
  }

  /** Labels that no event of a sequence will bring, when it ends after so many events. */
  int waiting(long length) {
    long labels = 0;
    // an iterator would be garbage at every end
    for (int i = 0; i < lanes.size(); i++) {
      long horizon = Math.max(0, lanes.get(i).horizon());
      labels += lanes.get(i).targets().length * Math.min(horizon, length);
    }
    return Math.toIntExact(labels);
  }

  /** Keeps the event's values for later references. Modifies only references. */
  void remember(double[] numbers, double[] references, long events) {
    for (int t = 0; t < heads.length; t++) {
      if (referenceField[t] != NO_FIELD && referenceBack[t] > 0) {
        int slot = (int) (events % referenceBack[t]);
        references[referenceAt[t] + slot] = numbers[referenceField[t]];
      }
    }
  }
}
