package eddy.task;

/** What a record of the control topic asks for; see docs/control.md. */
public sealed interface Command {
  /** Predict and score, but let neither weights nor statistics move. */
  record Pause() implements Command {}

  /** Learn again. */
  record Resume() implements Command {}

  /**
   * Learn at another rate.
   *
   * @param factor on the rates of the configuration
   */
  record LearningRate(float factor) implements Command {}

  /**
   * Forget a key.
   *
   * @param key as text in UTF-8
   */
  record ResetKey(String key) implements Command {}

  /**
   * Keep what was learned under a name.
   *
   * @param full whether with the states of keys
   */
  record Snapshot(String name, boolean full) implements Command {}

  /** Go back to what was kept. */
  record Rollback(String name) implements Command {}

  /** Keep it no longer. */
  record DropSnapshot(String name) implements Command {}

  /**
   * A record that is no command.
   *
   * @param reason one line for the sender
   */
  record Refused(String reason) implements Command {}
}
