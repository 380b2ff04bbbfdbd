package eddy.gradient;

/**
 * Where a sequence stands in the blocks that its steps are folded by.
 *
 * @param length steps of a block
 * @param rows of the carry that a fold makes
 */
record Blocks(int length, int rows) {
  /**
   * Number of the block that the last step belongs to; of length 1 the one that begins after it.
   */
  long number(RecurrentState recurrent) {
    return length == 1 ? recurrent.steps : (recurrent.steps - 1) / length;
  }

  /** Number of the first block that a carry knows. */
  long first(RecurrentState recurrent) {
    return recurrent.carriedFrom / length;
  }

  /** Whether the block before this one is not yet in the carry. */
  boolean folding(RecurrentState recurrent) {
    return number(recurrent) > first(recurrent) && recurrent.foldedRows < rows;
  }

  /** Number of the oldest step that a gradient may still reach through. */
  long oldestStep(RecurrentState recurrent) {
    long number = number(recurrent);
    if (number <= first(recurrent)) {
      return Math.max(0, recurrent.steps - length);
    }
    return (folding(recurrent) ? number - 1 : number) * length;
  }

  /** Finished rows of the carry at the start of a block that a later step may read. */
  int carriedRows(RecurrentState recurrent, long block) {
    long number = number(recurrent);
    boolean folding = folding(recurrent);
    if (block == number && number > first(recurrent)) {
      return folding ? recurrent.foldedRows : rows;
    }
    return folding && block == number - 1 && block > first(recurrent) ? rows : 0;
  }
}
