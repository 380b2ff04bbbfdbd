package eddy.learn;

import java.util.Arrays;

/**
 * What a key keeps of its newest events while one of them waits for a label that comes after no
 * fixed count of events: a ring of all events from the oldest that waits on.
 *
 * <p>It grows with what really waits. Events are named by their number in the key.
 */
final class Waiting {
  /** Labels that wait for their event, at most. */
  static final int EARLY = 16;

  /** Events that have left the ring and are still known by their id. */
  static final int REMEMBERED = 64;

  /** No label of its own has come to the event. */
  static final byte OPEN = 0;

  static final byte SETTLED = 1;
  static final byte EXPIRED = 2;

  /** Numbers of the oldest event of the ring, and of the next event of the key. */
  long first;

  long next;

  /** Events that there is room for; their arrays grow together. */
  int capacity;

  /**
   * Encoded inputs and dt [I + R + 1], active rows [A], outputs [members + 1][O], head data [D].
   */
  float[] inputs = {};

  int[] rows = {};
  float[] outputs = {};
  double[] heads = {};

  /** States and traces of all members at the event, where snapshots are taken. */
  float[] snapshots = {};

  long[] marks = {};
  long[] positions = {};
  long[] timestamps = {};
  long[] ids = {};

  /** By event: a bit for each lane that it waits for. */
  int[] open = {};

  /** By event: what became of the label that comes by itself. */
  byte[] fates = {};

  /** By event: whether it began a sequence. */
  boolean[] starts = {};

  /** Number of the event that the base stands after, -1 before the first. */
  long baseAt = -1;

  /** By lane: number of the event that its cursor stands after. */
  final long[] cursorAt;

  /** By lane: a number before which no event waits for it. Not stored, since it only saves time. */
  final long[] from;

  /** Greatest timestamp so far, and number of the newest event that came with a smaller one. */
  long latest = Long.MIN_VALUE;

  long disordered = -1;

  /** Rings of events that have left. */
  final long[] closedIds;

  final byte[] closedFates;
  long closed;

  /** Labels that wait for their event, oldest first. */
  int early;

  final long[] earlyIds;
  final long[] earlyPositions;
  final long[] earlyNumbers;
  final double[] earlyValues;
  final String[] earlyTexts;

  /**
   * Room for what waits.
   *
   * @param lanes whose labels come after no fixed count of events
   * @param fields of labels that come by themselves
   */
  Waiting(int lanes, int fields) {
    cursorAt = new long[lanes];
    Arrays.fill(cursorAt, -1);
    from = new long[lanes];
    int remembered = fields == 0 ? 0 : REMEMBERED;
    int kept = fields == 0 ? 0 : EARLY;
    closedIds = new long[remembered];
    closedFates = new byte[remembered];
    earlyIds = new long[kept];
    earlyPositions = new long[kept];
    earlyNumbers = new long[kept];
    earlyValues = new double[kept * fields];
    earlyTexts = new String[kept * fields];
  }

  /** Where an event stands in the ring. */
  int slot(long number) {
    return (int) (number % capacity);
  }

  /** Heap of the arrays that grow with the ring. */
  long heapBytes() {
    long floats = (long) inputs.length + outputs.length + snapshots.length + rows.length;
    long doubles = (long) heads.length + marks.length;
    long each = 3L * Long.BYTES + Integer.BYTES + 2;
    return floats * Float.BYTES + doubles * Double.BYTES + capacity * each;
  }

  /** Events in the ring. */
  int size() {
    return (int) (next - first);
  }

  /** Keeps the id and the fate of an event that leaves. */
  void remember(long id, byte fate) {
    if (closedIds.length > 0) {
      int at = (int) (closed % closedIds.length);
      closedIds[at] = id;
      closedFates[at] = fate;
      closed++;
    }
  }

  /** What became of an event that has left, the newest of that id; {@link #OPEN} where unknown. */
  byte remembered(long id) {
    for (long i = closed - 1; i >= 0 && i >= closed - closedIds.length; i--) {
      int at = (int) (i % closedIds.length);
      if (closedIds[at] == id) {
        return closedFates[at];
      }
    }
    return OPEN;
  }

  /** Number among the labels that wait for their event of that for an id; -1 for none. */
  int earlyFor(long id) {
    for (int i = 0; i < early; i++) {
      if (earlyIds[i] == id) {
        return i;
      }
    }
    return -1;
  }

  /** Forgets a label that waits for its event. */
  void removeEarly(int at) {
    int fields = earlyValues.length / EARLY;
    early--;
    int count = early - at;
    System.arraycopy(earlyIds, at + 1, earlyIds, at, count);
    System.arraycopy(earlyPositions, at + 1, earlyPositions, at, count);
    System.arraycopy(earlyNumbers, at + 1, earlyNumbers, at, count);
    int to = at * fields;
    System.arraycopy(earlyValues, to + fields, earlyValues, to, count * fields);
    System.arraycopy(earlyTexts, to + fields, earlyTexts, to, count * fields);
    Arrays.fill(earlyTexts, early * fields, (early + 1) * fields, null);
  }
}
