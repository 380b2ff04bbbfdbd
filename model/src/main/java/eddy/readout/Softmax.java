package eddy.readout;

import eddy.math.Elementary;

/** Cross-entropy of softmax(z) and one true class. */
public record Softmax() implements Loss {
  @Override
  public String name() {
    return "softmax";
  }

  @Override
  public void adjoint(
      float[] outputs, int at, int count, double label, float[] adjoint, int adjointAt) {
    probabilities(outputs, at, count, adjoint, adjointAt);
    adjoint[adjointAt + (int) label] -= 1f;
  }

  /** Probabilities of all classes, sum 1 but for rounding. Modifies only probabilities. */
  public static void probabilities(
      float[] outputs, int at, int count, float[] probabilities, int probabilitiesAt) {
    float largest = outputs[at];
    for (int i = 1; i < count; i++) {
      largest = outputs[at + i] > largest ? outputs[at + i] : largest;
    }
    float sum = 0f;
    for (int i = 0; i < count; i++) {
      float value = Elementary.exp(outputs[at + i] - largest);
      probabilities[probabilitiesAt + i] = value;
      sum += value;
    }
    for (int i = 0; i < count; i++) {
      probabilities[probabilitiesAt + i] /= sum;
    }
  }
}
