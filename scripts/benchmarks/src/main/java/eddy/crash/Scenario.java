package eddy.crash;

/** What happens to an app while it learns. */
public enum Scenario {
  ONE("one", "one instance"),
  REBALANCE("rebalance", "two instances, rebalance"),
  STANDBY("standby", "standby takes over"),
  BROKER("broker", "broker 1 of 3"),
  STATE("state", "state directory deleted");

  private final String option;
  private final String title;

  Scenario(String option, String title) {
    this.option = option;
    this.title = title;
  }

  /** As the command line names it. */
  public String option() {
    return option;
  }

  /** As the table names it. */
  public String title() {
    return title;
  }

  @Override
  public String toString() {
    return option;
  }
}
