package eddy.learn;

import eddy.cell.NamedWeights;
import eddy.gradient.RecurrentState;
import eddy.math.RandomStream;
import eddy.network.Network;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The learned weights of a panel by names: those of cells as {@link NamedWeights} has them, those
 * of readouts as they stand, each under the name of its member where there are several.
 */
final class WeightTensors {
  private final Member[] members;

  WeightTensors(Member[] members) {
    this.members = members;
  }

  Map<String, Tensor> read(Weights weights) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    forEach(
        weights,
        (named, values) ->
            tensors.put(named.name(), new Tensor(named.shape(), named.read(values))));
    return tensors;
  }

  /**
   * What the cells of each member show of made-up inputs, event after event: for others to compare
   * theirs with.
   *
   * @param width numbers of an input, of which cells read the first
   */
  Map<String, Tensor> check(Weights weights, int steps, int width) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int m = 0; m < members.length; m++) {
      Network network = members[m].network();
      if (network.blocks() == 0) {
        continue;
      }
      RandomStream random = new RandomStream(1);
      float[] inputs = new float[steps * width];
      float[] outputs = new float[steps * network.outputs()];
      float[] x = new float[width];
      float[] shown = new float[network.outputs()];
      RecurrentState[] states = network.newState(false);
      for (int step = 0; step < steps; step++) {
        for (int i = 0; i < width; i++) {
          x[i] = (float) random.nextGaussian();
        }
        network.forward(weights.members[m].cells(), x, 1f, states);
        network.unroll(weights.members[m].cells(), states);
        network.output(weights.members[m].cells(), states, 0, shown);
        System.arraycopy(x, 0, inputs, step * width, width);
        System.arraycopy(shown, 0, outputs, step * shown.length, shown.length);
      }
      String prefix = members.length == 1 ? "" : members[m].name() + ".";
      tensors.put(prefix + "check.inputs", new Tensor(new int[] {steps, width}, inputs));
      tensors.put(
          prefix + "check.outputs", new Tensor(new int[] {steps, network.outputs()}, outputs));
    }
    return tensors;
  }

  /**
   * Takes weights from tensors. Modifies only weights, of which those without a tensor stay.
   *
   * @throws UnfitWeightsException where a tensor has no place here, or another shape, or is not
   *     finite
   */
  void write(Map<String, Tensor> tensors, Weights weights) {
    Map<String, NamedWeights> known = new LinkedHashMap<>();
    forEach(weights, (named, values) -> known.put(named.name(), named));
    tensors.forEach((name, tensor) -> requireFit(name, tensor, known));
    forEach(
        weights,
        (named, values) -> {
          if (tensors.containsKey(named.name())) {
            named.write(tensors.get(named.name()).values(), values);
          }
        });
    for (int m = 0; m < members.length; m++) {
      members[m].network().refresh(weights.members[m].cells());
    }
  }

  private static void requireFit(String name, Tensor tensor, Map<String, NamedWeights> known) {
    NamedWeights own = known.get(name);
    if (own == null) {
      throw new UnfitWeightsException(
          "this learner has no weights " + name + "; it has " + String.join(", ", known.keySet()));
    }
    if (!Arrays.equals(own.shape(), tensor.shape())) {
      throw new UnfitWeightsException(
          name
              + " has the shape "
              + Arrays.toString(tensor.shape())
              + ", but this learner's is "
              + Arrays.toString(own.shape()));
    }
    for (float value : tensor.values()) {
      if (!Float.isFinite(value)) {
        throw new UnfitWeightsException(name + " holds " + value + ", which no weight may be");
      }
    }
  }

  private void forEach(Weights weights, BiConsumer<NamedWeights, float[]> visitor) {
    for (int m = 0; m < members.length; m++) {
      String prefix = members.length == 1 ? "" : members[m].name() + ".";
      MemberWeights own = weights.members[m];
      for (int b = 0; b < own.cells().length; b++) {
        for (NamedWeights named : members[m].network().named(b)) {
          visitor.accept(named.under(prefix), own.cells()[b].values);
        }
      }
      List<String> readouts = members[m].readoutNames();
      for (int r = 0; r < readouts.size(); r++) {
        float[] values = own.readouts()[r].values;
        visitor.accept(NamedWeights.all(prefix + readouts.get(r), values.length), values);
      }
    }
  }
}
