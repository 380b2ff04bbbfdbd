package eddy.learn;

import eddy.gradient.RecurrentState;

/**
 * Where one member stands in one key's sequence, by group of cells; empty arrays where it has none.
 *
 * @param leading state after the newest event; without traces unless a lane has horizon 0
 * @param lanes for each distinct horizon, the state and traces at the newest settled origin
 */
record MemberState(RecurrentState[] leading, RecurrentState[][] lanes) {
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
