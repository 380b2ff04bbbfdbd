package eddy.feature;

/** The signed logarithm, sign(x) log(1 + |x|): odd, and defined everywhere. */
public record Log() implements Transform {
  @Override
  public Signal takes() {
    return Signal.NUMBER;
  }

  @Override
  public Signal gives() {
    return Signal.NUMBER;
  }

  @Override
  public void apply(Input input, double[] value) {
    double x = input.now();
    value[0] = Math.copySign(StrictMath.log1p(Math.abs(x)), x);
  }

  @Override
  public String toString() {
    return "log";
  }
}
