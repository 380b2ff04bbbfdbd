package eddy.learn;

import eddy.cell.CellGroup;
import eddy.cell.Cells;
import eddy.cell.Delays;
import eddy.cell.LayerSpec;
import eddy.feature.Encoders;
import eddy.feature.Event;
import eddy.feature.FeatureSpec;
import eddy.feature.FieldKind;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import eddy.math.RandomStream;
import java.util.List;
import java.util.stream.Stream;

/** Small seeded streams with a number, a second number and a class, and specs that fit them. */
final class Streams {
  static final List<FeatureSpec> FEATURES =
      List.of(
          new FeatureSpec("a", false, List.of()),
          new FeatureSpec("a", false, List.of(Encoders.of("diff", List.of("1")))),
          new FeatureSpec("b", false, List.of()),
          new FeatureSpec("kind", false, List.of(Encoders.of("category", List.of("8")))));
  static final List<FeatureSpec> HASHED =
      List.of(
          new FeatureSpec("kind", false, List.of(Encoders.of("context", List.of("2", "64")))),
          new FeatureSpec(
              "kind",
              false,
              List.of(Encoders.of("hash", List.of("32")), Encoders.of("lag", List.of("1..2")))),
          new FeatureSpec(
              "outcome",
              true,
              List.of(Encoders.of("hash", List.of("8")), Encoders.of("lag", List.of("1")))));
  static final TargetSpec AHEAD =
      new TargetSpec("a", 0, new Horizon.EventsAhead(3), new Reference.Past("a", 0));
  static final TargetSpec FAR =
      new TargetSpec("b", 0, new Horizon.EventsAhead(5), new Reference.Past("b", 2));
  static final TargetSpec NEXT_KIND =
      new TargetSpec("kind", 8, new Horizon.EventsAhead(1), new Reference.None());
  static final TargetSpec OWN =
      new TargetSpec("label", 0, new Horizon.SameEvent(), new Reference.None());
  static final TargetSpec OWN_KIND =
      new TargetSpec("outcome", 4, new Horizon.SameEvent(), new Reference.None());
  static final List<TargetSpec> TARGETS = List.of(AHEAD, FAR, NEXT_KIND, OWN, OWN_KIND);

  private Streams() {}

  static LearnerSpec.Draft draft() {
    return LearnerSpec.of(FEATURES, TARGETS)
        .units(8)
        .window(6)
        .budget(new LearnerSpec.Budget(4_000_000, 20_000_000));
  }

  /** Values of one event, to be set into a learner's own event object. */
  record Row(double a, double b, String kind, double label, String outcome) {
    Event into(Prequential learner, long position) {
      Event event = new Event(learner.schema());
      event.position = position;
      event.timestamp = 1000 * position;
      for (int i = 0; i < learner.schema().size(); i++) {
        String path = learner.schema().field(i).path();
        if (learner.schema().field(i).kind() == FieldKind.TRUTH) {
          event.numbers[i] = position % 7 == 6 ? 1 : 0;
        } else if (learner.schema().field(i).kind() == FieldKind.CATEGORY) {
          event.categories[i] = path.equals("kind") ? kind : outcome;
        } else {
          event.numbers[i] = path.equals("a") ? a : path.equals("b") ? b : label;
        }
      }
      return event;
    }
  }

  /** Every cell by its name, and the delay lines by examples. */
  static List<String> cells() {
    return Stream.concat(Cells.names().stream(), Stream.of("tdnn(3)", "narx(3,2)")).toList();
  }

  /** Own-unit sensitivities exist only where a step is an affine map and a unit function. */
  static boolean unitsLearnApart(String cell) {
    return Delays.of(cell) != null
        || Cells.layer(new LayerSpec(cell, 4), 1).stream().allMatch(CellGroup.class::isInstance);
  }

  static Row[] rows(long seed, int count) {
    RandomStream random = new RandomStream(seed);
    Row[] rows = new Row[count];
    double a = 0;
    for (int i = 0; i < count; i++) {
      a = 0.9 * a + random.nextGaussian();
      double b = 100 + 10 * StrictMath.sin(i / 5.0) + random.nextGaussian();
      String kind = "k" + (int) (4 * random.nextDouble());
      rows[i] = new Row(a, b, kind, a - b / 50, a > 0 ? "up" : "down");
    }
    return rows;
  }

  /** Everything an outcome says, as text that differs when one bit of it does. */
  static String text(Outcome outcome) {
    StringBuilder text = new StringBuilder().append(outcome.unlabelled);
    if (outcome.predicted) {
      text.append(" of ").append(outcome.labelledPosition).append(' ').append(outcome.updates);
      for (Outcome.Prediction prediction : outcome.predictions) {
        append(prediction, text);
      }
    }
    for (int i = 0; i < outcome.settledOrigins; i++) {
      Outcome.Settlement settlement = outcome.settlements[i];
      text.append(" |").append(settlement.originPosition).append('<');
      text.append(settlement.labelPosition);
      for (int t = 0; t < settlement.settled.length; t++) {
        if (settlement.settled[t]) {
          text.append(' ').append(settlement.label[t]).append('=').append(settlement.text[t]);
          append(settlement.prediction[t], text);
        }
      }
    }
    return text.toString();
  }

  private static void append(Outcome.Prediction prediction, StringBuilder text) {
    text.append(' ').append(prediction.value).append(',').append(prediction.model);
    text.append(',').append(prediction.baseline).append(',').append(prediction.probability);
    text.append(',').append(prediction.source);
    for (float probability : prediction.distribution) {
      text.append(';').append(probability);
    }
  }
}
