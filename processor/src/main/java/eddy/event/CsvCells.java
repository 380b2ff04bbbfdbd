package eddy.event;

/** The cells of one row, as slices of one buffer. */
interface CsvCells {
  /** Number of cells in the row. */
  int cells();

  /** Buffer that holds the cells. */
  char[] text();

  /** Where a cell begins in the buffer. */
  int start(int column);

  /** Characters of a cell. */
  int length(int column);
}
