package eddy.feature;

/**
 * log(1 + seconds) since the key's previous event, in a time field; 0 at the first event, and where
 * time runs backwards.
 */
public record Gap() implements Transform {
  @Override
  public Signal takes() {
    return Signal.TIME;
  }

  @Override
  public Signal gives() {
    return Signal.NUMBER;
  }

  @Override
  public int history() {
    return 1;
  }

  @Override
  public void apply(Input input, double[] value) {
    value[0] = StrictMath.log1p(Math.max(0, (input.now() - input.ago(1)) / 1000));
  }

  @Override
  public String toString() {
    return "gap";
  }
}
