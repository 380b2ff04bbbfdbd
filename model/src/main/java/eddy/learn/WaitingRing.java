package eddy.learn;

import eddy.gradient.RecurrentState;
import java.lang.reflect.Array;
import java.util.Arrays;

/**
 * What lies in the arrays of {@link Waiting} for each event: what was seen and said at it, and
 * where snapshots are taken the states of all members. Holds scratch: one per thread.
 */
final class WaitingRing {
  private static final int MARKS = 4;

  private final int inputs;
  private final int rows;
  private final int outputs;
  private final int heads;
  private final boolean snapshots;

  /** By member: a state to bring snapshots back into. */
  private final RecurrentState[][] loaded;

  private final int snapshotLength;
  private final int parts;

  /**
   * The shape of a ring.
   *
   * @param outputs of one member
   * @param one an origin of the learner, for its lengths
   */
  WaitingRing(Member[] members, int outputs, boolean snapshots, Origin one) {
    this.outputs = outputs;
    this.snapshots = snapshots;
    inputs = one.x.length + 1;
    rows = one.active.length;
    heads = one.heads.length;
    loaded = new RecurrentState[members.length][];
    int floats = 0;
    int states = 0;
    for (int m = 0; m < members.length; m++) {
      loaded[m] = snapshots ? members[m].newOrigin() : new RecurrentState[0];
      floats += length(loaded[m]);
      states += loaded[m].length;
    }
    snapshotLength = floats;
    parts = states;
  }

  private static int length(RecurrentState[] states) {
    int length = 0;
    for (RecurrentState state : states) {
      length += state.state.length + state.trace.length;
    }
    return length;
  }

  /** How it is stored. */
  WaitingCodec codec() {
    int all = (loaded.length + 1) * outputs;
    return new WaitingCodec(inputs, rows, all, heads, snapshotLength, parts * MARKS, !snapshots);
  }

  /** States of a member that {@link #load} has brought back. */
  RecurrentState[] loaded(int member) {
    return loaded[member];
  }

  /** Makes room for one more event, of so many at most. Modifies only waiting. */
  void ensureRoom(Waiting waiting, int most) {
    if (waiting.size() >= waiting.capacity) {
      resize(waiting, Math.min(most, Math.max(4, 2 * waiting.capacity)));
    }
  }

  /** Makes room for so many events. Modifies only waiting. */
  void resize(Waiting waiting, int capacity) {
    int before = waiting.capacity;
    long first = waiting.first;
    long next = waiting.next;
    int all = (loaded.length + 1) * outputs;
    waiting.inputs = moved(waiting.inputs, inputs, before, capacity, first, next);
    waiting.rows = moved(waiting.rows, rows, before, capacity, first, next);
    waiting.outputs = moved(waiting.outputs, all, before, capacity, first, next);
    waiting.heads = moved(waiting.heads, heads, before, capacity, first, next);
    waiting.snapshots = moved(waiting.snapshots, snapshotLength, before, capacity, first, next);
    waiting.marks = moved(waiting.marks, parts * MARKS, before, capacity, first, next);
    waiting.positions = moved(waiting.positions, 1, before, capacity, first, next);
    waiting.timestamps = moved(waiting.timestamps, 1, before, capacity, first, next);
    waiting.ids = moved(waiting.ids, 1, before, capacity, first, next);
    waiting.open = moved(waiting.open, 1, before, capacity, first, next);
    waiting.fates = moved(waiting.fates, 1, before, capacity, first, next);
    waiting.starts = moved(waiting.starts, 1, before, capacity, first, next);
    waiting.capacity = capacity;
  }

  /** A ring of another capacity with the same events. */
  @SuppressWarnings("unchecked")
  private static <T> T moved(T ring, int width, int before, int capacity, long first, long next) {
    Object result = Array.newInstance(ring.getClass().getComponentType(), capacity * width);
    for (long n = first; n < next; n++) {
      int from = (int) (n % before) * width;
      System.arraycopy(ring, from, result, (int) (n % capacity) * width, width);
    }
    return (T) result;
  }

