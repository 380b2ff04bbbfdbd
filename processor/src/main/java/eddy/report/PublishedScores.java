package eddy.report;

import eddy.event.PredictionRecord;
import eddy.feature.Event;
import eddy.feature.EventSchema;
import eddy.feature.FieldKind;
import eddy.feature.SequenceSpec;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Scores predictions as they were published, by the labels in the input: a second opinion that
 * shares no code with the learner.
 *
 * <p>The label of {@code field@+h} is the field h accepted events later of the same key, that of a
 * target without a horizon stands in the event itself, or in the earlier one that the record says
 * it labels; no label comes from another sequence. The lines are those of a replay of the same
 * events, in the same order. For the events of one partition, and for one thread. Keeps h
 * prediction records per key, h being the largest horizon, and the labels of events that are
 * labelled later.
 */
public final class PublishedScores {
  private static final int NONE = -1;

  private final List<TargetSpec> targets;
  private final int[] fields; // by target: where its label stands in an event
  private final List<Integer> horizons; // distinct, the farthest first
  private final int farthest;
  private final Consumer<ScoredLine> lines;
  private final Map<String, History> keys = new HashMap<>();
  private final boolean wholeSequences;
  private final int endField; // NONE where sequences do not end
  private final PublishedSurprises surprises;
  private long unlabelled;

  /** An accepted event whose predictions, if it has any, wait for labels. */
  private record Origin(long row, long timestamp, PredictionRecord published) {}

  /** What an event says of every target. */
  private record Labels(long row, double[] numbers, String[] categories) {}

  /** The newest accepted events of a key, in a ring. */
  private static final class History {
    private final Origin[] ring;

    /** Of the events that have not been labelled, oldest first. */
    private final Queue<Labels> passed = new ArrayDeque<>();

    private long events;

    History(int farthest) {
      ring = new Origin[farthest + 1];
    }

    void add(Origin origin) {
      ring[(int) (events++ % ring.length)] = origin;
    }

    /** The labels of a row; those of earlier ones are not asked for any more. */
    Labels labels(long row) {
      while (passed.element().row() < row) {
        passed.remove();
      }
      return passed.remove();
    }

    void startSequence() {
      events = 0;
      passed.clear();
    }

    /** The origin so many events before the newest; null where there is none. */
    Origin before(int back) {
      return back < events ? ring[(int) ((events - 1 - back) % ring.length)] : null;
    }
  }

  /**
   * Scores of the events of one partition.
   *
   * @param schema of the events
   * @param sequence how the events of a key make up sequences
   * @param lines takes every line as soon as its labels are there
   * @throws IllegalArgumentException where labels come at no fixed count of events
   */
  public PublishedScores(
      List<TargetSpec> targets,
      EventSchema schema,
      SequenceSpec sequence,
      Consumer<ScoredLine> lines) {
    this.targets = List.copyOf(targets);
    for (TargetSpec target : targets) {
      if (target.horizon() instanceof Horizon.LabelTopic
          || target.horizon() instanceof Horizon.TimeAhead) {
        throw new IllegalArgumentException(
            "target "
                + target.name()
                + ": published predictions are scored by labels at a fixed count of events; write "
                + target.field()
                + "@+1");
      }
    }
    this.lines = Objects.requireNonNull(lines, "lines");
    surprises = new PublishedSurprises(targets.size());
    fields =
        targets.stream().mapToInt(target -> schema.index(target.field(), target.kind())).toArray();
    horizons =
        targets.stream()
            .map(TargetSpec::eventsAhead)
            .distinct()
            .sorted((a, b) -> Integer.compare(b, a))
            .toList();
    farthest = horizons.get(0);
    wholeSequences = sequence.whole();
    endField = sequence.ends() ? schema.index(sequence.endField(), FieldKind.TRUTH) : NONE;
  }

  /**
   * Takes the next accepted event of the input, and what was published for it. Rejected events are
   * left out, though they count as rows.
   *
   * @param row of the event, 0-based: its offset where a topic is read from its start
   * @param key of the event; empty where events have none
   * @param event read only
   * @param published null where the event has no prediction
   * @throws IllegalArgumentException where the record lacks a target
   */
  public void accept(long row, String key, Event event, PredictionRecord published) {
    if (published != null) {
      requireTargets(published);
    }
    History history = keys.computeIfAbsent(key, unseen -> new History(farthest));
    history.add(new Origin(row, event.timestamp, published));
    if (horizons.contains(0)) {
      history.passed.add(labels(row, event));
    }
    for (int horizon : horizons) {
      Origin origin = history.before(horizon);
      if (origin != null && origin.published() != null) {
        settle(origin, horizon, row, key, history, event);
      }
    }
    if (endField != NONE && event.numbers[endField] == 1) {
      end(history);
    }
  }

