package eddy.feature;

import java.util.List;

/**
 * The change since some events ago; since the key's first event while there are fewer.
 *
 * @param events number of events back
 */
public record Diff(int events) implements Transform {
  public Diff {
    if (events < 1 || events > Lag.LARGEST) {
      throw new IllegalArgumentException(
          "diff(k): k must lie between 1 and "
              + Lag.LARGEST
              + " but was "
              + events
              + "; write diff(1) for the change since the previous event");
    }
  }

  static Diff of(List<String> arguments) {
    return new Diff(new Arguments("diff", "diff(1)", arguments).size(1, 1).integer(0));
  }

  @Override
  public Signal takes() {
    return Signal.NUMBER;
  }

  @Override
  public Signal gives() {
    return Signal.NUMBER;
  }

  @Override
  public int history() {
    return events;
  }

  @Override
  public void apply(Input input, double[] value) {
    value[0] = input.now() - input.ago(events);
  }

  @Override
  public String toString() {
    return "diff(" + events + ")";
  }
}
