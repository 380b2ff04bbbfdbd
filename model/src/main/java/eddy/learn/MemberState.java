package eddy.learn;

import eddy.gradient.RecurrentState;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Where one member stands in one key's sequence, by group of cells; empty arrays where it has none.
 *
 * @param leading state after the newest event; with traces where a lane has horizon 0 or 1, which
 *     it serves
 * @param lanes for each distinct horizon, the state and traces at the newest settled origin; the
 *     leading one where that still is the origin when the label comes, and where labels come after
 *     no fixed count of events
 * @param waiting for those, and where no snapshots are taken, the states of each lane's cursor,
 *     then that of the base
 */
record MemberState(RecurrentState[] leading, RecurrentState[][] lanes, RecurrentState[][] waiting) {
  /** Each of its recurrences once. */
  Stream<RecurrentState> recurrent() {
    Stream<RecurrentState> lagging =
        Arrays.stream(lanes).filter(lane -> lane != leading).flatMap(Arrays::stream);
    Stream<RecurrentState> origins = Arrays.stream(waiting).flatMap(Arrays::stream);
    return Stream.concat(Stream.concat(Arrays.stream(leading), lagging), origins);
  }

  /** Back to the start of a sequence, but for origins of the last one that still wait. */
  void startSequence() {
    reset(leading);
    for (RecurrentState[] lane : lanes) {
      reset(lane);
    }
  }

  /** All of it back to the start. */
  void reset() {
    startSequence();
    for (RecurrentState[] states : waiting) {
      reset(states);
    }
  }

  static void reset(RecurrentState[] states) {
    for (RecurrentState state : states) {
      state.reset();
    }
  }

  /** Takes over where others stand. Modifies only to. */
  static void copy(RecurrentState[] from, RecurrentState[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i].copy(from[i]);
    }
  }
}
