package eddy.feature;

/** The number of the event in the key's sequence, from 0. Reads no value of its field. */
public record Position() implements Transform {
  @Override
  public Signal takes() {
    return Signal.NOTHING;
  }

  @Override
  public Signal gives() {
    return Signal.NUMBER;
  }

  @Override
  public void apply(Input input, double[] value) {
    value[0] = input.position();
  }

  @Override
  public String toString() {
    return "position";
  }
}
