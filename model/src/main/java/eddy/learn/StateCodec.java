package eddy.learn;

import eddy.feature.Dictionary;
import eddy.feature.FeatureStatistics;
import eddy.gradient.RecurrentState;
import eddy.readout.ReadoutWeights;
import eddy.readout.SparseRows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The stored form of weights and key states: format 1. */
final class StateCodec {
  private static final int WEIGHTS = 0xEDD1_0001;
  private static final int KEY = 0xEDD2_0001;

  private static final int HEAD = 0xEDD4_0001;

  private final long fingerprint;
  private final KeyParts parts;
  private final Origins origins;

  StateCodec(long fingerprint, KeyParts parts, Origins origins) {
    this.fingerprint = fingerprint;
    this.parts = parts;
    this.origins = origins;
  }

  /** The same for state of another fingerprint. */
  StateCodec of(long other) {
    return new StateCodec(other, parts, origins);
  }

  byte[] encode(Weights weights) {
    StateWriter out = new StateWriter(WEIGHTS, fingerprint);
    out.number(weights.updates).number(weights.skipped);
    write(weights.contributions, out);
    for (MemberWeights member : weights.members) {
      write(member, out);
    }
    for (MemberWeights member : weights.base) {
      write(member, out);
    }
    out.doubles(weights.gaps);
    write(weights.features, out);
    for (int t = 0; t < weights.heads.length; t++) {
      out.doubles(weights.heads[t]).doubles(weights.mixture[t]).doubles(weights.gates[t]);
      write(weights.classes[t], out);
    }
    return out.toBytes();
  }

  /**
   * Reads weights into fresh ones.
   *
   * @param fresh weights of this spec; returned with their contents replaced
   */
  Weights decode(byte[] bytes, Weights fresh, Member[] members) {
    StateReader in = new StateReader("weights", bytes, WEIGHTS, fingerprint);
    fresh.updates = in.number();
    fresh.skipped = in.number();
    read(in, fresh.contributions);
    for (int m = 0; m < members.length; m++) {
      read(in, fresh.members[m]);
      members[m].network().refresh(fresh.members[m].cells());
    }
    for (MemberWeights member : fresh.base) {
      read(in, member);
    }
    in.doubles("gaps between events", fresh.gaps);
    read(in, fresh.features);
    for (int t = 0; t < fresh.heads.length; t++) {
      in.doubles("target statistics", fresh.heads[t]);
      in.doubles("scores of members", fresh.mixture[t]);
      in.doubles("scores of model and baseline", fresh.gates[t]);
      fresh.classes[t] = read(in, fresh.classes[t]);
    }
    in.end();
    return fresh;
  }

  private static void write(Contributions contributions, StateWriter out) {
    out.number(contributions.own).number(contributions.unpublished);
    out.length(contributions.foreign.size());
    contributions.foreign.forEach((partition, updates) -> out.length(partition).number(updates));
  }

  private static void read(StateReader in, Contributions contributions) {
    contributions.own = in.number();
    contributions.unpublished = in.number();
    int count = in.count("partitions", Integer.MAX_VALUE);
    for (int i = 0; i < count; i++) {
      int partition = in.count("as the number of a partition", Integer.MAX_VALUE);
      contributions.foreign.put(partition, in.number());
    }
  }

  private static void write(MemberWeights member, StateWriter out) {
    for (int g = 0; g < member.cells().length; g++) {
      out.floats(member.cells()[g].values).floats(member.cellSlots()[g]);
    }
    out.doubles(member.clip());
    for (ReadoutWeights readout : member.readouts()) {
      out.floats(readout.values).floats(readout.slots).doubles(readout.memory);
      write(readout.rows, out);
    }
  }

