package eddy.learn;

/**
 * The stored form of {@link Waiting}: only the events of the ring, and of those that wait for no
 * label any more only what a replay needs.
 *
 * @param inputs numbers of an event's inputs and dt
 * @param snapshot numbers of its snapshot, 0 where there are none
 */
record WaitingCodec(
    int inputs, int rows, int outputs, int heads, int snapshot, int marks, boolean replays) {

  void write(Waiting waiting, StateWriter out) {
    out.number(waiting.first).number(waiting.next).number(waiting.baseAt);
    out.number(waiting.latest).number(waiting.disordered);
    out.longs(waiting.cursorAt);
    for (long n = waiting.first; n < waiting.next; n++) {
      int slot = waiting.slot(n);
      int fate = waiting.fates[slot] << 1;
      out.number(waiting.ids[slot]).number((waiting.starts[slot] ? 1 : 0) + fate);
      out.number(waiting.open[slot]);
      if (replays || waiting.open[slot] != 0) {
        out.floats(waiting.inputs, slot * inputs, inputs);
      }
      if (waiting.open[slot] != 0) {
        out.ints(waiting.rows, slot * rows, rows);
        out.floats(waiting.outputs, slot * outputs, outputs);
        out.doubles(waiting.heads, slot * heads, heads);
        out.floats(waiting.snapshots, slot * snapshot, snapshot);
        out.longs(waiting.marks, slot * marks, marks);
        out.number(waiting.positions[slot]).number(waiting.timestamps[slot]);
      }
    }
    out.number(waiting.closed);
    int closed = (int) Math.min(waiting.closed, waiting.closedIds.length);
    for (int i = 0; i < closed; i++) {
      out.number(waiting.closedIds[i]).number(waiting.closedFates[i]);
    }
    out.number(waiting.early);
    int fields = waiting.earlyValues.length / Waiting.EARLY;
    for (int i = 0; i < waiting.early; i++) {
      out.number(waiting.earlyIds[i]).number(waiting.earlyPositions[i]);
      out.number(waiting.earlyNumbers[i]);
      for (int at = i * fields; at < (i + 1) * fields; at++) {
        out.number(Double.doubleToRawLongBits(waiting.earlyValues[at]));
        out.text(waiting.earlyTexts[at]);
      }
    }
  }

  void read(StateReader in, Waiting waiting, Origins origins) {
    waiting.first = in.between("the first event that waits", 0, Long.MAX_VALUE - in.left());
    waiting.next = waiting.first;
    // each has an id, flags and lanes: no room is made for more than can follow
    long most = waiting.first + in.left() / (3 * Long.BYTES);
    long next = in.between("the event after the last that waits", waiting.first, most);
    waiting.baseAt = in.number();
    waiting.latest = in.number();
    waiting.disordered = in.number();
    in.longs("cursors", waiting.cursorAt);
    origins.resize(waiting, (int) (next - waiting.first));
    waiting.next = next;
    for (long n = waiting.first; n < next; n++) {
      int slot = waiting.slot(n);
      waiting.ids[slot] = in.number();
      int flags = (int) in.number();
      waiting.starts[slot] = (flags & 1) != 0;
      waiting.fates[slot] = (byte) (flags >> 1);
      waiting.open[slot] = (int) in.number();
      if (replays || waiting.open[slot] != 0) {
        in.floats(waiting.inputs, slot * inputs, inputs);
      }
      if (waiting.open[slot] != 0) {
        in.ints(waiting.rows, slot * rows, rows);
        in.floats(waiting.outputs, slot * outputs, outputs);
        in.doubles(waiting.heads, slot * heads, heads);
        in.floats(waiting.snapshots, slot * snapshot, snapshot);
        in.longs(waiting.marks, slot * marks, marks);
        waiting.positions[slot] = in.number();
        waiting.timestamps[slot] = in.number();
      }
    }
    waiting.closed =
        in.between("events that have left", 0, waiting.closedIds.length == 0 ? 0 : Long.MAX_VALUE);
    int closed = (int) Math.min(waiting.closed, waiting.closedIds.length);
    for (int i = 0; i < closed; i++) {
      waiting.closedIds[i] = in.number();
      waiting.closedFates[i] = (byte) in.number();
    }
    waiting.early = (int) in.between("early labels", 0, waiting.earlyIds.length);
    int fields = waiting.earlyValues.length / Waiting.EARLY;
    for (int i = 0; i < waiting.early; i++) {
      waiting.earlyIds[i] = in.number();
      waiting.earlyPositions[i] = in.number();
      waiting.earlyNumbers[i] = in.number();
      for (int at = i * fields; at < (i + 1) * fields; at++) {
        waiting.earlyValues[at] = Double.longBitsToDouble(in.number());
        waiting.earlyTexts[at] = in.text();
      }
    }
  }
}