  /** Keeps what was seen and said at an origin. Modifies only waiting. */
  void store(Origin origin, Waiting waiting, int slot) {
    int input = slot * inputs;
    System.arraycopy(origin.x, 0, waiting.inputs, input, origin.x.length);
    waiting.inputs[input + origin.x.length] = origin.dt;
    System.arraycopy(origin.active, 0, waiting.rows, slot * rows, rows);
    for (int m = 0; m < origin.z.length; m++) {
      int at = (slot * origin.z.length + m) * outputs;
      System.arraycopy(origin.z[m], 0, waiting.outputs, at, outputs);
    }
    System.arraycopy(origin.heads, 0, waiting.heads, slot * heads, heads);
    waiting.positions[slot] = origin.position;
    waiting.timestamps[slot] = origin.timestamp;
  }

  /** Brings back what was seen and said at an origin. Modifies only origin. */
  void recall(Waiting waiting, int slot, Origin origin) {
    origin.dt = input(waiting, slot, origin.x);
    System.arraycopy(waiting.rows, slot * rows, origin.active, 0, rows);
    for (int m = 0; m < origin.z.length; m++) {
      int at = (slot * origin.z.length + m) * outputs;
      System.arraycopy(waiting.outputs, at, origin.z[m], 0, outputs);
    }
    System.arraycopy(waiting.heads, slot * heads, origin.heads, 0, heads);
    origin.position = waiting.positions[slot];
    origin.timestamp = waiting.timestamps[slot];
  }

  /** Brings back what an event has shown, and returns its dt. Modifies only x. */
  float input(Waiting waiting, int slot, float[] x) {
    System.arraycopy(waiting.inputs, slot * inputs, x, 0, x.length);
    return waiting.inputs[slot * inputs + x.length];
  }

  /** Keeps the states of all members as they are now. Modifies only what the key waits with. */
  void save(KeyState key, int slot) {
    Waiting waiting = key.waiting;
    int at = slot * snapshotLength;
    int mark = slot * parts * MARKS;
    for (MemberState member : key.members) {
      for (RecurrentState state : member.leading()) {
        System.arraycopy(state.state, 0, waiting.snapshots, at, state.state.length);
        at += state.state.length;
        System.arraycopy(state.trace, 0, waiting.snapshots, at, state.trace.length);
        at += state.trace.length;
        waiting.marks[mark] = state.steps;
        waiting.marks[mark + 1] = state.foldedRows;
        waiting.marks[mark + 2] = state.carriedFrom;
        waiting.marks[mark + 3] = state.dropped;
        mark += MARKS;
      }
    }
  }

  /** Brings the states of all members into {@link #loaded}. */
  void load(Waiting waiting, int slot) {
    int at = slot * snapshotLength;
    int mark = slot * parts * MARKS;
    for (RecurrentState[] states : loaded) {
      for (RecurrentState state : states) {
        System.arraycopy(waiting.snapshots, at, state.state, 0, state.state.length);
        at += state.state.length;
        System.arraycopy(waiting.snapshots, at, state.trace, 0, state.trace.length);
        at += state.trace.length;
        state.steps = waiting.marks[mark];
        state.foldedRows = (int) waiting.marks[mark + 1];
        state.carriedFrom = waiting.marks[mark + 2];
        state.dropped = waiting.marks[mark + 3];
        mark += MARKS;
      }
    }
  }

  /** Takes a member's states back to the start in all snapshots. Modifies only waiting. */
  void reset(int member, Waiting waiting) {
    int at = 0;
    int mark = 0;
    for (int m = 0; m < member; m++) {
      at += length(loaded[m]);
      mark += loaded[m].length * MARKS;
    }
    int length = length(loaded[member]);
    int marks = loaded[member].length * MARKS;
    for (int slot = 0; length > 0 && slot < waiting.capacity; slot++) {
      int from = slot * snapshotLength + at;
      Arrays.fill(waiting.snapshots, from, from + length, 0f);
      int fromMark = slot * parts * MARKS + mark;
      Arrays.fill(waiting.marks, fromMark, fromMark + marks, 0);
    }
  }
}
