package eddy.feature;

import java.time.Duration;
import java.util.Objects;

/**
 * How the events of a key make up sequences, and where in them predictions are made.
 *
 * @param output at which events, and from which states
 * @param endField path of the field that is true at the last event of a sequence; empty where no
 *     event ends one
 * @param optional whether an event may lack the end field, which then is no end; written {@code
 *     field?}
 * @param gap a longer time between an event and the newest one before it starts a new sequence;
 *     zero where time starts none
 */
public record SequenceSpec(Output output, String endField, boolean optional, Duration gap) {
  /** One sequence without end. */
  public static final SequenceSpec ENDLESS = new SequenceSpec(Output.EVERY, "", false);

  /** At which events predictions are made, and from which states. */
  public enum Output {
    /** At every event. */
    EVERY,
    /** At the last event of a sequence, from the state there. */
    LAST,
    /** At the last event of a sequence, from the mean of its states. */
    MEAN
  }

  public SequenceSpec {
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(endField, "endField");
    if (gap.isNegative()) {
      throw new IllegalArgumentException(
          "the gap between two sequences must not be negative but was " + gap);
    }
    if (output != Output.EVERY && endField.isEmpty()) {
      throw new IllegalArgumentException(
          "predictions at the end of sequences need a field that marks the end");
    }
  }

  /** Sequences that only the end field ends. */
  public SequenceSpec(Output output, String endField, boolean optional) {
    this(output, endField, optional, Duration.ZERO);
  }

  /** Whether an event may end its sequence. */
  public boolean ends() {
    return !endField.isEmpty();
  }

  /** Whether a whole sequence has one prediction. */
  public boolean whole() {
    return output != Output.EVERY;
  }

  /**
   * Refuses a target whose label does not come where predictions are made.
   *
   * @param lookahead events that follow before an event is labelled
   * @throws IllegalArgumentException where it does not fit
   */
  public void requireFit(TargetSpec target, int lookahead) {
    boolean ahead = !(target.horizon() instanceof TargetSpec.Horizon.SameEvent);
    if (lookahead > 0 && ahead) {
      throw new IllegalArgumentException(
          "an event is labelled "
              + lookahead
              + " events after it has passed, so its label must stand in it; write "
              + target.field()
              + ", or look ahead 0 events");
    }
    if (lookahead > 0 && whole()) {
      throw new IllegalArgumentException(
          "a whole sequence is predicted at its last event, which no other follows; look ahead 0"
              + " events");
    }
    if (whole() && ahead && !(target.horizon() instanceof TargetSpec.Horizon.LabelTopic)) {
      throw new IllegalArgumentException(
          "a whole sequence is predicted at its last event, where its label must stand unless it"
              + " comes by itself; write "
              + target.field()
              + " or "
              + target.field()
              + "@label");
    }
    if (whole()
        && target.reference() instanceof TargetSpec.Reference.Past past
        && past.field().equals(target.field())) {
      throw new IllegalArgumentException(
          "its reference would read the label of the sequence within it; write \""
              + target.field()
              + " - 0\"");
    }
  }
}
