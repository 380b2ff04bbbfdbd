package eddy.learn;

/**
 * The targets of one horizon, which are settled, and credited, together.
 *
 * @param horizon events between origin and label, 0 for a label in the same event
 * @param targets their numbers, in configured order
 * @param outputFrom first raw output of these targets
 * @param outputCount their raw outputs
 */
record Lane(int horizon, int[] targets, int outputFrom, int outputCount) {
  /**
   * Whether the newest state still is the origin's when its label comes: the label of the next
   * event comes before that event's inputs do. Other lanes keep a state of their own that lags.
   */
  boolean leads() {
    return horizon <= 1;
  }
}
