package eddy.crash;

/** Where the labels of the predictions come from. */
public enum Labels {
  SAME("same", "value:lag(1),value:lag(2),other:lag(1)", "value"),
  AHEAD("ahead", "value,value:diff(1),other", "value@+4"),
  TOPIC("topic", "value,value:diff(1),other", "truth@label");

  private final String option;
  private final String features;
  private final String targets;

  Labels(String option, String features, String targets) {
    this.option = option;
    this.features = features;
    this.targets = targets;
  }

  /** What the learner sees. */
  public String features() {
    return features;
  }

  /** What it predicts. */
  public String targets() {
    return targets;
  }

  /** As the command line and the table name it. */
  @Override
  public String toString() {
    return option;
  }
}
