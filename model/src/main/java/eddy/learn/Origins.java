package eddy.learn;

import eddy.feature.Event;
import eddy.gradient.RecurrentState;

/**
 * The origins of a key that wait for labels which come after no fixed count of events: keeps them,
 * finds them, and brings back the states that they stand at.
 *
 * <p>A snapshot is the state at the origin itself. A replay starts from the base, which stands
 * before the oldest origin that waits, or from the lane's cursor, which stands at the origin that
 * was last labelled out of turn; labels that come in turn move the base itself, one step an event.
 * Whatever is done depends on the key's events and labels alone. Holds scratch: one per thread.
 */
final class Origins {
  private final Member[] members;
  private final Targets targets;
  private final WaitingPlan plan;
  private final long millis;
  private final int lanes;

  /** Bit of the lane whose labels come by themselves; 0 where there is none. */
  private final int labelled;

  /** Fields that its labels have. */
  private final int fields;

  private final WaitingRing ring;
  private final float[] x;

  Origins(Member[] members, Targets targets, WaitingPlan plan, LabelDeadline deadline, Origin one) {
    this.members = members;
    this.targets = targets;
    this.plan = plan;
    millis = deadline.millis();
    lanes = targets.irregular;
    if (lanes >= Integer.SIZE) {
      throw new IllegalArgumentException(
          "at most 31 different horizons in time and @label fit together, but there are "
              + lanes
              + "; name fewer");
    }
    Lane lane = targets.lanes.get(0);
    labelled = lane.labelled() ? 1 << lane.waiting() : 0;
    fields = lane.labelled() ? lane.targets().length : 0;
    ring = new WaitingRing(members, targets.outputs, plan.snapshots(), one);
    x = new float[one.x.length];
  }

  /** Whether anything waits at all. */
  boolean none() {
    return lanes == 0;
  }

  /** What a key keeps before its first event. */
  Waiting newWaiting() {
    return new Waiting(lanes, fields);
  }

  /** Most bytes of what waits, beyond those of the states that a new key has. */
  long mostBytes() {
    return plan.events() * plan.originBytes();
  }

  WaitingCodec codec() {
    return ring.codec();
  }

  /** Makes room for so many events. Modifies only waiting. */
  void resize(Waiting waiting, int capacity) {
    ring.resize(waiting, capacity);
  }

  /**
   * Keeps the newest event, which waits if it has made predictions. Modifies only key and outcome.
   *
   * @param origin what was seen and said at it
   * @param id what labels call it
   */
  void push(
      Origin origin, long id, boolean predicted, KeyState key, Weights weights, Outcome outcome) {
    if (none()) {
      return;
    }
    Waiting waiting = key.waiting;
    long number = key.events;
    expire(number, origin.timestamp, waiting, outcome);
    release(key, weights);
    ring.ensureRoom(waiting, plan.events());
    waiting.next = number + 1;
    int slot = waiting.slot(number);
    ring.store(origin, waiting, slot);
    waiting.ids[slot] = id;
    waiting.open[slot] = predicted ? (1 << lanes) - 1 : 0;
    waiting.fates[slot] = Waiting.OPEN;
    waiting.starts[slot] = number == key.started;
    if (origin.timestamp < waiting.latest) {
      waiting.disordered = number;
    }
    waiting.latest = Math.max(waiting.latest, origin.timestamp);
    if (plan.snapshots() && predicted) {
      ring.save(key, slot);
    }
    if (!predicted) {
      release(key, weights);
    }
  }

  /** Gives up origins that have waited too long, and labels whose event has not come. */
  private void expire(long number, long time, Waiting waiting, Outcome outcome) {
    for (long n = waiting.first; n < waiting.next; n++) {
      int slot = waiting.slot(n);
      if (waiting.open[slot] == 0) {
        continue;
      }
      if (n > number - plan.events() && !tooLate(waiting.timestamps[slot], time)) {
        break;
      }
      expire(slot, waiting, outcome);
    }
    while (waiting.early > 0 && waiting.earlyNumbers[0] <= number - plan.events()) {
      waiting.removeEarly(0);
      outcome.unknown++;
    }
  }

