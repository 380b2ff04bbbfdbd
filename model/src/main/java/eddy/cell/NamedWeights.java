package eddy.cell;

import java.util.ArrayList;
import java.util.List;

/**
 * Some weights of a recurrence under a name and in an order that others know: for export and
 * import. Immutable.
 *
 * @param name such as {@code weight_ih_l0}
 * @param shape of the named tensor, row after row
 * @param index by entry of the tensor: the weight that it is; -1 - w where it is 0 and what an
 *     import brings is added to weight w
 */
public record NamedWeights(String name, int[] shape, int[] index) {
  /** All of an array in its own order. */
  public static NamedWeights all(String name, int length) {
    return plain(name, 0, length);
  }

  /** Some weights in their own order. */
  static NamedWeights plain(String name, int at, int... shape) {
    int length = 1;
    for (int size : shape) {
      length *= size;
    }
    int[] index = new int[length];
    for (int i = 0; i < length; i++) {
      index[i] = at + i;
    }
    return new NamedWeights(name, shape, index);
  }

  /** The same, of a recurrence whose weights begin later in an array. */
  NamedWeights after(int weights, String prefix) {
    int[] moved = index.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += moved[i] < 0 ? -weights : weights;
    }
    return new NamedWeights(prefix + name, shape, moved);
  }

  /** The same under a longer name. */
  public NamedWeights under(String prefix) {
    return after(0, prefix);
  }

  /** The named tensor. */
  public float[] read(float[] weights) {
    float[] values = new float[index.length];
    for (int i = 0; i < index.length; i++) {
      values[i] = index[i] < 0 ? 0f : weights[index[i]];
    }
    return values;
  }

  /** Takes the weights from a named tensor. Modifies only weights. */
  public void write(float[] values, float[] weights) {
    for (int i = 0; i < index.length; i++) {
      if (index[i] >= 0) {
        weights[index[i]] = values[i];
      } else if (values[i] != 0f) {
        weights[-1 - index[i]] += values[i];
      }
    }
  }

  /**
   * Weights of a cell group by PyTorch's names and in its order of gates, where it has this cell:
   * two biases then, of which these cells have one, but for that of a GRU's candidate. Others by
   * what they are: own, input, recurrent, bias.
   *
   * @param layer number of the layer
   */
  static List<NamedWeights> of(CellGroup group, int layer) {
    return switch (group.name()) {
      case "elman", "irnn" ->
          torch(group, layer, new int[] {0}, new int[] {0}, new int[] {0}, new int[] {-1});
      case "lstm" -> {
        int[] all = {0, 1, 2, 3};
        yield torch(group, layer, all, all, all, new int[] {-1, -2, -3, -4});
      }
      // gates n_x, r, z, n_h here; r, z, n there
      case "gru" ->
          torch(
              group,
              layer,
              new int[] {1, 2, 0},
              new int[] {0, 1, 2},
              new int[] {1, 2, 0},
              new int[] {-2, -3, 3});
      default -> plain(group, layer);
    };
  }

  private static List<NamedWeights> plain(CellGroup group, int layer) {
    List<NamedWeights> all = new ArrayList<>();
    int units = group.units();
    if (group.ownLength() > 0) {
      all.add(plain("own_l" + layer, 0, group.ownLength() / units, units));
    }
    all.add(plain("input_l" + layer, group.inputAt(), group.inputs(), group.inputColumns()));
    if (group.recurrentColumns() > 0) {
      all.add(plain("recurrent_l" + layer, group.recurrentAt(), units, group.recurrentColumns()));
    }
    if (group.biasColumns() > 0) {
      all.add(plain("bias_l" + layer, group.biasAt(), group.biasColumns()));
    }
    return all;
  }

  private static List<NamedWeights> torch(
      CellGroup group, int layer, int[] input, int[] recurrent, int[] bias, int[] otherBias) {
    return List.of(
        matrix(
            "weight_ih_l" + layer,
            group.inputAt(),
            group.inputs(),
            group.inputColumns(),
            group.units(),
            input),
        matrix(
            "weight_hh_l" + layer,
            group.recurrentAt(),
            group.units(),
            group.recurrentColumns(),
            group.units(),
            recurrent),
        bias("bias_ih_l" + layer, group, bias),
        bias("bias_hh_l" + layer, group, otherBias));
  }

  /** [gates * units][read], of which the weights hold the transpose. */
  private static NamedWeights matrix(
      String name, int at, int read, int columns, int units, int[] gates) {
    int[] index = new int[gates.length * units * read];
    int entry = 0;
    for (int gate : gates) {
      for (int u = 0; u < units; u++) {
        for (int l = 0; l < read; l++) {
          index[entry++] = at + l * columns + gate * units + u;
        }
      }
    }
    return new NamedWeights(name, new int[] {gates.length * units, read}, index);
  }

  private static NamedWeights bias(String name, CellGroup group, int[] gates) {
    int units = group.units();
    int[] index = new int[gates.length * units];
    for (int i = 0; i < index.length; i++) {
      int gate = gates[i / units];
      int own = group.biasAt() + (gate < 0 ? -1 - gate : gate) * units + i % units;
      index[i] = gate < 0 ? -1 - own : own;
    }
    return new NamedWeights(name, new int[] {index.length}, index);
  }
}
