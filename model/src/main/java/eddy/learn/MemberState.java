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
 *     leading one where that still is the origin when the label comes
 */
record MemberState(RecurrentState[] leading, RecurrentState[][] lanes) {
  /** Each of its recurrences once. */
  Stream<RecurrentState> recurrent() {
    Stream<RecurrentState> lagging =
        Arrays.stream(lanes).filter(lane -> lane != leading).flatMap(Arrays::stream);
    return Stream.concat(Arrays.stream(leading), lagging);
  }

  /** Back to the start of a sequence. */
  void reset() {
    for (RecurrentState recurrent : leading) {
      recurrent.reset();
    }
    for (RecurrentState[] lane : lanes) {
      for (RecurrentState recurrent : lane) {
        recurrent.reset();
      }
    }
  }
}