  private void expire(int slot, Waiting waiting, Outcome outcome) {
    outcome.unlabelled += labels(waiting.open[slot]);
    outcome.expired++;
    if ((waiting.open[slot] & labelled) != 0) {
      waiting.fates[slot] = Waiting.EXPIRED;
    }
    waiting.open[slot] = 0;
  }

  /** Labels of the lanes that an event waits for. */
  private int labels(int open) {
    int labels = 0;
    for (int i = 0; i < lanes; i++) {
      if ((open & 1 << i) != 0) {
        labels += targets.lanes.get(i).targets().length;
      }
    }
    return labels;
  }

  /** Labels that are waited for. */
  int waiting(Waiting waiting) {
    int labels = 0;
    for (long n = waiting.first; n < waiting.next; n++) {
      labels += labels(waiting.open[waiting.slot(n)]);
    }
    return labels;
  }

  private boolean tooLate(long timestamp, long time) {
    return time > timestamp && time - timestamp > millis;
  }

  /** Lets go of the events before the oldest that waits. */
  private void release(KeyState key, Weights weights) {
    Waiting waiting = key.waiting;
    while (waiting.first < waiting.next && waiting.open[waiting.slot(waiting.first)] == 0) {
      int slot = waiting.slot(waiting.first);
      if (!plan.snapshots() && waiting.baseAt < waiting.first) {
        advance(key, weights, lanes, waiting.first);
        waiting.baseAt = waiting.first;
      }
      if (waiting.fates[slot] != Waiting.OPEN) {
        waiting.remember(waiting.ids[slot], waiting.fates[slot]);
      }
      waiting.first++;
    }
  }

  /** Brings a lane's cursor, or the base, from the event before to this one. */
  private void advance(KeyState key, Weights weights, int cursor, long number) {
    Waiting waiting = key.waiting;
    int slot = waiting.slot(number);
    float dt = ring.input(waiting, slot, x);
    for (int m = 0; m < members.length; m++) {
      RecurrentState[] states = key.members[m].waiting()[cursor];
      if (waiting.starts[slot]) {
        MemberState.reset(states);
      }
      members[m].advance(weights.members[m], states, x, dt);
    }
  }

  /**
   * Brings back an origin: what was seen and said, and the states there.
   *
   * @param lane number among the irregular ones
   * @return which of a member's waiting states stand at the origin; -1 for those of a snapshot
   */
  int reach(int lane, long number, KeyState key, Weights weights, Origin origin) {
    Waiting waiting = key.waiting;
    ring.recall(waiting, waiting.slot(number), origin);
    if (plan.snapshots()) {
      ring.load(waiting, waiting.slot(number));
      return -1;
    }
    if (number == waiting.first) {
      // nothing older waits, so that the base may move on
      if (waiting.baseAt < number) {
        advance(key, weights, lanes, number);
        waiting.baseAt = number;
      }
      return lanes;
    }
    if (waiting.cursorAt[lane] <= waiting.baseAt || waiting.cursorAt[lane] > number) {
      for (int m = 0; m < members.length; m++) {
        MemberState.copy(key.members[m].waiting()[lanes], key.members[m].waiting()[lane]);
      }
      waiting.cursorAt[lane] = waiting.baseAt;
    }
    while (waiting.cursorAt[lane] < number) {
      waiting.cursorAt[lane]++;
      advance(key, weights, lane, waiting.cursorAt[lane]);
    }
    return lane;
  }

  /** The states of a member that {@link #reach} speaks of. */
  RecurrentState[] states(int member, int reached, KeyState key) {
    return reached < 0 ? ring.loaded(member) : key.members[member].waiting()[reached];
  }

  /** Notes that a lane has its label. Modifies only key. */
  void close(int lane, long number, KeyState key, Weights weights) {
    Waiting waiting = key.waiting;
    int slot = waiting.slot(number);
    waiting.open[slot] &= ~(1 << lane);
    if (1 << lane == labelled) {
      waiting.fates[slot] = Waiting.SETTLED;
    }
    release(key, weights);
  }

