package eddy.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eddy.event.PredictionRecord;
import eddy.feature.Event;
import eddy.feature.EventSchema;
import eddy.feature.FeatureSpec;
import eddy.feature.FieldKind;
import eddy.feature.SequenceSpec;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import eddy.learn.Outcome.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PublishedScoresTest {
  private static final TargetSpec NEAR =
      new TargetSpec("a", 0, new Horizon.EventsAhead(2), new Reference.Past("a", 0));
  private static final TargetSpec FAR =
      new TargetSpec("a", 0, new Horizon.EventsAhead(5), new Reference.Past("a", 0));
  private static final TargetSpec NOW =
      new TargetSpec("kind", 4, new Horizon.SameEvent(), new Reference.None());
  private static final TargetSpec NEXT =
      new TargetSpec("kind", 4, new Horizon.EventsAhead(2), new Reference.None());

  private final List<ScoredLine> lines = new ArrayList<>();

  /** A row of the input as the brute-force join sees it; a null key marks a rejected one. */
  private record Row(String key, long timestamp, double a, String kind, PredictionRecord record) {}

  @Test
  void accept_randomRows_equalsTheBruteForceJoin() {
    List<TargetSpec> targets = List.of(NEAR, NOW, FAR, NEXT);
    EventSchema schema = schema(targets);
    Random random = new Random(7);
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < 2000; row++) {
      boolean rejected = random.nextInt(10) == 0;
      double a = random.nextInt(8) == 0 ? Double.NaN : random.nextGaussian();
      String kind = random.nextInt(8) == 0 ? null : "kind" + random.nextInt(3);
      rows.add(
          new Row(
              rejected ? null : "key" + random.nextInt(40),
              1000L * row,
              a,
              kind,
              record(row, targets, random)));
    }

    PublishedScores scores = new PublishedScores(targets, schema, SequenceSpec.ENDLESS, lines::add);
    for (int row = 0; row < rows.size(); row++) {
      Row next = rows.get(row);
      if (next.key() != null) {
        scores.accept(row, next.key(), event(schema, next), next.record());
      }
    }

    long[] unlabelled = new long[1];
    // how surprising they are, a replay of the same events says too: DemoIT compares
    List<ScoredLine> joined = lines.stream().map(PublishedScoresTest::withoutSurprises).toList();
    assertThat(joined).isEqualTo(bruteForce(rows, targets, unlabelled));
    assertThat(lines.size()).isGreaterThan(2000);
    assertThat(scores.unlabelled()).isEqualTo(unlabelled[0]).isPositive();
  }

  private static ScoredLine withoutSurprises(ScoredLine line) {
    return new ScoredLine(
        line.originRow(), line.labelRow(), line.key(), line.timestamp(), line.targets());
  }

  /** Looks through all rows for every label. */
  private static List<ScoredLine> bruteForce(
      List<Row> rows, List<TargetSpec> targets, long[] unlabelled) {
    List<ScoredLine> expected = new ArrayList<>();
    for (int label = 0; label < rows.size(); label++) {
      Row labelled = rows.get(label);
      if (labelled.key() == null) {
        continue;
      }
      for (int origin = 0; origin <= label; origin++) {
        if (!labelled.key().equals(rows.get(origin).key())) {
          continue;
        }
        long between = 0;
        for (int i = origin + 1; i <= label; i++) {
          between += labelled.key().equals(rows.get(i).key()) ? 1 : 0;
        }
        List<ScoredTarget> scored = new ArrayList<>();
        boolean any = false;
        for (TargetSpec target : targets) {
          boolean due = target.eventsAhead() == between;
          boolean known = target.category() ? labelled.kind() != null : !Double.isNaN(labelled.a());
          unlabelled[0] += due && !known ? 1 : 0;
          any |= due && known;
          scored.add(
              due && known
                  ? scored(labelled, rows.get(origin).record(), target)
                  : ScoredTarget.UNSETTLED);
        }
        if (any) {
          Row made = rows.get(origin);
          expected.add(new ScoredLine(origin, label, made.key(), made.timestamp(), scored));
        }
      }
    }
    return expected;
  }

  private static ScoredTarget scored(Row labelled, PredictionRecord record, TargetSpec target) {
    PredictionRecord.Prediction prediction = record.predictions().get(target.name());
    if (prediction instanceof PredictionRecord.OfNumber number) {
      return new ScoredTarget.OfNumber(
          labelled.a(), number.value(), number.baseline(), number.model(), number.source());
    }
    PredictionRecord.OfClass symbol = (PredictionRecord.OfClass) prediction;
    return new ScoredTarget.OfClass(
        labelled.kind(),
        symbol.value(),
        symbol.baseline(),
        symbol.model(),
        symbol.source(),
        symbol.distribution().get(labelled.kind()),
        rank(symbol, symbol.distribution().get(labelled.kind())),
        symbol.model() == null ? Double.NaN : symbol.distribution().get(symbol.model()),
        List.of());
  }

  /** By sorting what all four slots were given. */
  private static int rank(PredictionRecord.OfClass symbol, double given) {
    List<Double> slots = new ArrayList<>(symbol.distribution().values());
    int free = 4 - slots.size();
    slots.addAll(Collections.nCopies(free, symbol.unassigned() / Math.max(1, free)));
    slots.sort(Comparator.reverseOrder());
    return slots.lastIndexOf(given) + 1;
  }

  @Test
  void accept_classNeverSeenAtTheOrigin_hasTheShareOfOneFreeSlot() {
    assertThat(probabilityOfC(Map.of("a", 0.5), 0.375)).isEqualTo(0.125); // three slots are free
    float share = 0.1f;
    assertThat(probabilityOfC(Map.of("a", 0.7), 3 * (double) share)).isEqualTo((double) share);
  }

  @Test
  void accept_classBeyondTheSlots_hasTheShareOfTheLastSlot() {
    Map<String, Double> full = new LinkedHashMap<>();
    full.put("a", 0.5);
    full.put("b", 0.125);
    full.put("d", 0.125);
    full.put("e", 0.25);
    assertThat(probabilityOfC(full, 0)).isEqualTo(0.25);
    full.remove("e"); // a shared slot has no name
    assertThat(probabilityOfC(full, 0.25)).isEqualTo(0.25);
  }

  private double probabilityOfC(Map<String, Double> distribution, double unassigned) {
    EventSchema schema = schema(List.of(NOW));
    PublishedScores scores =
        new PublishedScores(List.of(NOW), schema, SequenceSpec.ENDLESS, lines::add);
    PredictionRecord.Prediction prediction =
        new PredictionRecord.OfClass("a", "a", null, Source.MODEL, 0.5, distribution, unassigned);
    PredictionRecord record =
        new PredictionRecord("in-0-0", "k", 0, "in-0-0", "x", 0, Map.of("kind", prediction));
    Row row = new Row("k", 0, 1, "c", record);
    scores.accept(0, "k", event(schema, row), record);
    ScoredTarget scored = lines.get(lines.size() - 1).targets().get(0);
    return ((ScoredTarget.OfClass) scored).probability();
  }

  @Test
  void accept_recordOfOtherTargets_isRefused() {
    EventSchema schema = schema(List.of(NEAR));
    PublishedScores scores =
        new PublishedScores(List.of(NEAR), schema, SequenceSpec.ENDLESS, lines::add);
    PredictionRecord other = new PredictionRecord("in-0-3", "k", 0, "in-0-3", "x", 0, Map.of());
    assertThatThrownBy(() -> scores.accept(0, "k", new Event(schema), other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("record in-0-3 predicts [] but not a@+2");
  }

  private static EventSchema schema(List<TargetSpec> targets) {
    return EventSchema.of(List.of(new FeatureSpec("a", true, List.of())), targets);
  }

  private static Event event(EventSchema schema, Row row) {
    Event event = new Event(schema);
    event.timestamp = row.timestamp();
    event.numbers[schema.index("a", FieldKind.NUMBER)] = row.a();
    event.categories[schema.index("kind", FieldKind.CATEGORY)] = row.kind();
    return event;
  }

  private static PredictionRecord record(int row, List<TargetSpec> targets, Random random) {
    Map<String, PredictionRecord.Prediction> predictions = new LinkedHashMap<>();
    for (TargetSpec target : targets) {
      predictions.put(
          target.name(),
          target.category()
              ? new PredictionRecord.OfClass(
                  "kind" + random.nextInt(3),
                  "kind" + random.nextInt(3),
                  "kind" + random.nextInt(3),
                  Source.MODEL,
                  random.nextDouble(),
                  Map.of(
                      "kind0", random.nextDouble(),
                      "kind1", random.nextDouble(),
                      "kind2", random.nextDouble()),
                  random.nextDouble())
              : new PredictionRecord.OfNumber(
                  random.nextDouble(), random.nextDouble(), random.nextDouble(), Source.BASELINE));
    }
    return new PredictionRecord(
        "in-0-" + row, "k", 1000L * row, "in-0-" + row, "x", row, predictions);
  }
}
