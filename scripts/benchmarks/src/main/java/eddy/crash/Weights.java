package eddy.crash;

import java.util.Locale;

/** Whose the weights are. */
public enum Weights {
  PARTITION,
  KEY;

  /** As the command line, the configuration and the table name it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
