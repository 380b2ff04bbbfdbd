package eddy.learn;

import eddy.gradient.RecurrentState;
import java.util.function.BiConsumer;

/**
 * The stored form of a key's state in parts: a head that changes at every event, and parts of
 * traces, of which an event changes few.
 *
 * <p>A head and the parts that it needs, each as it was when the head was encoded, are the whole
 * state. Parts are those of the traces, one trace after another.
 */
public final class KeyParts {
  private static final int PART = 0xEDD5_0001;

  private final long fingerprint;
  private final boolean durable;
  private final int count;
  private final long bytes;

  /**
   * Parts of the states that a learner makes.
   *
   * @param durable whether traces are stored at all
   * @param fresh any of the states
   */
  KeyParts(long fingerprint, boolean durable, KeyState fresh) {
    this.fingerprint = fingerprint;
    this.durable = durable;
    if (!durable) {
      count = 0;
      bytes = 0;
      return;
    }
    int parts = 0;
    long encoded = 0;
    for (RecurrentState recurrent : fresh.recurrent) {
      parts += recurrent.parts.count();
      for (int part = 0; part < recurrent.parts.count(); part++) {
        encoded += StateWriter.FRAME + (long) Float.BYTES * recurrent.parts.length(part);
      }
    }
    count = parts;
    bytes = encoded;
  }

  /** Number of parts besides the head. */
  public int count() {
    return count;
  }

  /** Bytes of all parts of any state, encoded. */
  public long bytes() {
    return bytes;
  }

  /** Whether a trace is stored in the head. */
  boolean inHead(RecurrentState recurrent) {
    return durable && recurrent.parts.count() == 0;
  }

  /** Whether a state that was read has lost what its estimators had carried. */
  boolean lost(KeyState key) {
    boolean lost = false;
    for (RecurrentState recurrent : key.recurrent) {
      lost |= !durable && recurrent.steps > 0 && recurrent.trace.length > 0;
    }
    return lost;
  }

  /** Whether the state as it is now needs a part. */
  public boolean needed(KeyState key, int part) {
    Place place = place(key, part);
    return place.recurrent.parts.needed(place.recurrent, place.part);
  }

  /** Whether a part has changed since it was stored. */
  public boolean changed(KeyState key, int part) {
    Place place = place(key, part);
    return place.recurrent.changed(place.part);
  }

  /** Notes that a part is stored as it is, or that it is not. */
  public void setChanged(KeyState key, int part, boolean changed) {
    Place place = place(key, part);
    place.recurrent.setChanged(place.part, changed);
  }

  /** Encodes a part into its stored form. */
  public byte[] encode(KeyState key, int part) {
    Place place = place(key, part);
    StateWriter out = new StateWriter(PART, fingerprint);
    write(place, out.length(part));
    return out.toBytes();
  }

  /**
   * Takes back a part that the state needs. Modifies only key.
   *
   * @throws IncompatibleStateException where the bytes are of another format, spec or part
   */
  public void decode(byte[] bytes, int part, KeyState key) {
    StateReader in = new StateReader("part of a key state", bytes, PART, fingerprint);
    in.length("number of the part", part);
    read(in, place(key, part));
    in.end();
  }

  /** Appends all parts that are needed. */
  void encode(KeyState key, StateWriter out) {
    forEachNeeded(key, (place, part) -> write(place, out));
  }

  /** Takes back all parts that are needed, as parts that are not stored yet. */
  void decode(StateReader in, KeyState key) {
    forEachNeeded(
        key,
        (place, part) -> {
          read(in, place);
          place.recurrent.setChanged(place.part, true);
        });
  }

  private void forEachNeeded(KeyState key, BiConsumer<Place, Integer> visitor) {
    for (int part = 0; part < count; part++) {
      if (needed(key, part)) {
        visitor.accept(place(key, part), part);
      }
    }
  }

  private static void write(Place place, StateWriter out) {
    int floats = place.recurrent.parts.length(place.part);
    out.floats(floats, values -> place.recurrent.parts.read(place.recurrent, place.part, values));
  }

  private static void read(StateReader in, Place place) {
    int floats = place.recurrent.parts.length(place.part);
    in.floats(
        "part of a trace",
        floats,
        values -> place.recurrent.parts.write(values, place.part, place.recurrent));
  }

  /** A part by its number in its own trace. */
  private record Place(RecurrentState recurrent, int part) {}

  private Place place(KeyState key, int part) {
    int left = part;
    for (RecurrentState recurrent : key.recurrent) {
      if (left < recurrent.parts.count()) {
        return new Place(recurrent, left);
      }
      left -= recurrent.parts.count();
    }
    throw new IndexOutOfBoundsException("part " + part + " of " + count);
  }
}
