package eddy.learn;

import eddy.feature.Event;
import eddy.feature.Field;
import eddy.feature.FieldKind;
import eddy.math.RandomStream;

/**
 * A learner run on made-up events, state and weights that are thrown away: what its code costs, and
 * that it is compiled before it is needed.
 *
 * <p>Numbers are a seeded random walk, classes come from thirteen names, an event a minute, and
 * where sequences end, one event in eight ends one. Labels that come by themselves come three
 * events late. One per thread.
 */
public final class Rehearsal {
  private static final int EVENTS = 256;
  private static final int CLASSES = 13;
  private static final int LABEL_LAG = 3;
  private static final long MINUTE = 60_000;

  private final Prequential learner;
  private final Event[] events = new Event[EVENTS];
  private final KeyState key;
  private final Weights weights;
  private long position;

  /** A rehearsal over one key; the learner's own state is never touched. */
  public Rehearsal(Prequential learner) {
    this.learner = learner;
    key = learner.newKeyState();
    weights = learner.newWeights();
    RandomStream random = new RandomStream(1);
    double[] walk = new double[learner.schema().size()];
    for (int i = 0; i < EVENTS; i++) {
      events[i] = new Event(learner.schema());
      for (Field field : learner.schema().fields()) {
        int index = learner.schema().index(field.path(), field.kind());
        walk[index] = 0.9 * walk[index] + random.uniform(-1, 1);
        fill(events[i], index, field.kind(), walk[index], random);
      }
    }
  }

  private static void fill(
      Event event, int index, FieldKind kind, double value, RandomStream random) {
    if (kind == FieldKind.CATEGORY) {
      event.categories[index] = "class " + (int) (CLASSES * random.nextDouble());
    } else if (kind == FieldKind.TRUTH) {
      event.numbers[index] = random.nextDouble() < 0.125 ? 1 : 0;
    } else {
      event.numbers[index] = value;
    }
  }

  /** Observes the next events, over and over the same ones with the time going on. */
  public void run(int count) {
    for (int i = 0; i < count; i++) {
      Event event = events[(int) (position % EVENTS)];
      event.position = position;
      event.timestamp = position * MINUTE;
      for (int field = 0; field < event.numbers.length; field++) {
        if (learner.schema().field(field).kind() == FieldKind.TIME) {
          event.numbers[field] = event.timestamp;
        }
      }
      learner.observe(event, key, weights);
      if (learner.takesLabels()) {
        Event labelled = events[(int) (Math.max(0, position - LABEL_LAG) % EVENTS)];
        learner.label(learner.eventId(labelled), event, event.timestamp, key, weights);
      }
      position++;
    }
  }

  /**
   * Bytes of the key's state that an event changes, encoded, on average over the next events: what
   * is written where each is stored by itself.
   */
  public long storedBytes(int count) {
    KeyParts parts = learner.parts();
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      run(1);
      bytes += learner.encodeHead(key).length;
      for (int part = 0; part < parts.count(); part++) {
        if (parts.needed(key, part) && parts.changed(key, part)) {
          bytes += parts.encode(key, part).length;
          parts.setChanged(key, part, false);
        }
      }
    }
    return bytes / count;
  }

  /** Updates that were made. */
  public long updates() {
    return weights.updates();
  }

  /** Updates that were not usable. */
  public long skipped() {
    return weights.skipped();
  }
}