  private void requireTargets(PredictionRecord published) {
    for (TargetSpec target : targets) {
      if (!published.predictions().containsKey(target.name())) {
        throw new IllegalArgumentException(
            "record "
                + published.id()
                + " predicts "
                + published.predictions().keySet()
                + " but not "
                + target.name()
                + "; compare it with the configuration that it was made by");
      }
    }
  }

  private Labels labels(long row, Event event) {
    double[] numbers = new double[fields.length];
    String[] categories = new String[fields.length];
    for (int i = 0; i < fields.length; i++) {
      numbers[i] = event.numbers[fields[i]];
      categories[i] = event.categories[fields[i]];
    }
    return new Labels(row, numbers, categories);
  }

  /** Labels that would have to come from the next sequence do not come. */
  private void end(History history) {
    for (TargetSpec target : targets) {
      unlabelled += Math.min(target.eventsAhead(), history.events);
      if (target.eventsAhead() == 0 && !wholeSequences) {
        unlabelled += history.passed.size();
      }
    }
    history.startSequence();
  }

  private void settle(
      Origin origin, int horizon, long row, String key, History history, Event event) {
    PredictionRecord published = origin.published();
    long labelled = row + published.labelledOffset() - published.offset();
    Labels labels = horizon > 0 ? labels(row, event) : history.labels(labelled);
    List<ScoredTarget> scored = new ArrayList<>(targets.size());
    boolean any = false;
    for (int i = 0; i < fields.length; i++) {
      TargetSpec target = targets.get(i);
      ScoredTarget entry = ScoredTarget.UNSETTLED;
      if (target.eventsAhead() == horizon) {
        PredictionRecord.Prediction prediction = published.predictions().get(target.name());
        entry = scored(target, prediction, labels.numbers()[i], labels.categories()[i]);
        if (entry instanceof ScoredTarget.Unsettled) {
          unlabelled++;
        } else {
          any = true;
        }
      }
      scored.add(entry);
    }
    if (any) {
      lines.accept(
          new ScoredLine(
              origin.row(),
              labels.row(),
              key,
              origin.timestamp(),
              scored,
              surprises.of(key, scored)));
    }
  }

  private static ScoredTarget scored(
      TargetSpec target, PredictionRecord.Prediction prediction, double number, String label) {
    if (prediction instanceof PredictionRecord.OfNumber of) {
      return Double.isNaN(number)
          ? ScoredTarget.UNSETTLED
          : new ScoredTarget.OfNumber(
              number, of.value(), of.baseline(), of.model(), of.source(), of.spread());
    }
    PredictionRecord.OfClass symbol = (PredictionRecord.OfClass) prediction;
    return label == null
        ? ScoredTarget.UNSETTLED
        : new ScoredTarget.OfClass(
            label,
            symbol.value(),
            symbol.baseline(),
            symbol.model(),
            symbol.source(),
            probability(symbol, label, target.slots()),
            rank(symbol, probability(symbol, label, target.slots()), target.slots()),
            confidence(symbol),
            List.of());
  }

  /** What was given to the learner's class. */
  private static double confidence(PredictionRecord.OfClass symbol) {
    return symbol.model() == null
        ? Double.NaN
        : symbol.distribution().getOrDefault(symbol.model(), Double.NaN);
  }

  /** How many slots were given as much as the true class, its own counted. */
  private static int rank(PredictionRecord.OfClass symbol, double given, int slots) {
    int rank = 0;
    for (double probability : symbol.distribution().values()) {
      rank += probability >= given ? 1 : 0;
    }
    int free = slots - symbol.distribution().size();
    return free > 0 && symbol.unassigned() / free >= given ? rank + free : rank;
  }

  /** The probability that was given to the class, or to the slot that it was to get. */
  private static double probability(PredictionRecord.OfClass symbol, String label, int slots) {
    Map<String, Double> named = symbol.distribution();
    Double known = named.get(label);
    if (known != null) {
      return known;
    }
    if (named.size() < slots) {
      // The slots without a class have never been told apart, so each had the same share. Their sum
      // is exact: few equal numbers of single precision, in double precision.
      return symbol.unassigned() / (slots - named.size());
    }
    // no slot is left: the class shares the last one
    double last = Double.NaN;
    for (double probability : named.values()) {
      last = probability;
    }
    return last;
  }

  /** Labels that fell due without a value so far. */
  public long unlabelled() {
    return unlabelled;
  }
}
