package eddy.readout;

import java.util.List;

/** The losses by the names that users write. */
public final class Losses {
  private static final List<Loss> ALL =
      List.of(new Squared(), new Huber(), new Logistic(), new Softmax());

  private Losses() {}

  public static List<String> names() {
    return ALL.stream().map(Loss::name).toList();
  }

  /** Throws IllegalArgumentException for an unknown name. */
  public static Loss of(String name) {
    return ALL.stream()
        .filter(loss -> loss.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("unknown loss " + name + "; known: " + names()));
  }
}
