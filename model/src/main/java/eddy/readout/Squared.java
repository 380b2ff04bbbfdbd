package eddy.readout;

/** (z - y)^2 / 2. */
public record Squared() implements Loss {
  @Override
  public String name() {
    return "squared";
  }

  @Override
  public void adjoint(
      float[] outputs, int at, int count, double label, float[] adjoint, int adjointAt) {
    for (int i = 0; i < count; i++) {
      adjoint[adjointAt + i] = outputs[at + i] - (float) label;
    }
  }
}
