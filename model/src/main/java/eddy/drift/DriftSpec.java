package eddy.drift;

import java.util.Objects;

/**
 * Whether drift is looked for in the losses of a learner, and what becomes of it there.
 *
 * @param detection what looks for it
 * @param action on what is learned
 */
public record DriftSpec(Detection detection, DriftAction action) {
  /** It is not looked for. */
  public static final DriftSpec NONE = new DriftSpec(new Detection.None(), new DriftAction.None());

  public DriftSpec {
    Objects.requireNonNull(detection, "detection");
    Objects.requireNonNull(action, "action");
    if (detection instanceof Detection.None && !(action instanceof DriftAction.None)) {
      throw new IllegalArgumentException(
          action + " on drift needs a detector that finds it, but there is none");
    }
  }

  /** Whether drift is looked for. */
  public boolean looks() {
    return !(detection instanceof Detection.None);
  }

  /** Whether what is learned depends on it. */
  public boolean acts() {
    return !(action instanceof DriftAction.None);
  }

  /** Whether weights start anew where it is found. */
  public boolean resets() {
    return action instanceof DriftAction.Reset;
  }
}
