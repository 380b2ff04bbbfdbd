package eddy.chaos;

import java.util.Locale;

/** What is done to a cluster, its apps, and those who read from it. */
enum Fault {
  KILL_APP("kill -9 of an app in a transaction"),
  FREEZE_APP("SIGSTOP of an app for 5 to 30 s"),
  ROLLING_RESTART("rolling restart of all apps"),
  REBALANCE("apps leave and join within commits"),
  KILL_BROKER("kill -9 of a broker that leads"),
  MOVE_LEADERS("all leaders move to other brokers"),
  DELETE_STATE("kill -9 and a deleted state directory"),
  CORRUPT_STATE("a corrupted state directory"),
  FULL_DISK("a full disk under the state directory"),
  STALL_READER("a reader of predictions stalls"),
  UPGRADE("rolling swap to the other build");

  private final String title;

  Fault(String title) {
    this.title = title;
  }

  /** As the table names it. */
  String title() {
    return title;
  }

  /** As the command line names it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