  /** Rows that have moved, in the order in which they did first; all others are zero. */
  private static void write(SparseRows rows, StateWriter out) {
    out.length(rows.count());
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.row(i);
      out.length(row).floats(rows.values(row)).floats(rows.slots(row));
    }
  }

  private static void read(StateReader in, MemberWeights member) {
    for (int g = 0; g < member.cells().length; g++) {
      in.floats("cell weights", member.cells()[g].values);
      in.floats("optimiser memory", member.cellSlots()[g]);
    }
    in.doubles("gradient sizes", member.clip());
    for (ReadoutWeights readout : member.readouts()) {
      in.floats("readout weights", readout.values);
      in.floats("optimiser memory", readout.slots);
      in.doubles("second-order memory", readout.memory);
      read(in, readout.rows);
    }
  }

  private static void read(StateReader in, SparseRows rows) {
    int count = in.count("rows", rows.rows());
    for (int i = 0; i < count; i++) {
      int row = in.count("as the number of a row", rows.rows() - 1);
      rows.add(row);
      in.floats("a row", rows.values(row));
      in.floats("optimiser memory of a row", rows.slots(row));
    }
  }

  private static void write(FeatureStatistics statistics, StateWriter out) {
    out.doubles(statistics.values);
    for (Dictionary dictionary : statistics.dictionaries) {
      write(dictionary, out);
    }
  }

  private static void read(StateReader in, FeatureStatistics statistics) {
    in.doubles("feature statistics", statistics.values);
    for (int i = 0; i < statistics.dictionaries.length; i++) {
      statistics.dictionaries[i] = read(in, statistics.dictionaries[i]);
    }
  }

  private static void write(Dictionary dictionary, StateWriter out) {
    int assigned = dictionary == null ? 0 : dictionary.assigned();
    out.length(assigned);
    for (int slot = 0; slot < assigned; slot++) {
      out.text(dictionary.text(slot));
    }
  }

  private static Dictionary read(StateReader in, Dictionary fresh) {
    int slots = fresh == null ? 0 : fresh.slots();
    String[] texts = new String[in.count("classes", slots)];
    for (int slot = 0; slot < texts.length; slot++) {
      texts[slot] = in.text();
    }
    try {
      return fresh == null ? null : Dictionary.of(slots, texts);
    } catch (IllegalArgumentException e) {
      throw new IncompatibleStateException("classes: " + e.getMessage());
    }
  }

  /** All of a key's state. */
  byte[] encode(KeyState key) {
    StateWriter out = new StateWriter(KEY, fingerprint);
    write(key, out);
    parts.encode(key, out);
    return out.toBytes();
  }

  /** The state without the parts of traces that are stored apart. */
  byte[] encodeHead(KeyState key) {
    StateWriter out = new StateWriter(HEAD, fingerprint);
    write(key, out);
    return out.toBytes();
  }

  /**
   * Reads a key's state into a fresh one.
   *
   * @param fresh state of this spec; returned with its contents replaced
   */
  KeyState decode(byte[] bytes, KeyState fresh) {
    StateReader in = new StateReader("key state", bytes, KEY, fingerprint);
    read(in, fresh);
    parts.decode(in, fresh);
    in.end();
    return fresh;
  }

  /** When something was last heard of a key; reads no more of its head than that. */
  static long touched(ByteBuffer head) {
    return head.order(ByteOrder.LITTLE_ENDIAN).getLong(head.position() + StateReader.HEADER);
  }

  /** Reads a head into a fresh state, whose parts are still to be read. */
  KeyState decodeHead(byte[] bytes, KeyState fresh) {
    StateReader in = new StateReader("key state", bytes, HEAD, fingerprint);
    read(in, fresh);
    in.end();
    return fresh;
  }

  private void write(KeyState key, StateWriter out) {
    out.number(key.touched);
    out.number(key.events).number(key.started).number(key.timestamp);
    write(key.recurrent, out);
    out.doubles(key.features);
    out.doubles(key.last).doubles(key.references);
    out.floats(key.pendingInputs)
        .ints(key.pendingRows)
        .floats(key.pendingOutputs)
        .doubles(key.pendingHeads);
    out.longs(key.pendingPositions).longs(key.pendingTimestamps);
    write(key.passed, out);
    out.longs(key.ids);
    if (!origins.none()) {
      origins.codec().write(key.waiting, out);
    }
  }

  private void read(StateReader in, KeyState fresh) {
    fresh.touched = in.number();
    fresh.events = in.number();
    fresh.started = in.number();
    fresh.timestamp = in.number();
    read(in, fresh.recurrent);
    fresh.tracesLost = parts.lost(fresh);
    in.doubles("feature memory", fresh.features);
    in.doubles("last values", fresh.last);
    in.doubles("references", fresh.references);
    in.floats("pending inputs", fresh.pendingInputs);
    in.ints("pending rows", fresh.pendingRows);
    in.floats("pending outputs", fresh.pendingOutputs);
    in.doubles("pending predictions", fresh.pendingHeads);
    in.longs("pending positions", fresh.pendingPositions);
    in.longs("pending timestamps", fresh.pendingTimestamps);
    read(in, fresh.passed);
    in.longs("ids of events", fresh.ids);
    if (!origins.none()) {
      origins.codec().read(in, fresh.waiting, origins);
    }
  }

  private void write(RecurrentState[] states, StateWriter out) {
    for (RecurrentState state : states) {
      out.number(state.steps).number(state.foldedRows);
      out.number(state.carriedFrom).number(state.dropped);
      out.floats(state.state);
      if (parts.inHead(state)) {
        out.floats(state.trace);
      }
    }
  }

  private void read(StateReader in, RecurrentState[] states) {
    for (RecurrentState state : states) {
      state.steps = in.number();
      state.foldedRows = (int) in.number();
      state.carriedFrom = in.number();
      state.dropped = in.number();
      in.floats("state", state.state);
      if (parts.inHead(state)) {
        in.floats("trace", state.trace);
      }
    }
  }

  private static void write(Passed passed, StateWriter out) {
    out.floats(passed.inputs).ints(passed.rows).doubles(passed.numbers);
    for (String text : passed.texts) {
      out.text(text);
    }
    out.longs(passed.positions).longs(passed.timestamps);
  }

  private static void read(StateReader in, Passed passed) {
    in.floats("inputs of events to be labelled", passed.inputs);
    in.ints("rows of events to be labelled", passed.rows);
    in.doubles("labels of events to be labelled", passed.numbers);
    for (int i = 0; i < passed.texts.length; i++) {
      passed.texts[i] = in.text();
    }
    in.longs("positions of events to be labelled", passed.positions);
    in.longs("timestamps of events to be labelled", passed.timestamps);
  }
}
