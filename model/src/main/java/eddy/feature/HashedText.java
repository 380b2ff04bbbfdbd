package eddy.feature;

/** A transform that makes of texts one active row out of many. */
interface HashedText extends Transform {
  /** Number of rows. */
  int slots();

  @Override
  default Signal takes() {
    return Signal.TEXT;
  }

  @Override
  default Signal gives() {
    return Signal.ROW;
  }

  @Override
  default int outputs() {
    return 0;
  }

  @Override
  default int rows() {
    return slots();
  }
}