  /**
   * The oldest origin from a number on whose time has come, for a lane by time.
   *
   * @return its number, -1 where there is none
   */
  long due(Lane lane, long from, long time, Waiting waiting) {
    int bit = 1 << lane.waiting();
    long oldest = Math.max(waiting.first, waiting.from[lane.waiting()]);
    while (oldest < waiting.next && (waiting.open[waiting.slot(oldest)] & bit) == 0) {
      oldest++;
    }
    waiting.from[lane.waiting()] = oldest;
    for (long n = Math.max(oldest, from); n < waiting.next; n++) {
      int slot = waiting.slot(n);
      if ((waiting.open[slot] & bit) == 0) {
        continue;
      }
      if (time - waiting.timestamps[slot] >= lane.millis()) {
        return n;
      }
      if (waiting.disordered <= n) {
        return -1;
      }
    }
    return -1;
  }

  /** Whether the origin waits for a label that comes by itself, and has for longer than it may. */
  boolean expireLate(long number, long time, KeyState key, Weights weights, Outcome outcome) {
    int slot = key.waiting.slot(number);
    if (!tooLate(key.waiting.timestamps[slot], time)) {
      return false;
    }
    expire(slot, key.waiting, outcome);
    release(key, weights);
    return true;
  }

  /** Gives up all origins that have waited for longer than they may; whether there were any. */
  boolean expireLate(long time, KeyState key, Weights weights, Outcome outcome) {
    int before = outcome.expired;
    expire(key.waiting.next - 1, time, key.waiting, outcome);
    release(key, weights);
    return outcome.expired > before;
  }

  /** Number of the oldest origin of this id that waits for a label of its own; -1 for none. */
  long find(long id, Waiting waiting) {
    for (long n = waiting.first; n < waiting.next; n++) {
      int slot = waiting.slot(n);
      if (waiting.ids[slot] == id && (waiting.open[slot] & labelled) != 0) {
        return n;
      }
    }
    return -1;
  }

  /** What became of an event that does not wait; {@link Waiting#OPEN} where it is not known. */
  byte fate(long id, Waiting waiting) {
    for (long n = waiting.next - 1; n >= waiting.first; n--) {
      int slot = waiting.slot(n);
      if (waiting.ids[slot] == id && waiting.fates[slot] != Waiting.OPEN) {
        return waiting.fates[slot];
      }
    }
    return waiting.remembered(id);
  }

  /**
   * Gives up what waits for events of a sequence that has ended; labels that come by themselves may
   * still come.
   *
   * @return labels that are given up
   */
  int endSequence(Waiting waiting) {
    int labels = 0;
    for (int i = 0; i < lanes; i++) {
      Lane lane = targets.lanes.get(i);
      for (long n = waiting.first; lane.timed() && n < waiting.next; n++) {
        int slot = waiting.slot(n);
        if ((waiting.open[slot] & 1 << i) != 0) {
          waiting.open[slot] &= ~(1 << i);
          labels += lane.targets().length;
        }
      }
    }
    return labels;
  }

  /** Takes all states of a member, those of origins too, back to the start. Modifies only key. */
  void reset(int member, KeyState key) {
    key.members[member].reset();
    ring.reset(member, key.waiting);
  }

  /**
   * Keeps a label until its event comes, in place of the oldest where there are too many. Modifies
   * only key and outcome.
   *
   * @return false where another one waits for the event
   */
  boolean hold(long id, Event label, KeyState key, Outcome outcome) {
    Waiting waiting = key.waiting;
    if (waiting.earlyFor(id) >= 0) {
      return false;
    }
    if (waiting.early == Waiting.EARLY) {
      waiting.removeEarly(0);
      outcome.unknown++;
    }
    int at = waiting.early;
    waiting.earlyIds[at] = id;
    waiting.earlyPositions[at] = label.position;
    waiting.earlyNumbers[at] = key.events;
    int[] labels = targets.lanes.get(0).targets();
    for (int i = 0; i < fields; i++) {
      int field = targets.field[labels[i]];
      waiting.earlyValues[at * fields + i] = label.numbers[field];
      waiting.earlyTexts[at * fields + i] = label.categories[field];
    }
    waiting.early++;
    return true;
  }

  /** Brings back a label that has waited for its event, and forgets it. */
  void takeEarly(int at, Waiting waiting, Event label) {
    label.position = waiting.earlyPositions[at];
    int[] labels = targets.lanes.get(0).targets();
    for (int i = 0; i < fields; i++) {
      int field = targets.field[labels[i]];
      label.numbers[field] = waiting.earlyValues[at * fields + i];
      label.categories[field] = waiting.earlyTexts[at * fields + i];
    }
    waiting.removeEarly(at);
  }
}
