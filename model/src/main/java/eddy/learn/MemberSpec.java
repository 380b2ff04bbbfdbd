package eddy.learn;

import eddy.learn.LearnerSpec.Descent;
import java.util.List;
import java.util.Objects;

/**
 * One learner of a panel.
 *
 * @param name how users call it
 * @param recurrent whether its readout sees a recurrent layer of its own, besides the inputs
 * @param readout how its outputs learn
 * @param cells how the weights of the cells move
 * @param outputs how the weights of a gradient readout move
 * @param hidden hidden units of a gradient readout for classes
 */
public record MemberSpec(
    String name, boolean recurrent, Readout readout, Descent cells, Descent outputs, int hidden) {
  /** How outputs learn. */
  public enum Readout {
    /** Not at all: they say 0, which is the reference. Numbers only. */
    NONE,
    /** By gradient descent. */
    GRADIENT,
    /** By gradient descent, from sequences of categories and nothing else. Classes only. */
    CONTEXTS,
    /** Numbers by recursive least squares, classes by a bounded Newton step. */
    SECOND_ORDER
  }

  private static final List<String> NAMES =
      List.of("reference", "linear", "recurrent-second-order", "recurrent-gradient", "contexts");

  private static final Descent SLOW = new Descent("adam", 1e-3, Descent.CLIP);
  private static final Descent STEADY = new Descent("adam", 1.5e-3, Descent.CLIP);
  private static final Descent FAST = new Descent("adam", 3e-3, Descent.CLIP);
  private static final Descent NUMBERS = new Descent("adagrad", 0.01, Descent.CLIP);
  private static final Descent CLASSES = new Descent("adagrad", 0.1, Descent.CLIP);

  public MemberSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(readout, "readout");
    Objects.requireNonNull(cells, "cells");
    Objects.requireNonNull(outputs, "outputs");
    if (hidden < 0) {
      throw new IllegalArgumentException("hidden units must be >= 0 but were " + hidden);
    }
  }

  /** Names of the members that {@link #of} knows. */
  public static List<String> names() {
    return NAMES;
  }

  /** Names of those that do not ask for sequences of categories. */
  static List<String> usual() {
    return NAMES.subList(0, NAMES.size() - 1);
  }

  /** Whether it learns targets of a kind: else it says that numbers do not change. */
  boolean learns(boolean classes) {
    return readout != Readout.NONE && (classes || readout != Readout.CONTEXTS);
  }

  /** Whether its readout sees the inputs, besides cells and hashed rows. */
  boolean seesInputs() {
    return readout != Readout.CONTEXTS;
  }

  /**
   * A member by its name.
   *
   * @param classes whether it predicts classes, which take larger steps and hidden units
   */
  public static MemberSpec of(String name, boolean classes) {
    Descent outputs = classes ? CLASSES : NUMBERS;
    return switch (name) {
      case "reference" -> new MemberSpec(name, false, Readout.NONE, SLOW, outputs, 0);
      case "linear" -> new MemberSpec(name, false, Readout.SECOND_ORDER, SLOW, outputs, 0);
      case "recurrent-second-order" ->
          new MemberSpec(name, true, Readout.SECOND_ORDER, SLOW, outputs, 0);
      case "recurrent-gradient" ->
          new MemberSpec(
              name, true, Readout.GRADIENT, classes ? FAST : STEADY, outputs, classes ? 32 : 0);
      case "contexts" -> new MemberSpec(name, false, Readout.CONTEXTS, SLOW, outputs, 0);
      default ->
          throw new IllegalArgumentException(
              "unknown member of a panel " + name + "; known are " + names());
    };
  }
}
