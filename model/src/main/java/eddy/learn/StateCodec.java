package eddy.learn;

import eddy.cell.CellWeights;
import eddy.feature.Dictionary;
import eddy.feature.FeatureStatistics;
import eddy.gradient.RecurrentState;

/** The stored form of weights and key states: format 1. */
final class StateCodec {
  private static final int WEIGHTS = 0xEDD1_0001;
  private static final int KEY = 0xEDD2_0001;

  private final long fingerprint;

  StateCodec(long fingerprint) {
    this.fingerprint = fingerprint;
  }

  byte[] encode(Weights weights) {
    StateWriter out = new StateWriter(WEIGHTS, fingerprint);
    out.number(weights.updates).number(weights.skipped);
    for (int g = 0; g < weights.cells.length; g++) {
      out.floats(weights.cells[g].values).floats(weights.cellSlots[g]);
    }
    out.floats(weights.readout).floats(weights.readoutSlots).doubles(weights.clip);
    write(weights.features, out);
    for (int t = 0; t < weights.heads.length; t++) {
      out.doubles(weights.heads[t]);
      write(weights.classes[t], out);
    }
    return out.toBytes();
  }

  /**
   * Reads weights into fresh ones.
   *
   * @param fresh weights of this spec; returned with their contents replaced
   */
  Weights decode(byte[] bytes, Weights fresh, OnlineLearner learner) {
    StateReader in = new StateReader("weights", bytes, WEIGHTS, fingerprint);
    fresh.updates = in.number();
    fresh.skipped = in.number();
    for (int g = 0; g < fresh.cells.length; g++) {
      CellWeights cells = fresh.cells[g];
      in.floats("cell weights", cells.values);
      in.floats("optimiser memory", fresh.cellSlots[g]);
    }
    learner.layer().refresh(fresh.cells);
    in.floats("readout weights", fresh.readout);
    in.floats("optimiser memory", fresh.readoutSlots);
    in.doubles("gradient sizes", fresh.clip);
    read(in, fresh.features);
    for (int t = 0; t < fresh.heads.length; t++) {
      in.doubles("target statistics", fresh.heads[t]);
      fresh.classes[t] = read(in, fresh.classes[t]);
    }
    in.end();
    return fresh;
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
    return fresh == null ? null : Dictionary.of(slots, texts);
  }

  byte[] encode(KeyState key) {
    StateWriter out = new StateWriter(KEY, fingerprint);
    out.number(key.events);
    write(key.leading, out);
    for (RecurrentState[] lane : key.lanes) {
      if (lane != key.leading) {
        write(lane, out);
      }
    }
    out.doubles(key.features);
    out.doubles(key.last).doubles(key.references);
    out.floats(key.pendingInputs).floats(key.pendingOutputs).doubles(key.pendingHeads);
    out.longs(key.pendingPositions).longs(key.pendingTimestamps);
    return out.toBytes();
  }

  /**
   * Reads a key's state into a fresh one.
   *
   * @param fresh state of this spec; returned with its contents replaced
   */
  KeyState decode(byte[] bytes, KeyState fresh) {
    StateReader in = new StateReader("key state", bytes, KEY, fingerprint);
    fresh.events = in.number();
    read(in, fresh.leading);
    for (RecurrentState[] lane : fresh.lanes) {
      if (lane != fresh.leading) {
        read(in, lane);
      }
    }
    in.doubles("feature memory", fresh.features);
    in.doubles("last values", fresh.last);
    in.doubles("references", fresh.references);
    in.floats("pending inputs", fresh.pendingInputs);
    in.floats("pending outputs", fresh.pendingOutputs);
    in.doubles("pending predictions", fresh.pendingHeads);
    in.longs("pending positions", fresh.pendingPositions);
    in.longs("pending timestamps", fresh.pendingTimestamps);
    in.end();
    return fresh;
  }

  private static void write(RecurrentState[] states, StateWriter out) {
    for (RecurrentState state : states) {
      out.number(state.steps).floats(state.state).floats(state.trace);
    }
  }

  private static void read(StateReader in, RecurrentState[] states) {
    for (RecurrentState state : states) {
      state.steps = in.number();
      in.floats("state", state.state);
      in.floats("trace", state.trace);
    }
  }
}
