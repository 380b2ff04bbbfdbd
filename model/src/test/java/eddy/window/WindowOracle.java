package eddy.window;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eddy.cell.CellWeights;
import eddy.cell.LayerSpec;
import eddy.math.RandomStream;
import eddy.network.Network;
import eddy.network.NetworkSpec;
import eddy.network.NetworkSpec.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reference values of one network over a window, made by scripts/oracles/window.py with PyTorch's
 * autograd in float64, in the layout of {@link Composition}.
 */
final class WindowOracle {
  private static final JsonNode ALL = read();

  /** A weight by the name that PyTorch has for its tensor, and its place there. */
  private record Place(String tensor, int index) {}

  private final String name;
  private final JsonNode values;
  private final boolean lstm;
  private final int inputs = ALL.get("inputs").asInt();
  private final int units = ALL.get("units").asInt();
  private final List<List<Place>> blocks = new ArrayList<>();

  private WindowOracle(String name) {
    this.name = name;
    values = ALL.get(name);
    lstm = name.endsWith("lstm");
    if (kind() == Kind.BIDIRECTIONAL) {
      for (int l = 0; l < layers(); l++) {
        for (String way : List.of("", "_reverse")) {
          blocks.add(recurrence("", "_l" + l + way, l == 0 ? inputs : 2 * units));
        }
      }
      return;
    }
    for (int l = 0; l < layers(); l++) {
      blocks.add(recurrence("encoder.", "_l" + l, l == 0 ? inputs : units));
    }
    List<Place> start = new ArrayList<>();
    transposed("decoder.start.weight", units, lstm ? 2 * units : units, start);
    vector("decoder.start.bias", 0, lstm ? 2 * units : units, start);
    blocks.add(start);
    if (kind() == Kind.ATTENTION) {
      List<Place> attention = new ArrayList<>();
      transposed("decoder.query.weight", units, units, attention);
      transposed("decoder.key.weight", units, units, attention);
      vector("decoder.key.bias", 0, units, attention);
      vector("decoder.score.weight", 0, units, attention);
      blocks.add(attention);
    }
    blocks.add(recurrence("decoder.cell.", "", units));
  }

  static List<WindowOracle> all() {
    List<WindowOracle> result = new ArrayList<>();
    ALL.fieldNames()
        .forEachRemaining(
            name -> {
              if (ALL.get(name).isObject()) {
                result.add(new WindowOracle(name));
              }
            });
    return result;
  }

  private List<Place> recurrence(String prefix, String suffix, int width) {
    List<Place> places = new ArrayList<>();
    // PyTorch's r, z, n of a GRU against n_x, r, z from the input and r, z, n_h from the state
    int[] gates = lstm ? new int[] {0, 1, 2, 3} : new int[] {2, 0, 1};
    int[] recurrentGates = lstm ? gates : new int[] {0, 1, 2};
    columns(prefix + "weight_ih" + suffix, width, gates, places);
    columns(prefix + "weight_hh" + suffix, units, recurrentGates, places);
    for (int gate : gates) {
      vector(prefix + "bias_ih" + suffix, gate * units, units, places);
    }
    if (!lstm) {
      vector(prefix + "bias_hh" + suffix, 2 * units, units, places);
    }
    return places;
  }

  private void columns(String tensor, int width, int[] gates, List<Place> places) {
    for (int l = 0; l < width; l++) {
      for (int gate : gates) {
        for (int u = 0; u < units; u++) {
          places.add(new Place(tensor, (gate * units + u) * width + l));
        }
      }
    }
  }

  private static void transposed(String tensor, int columns, int rows, List<Place> places) {
    for (int c = 0; c < columns; c++) {
      for (int r = 0; r < rows; r++) {
        places.add(new Place(tensor, r * columns + c));
      }
    }
  }

  private static void vector(String tensor, int from, int count, List<Place> places) {
    for (int i = 0; i < count; i++) {
      places.add(new Place(tensor, from + i));
    }
  }

  private Kind kind() {
    if (name.startsWith("bidirectional")) {
      return Kind.BIDIRECTIONAL;
    }
    return name.startsWith("attention") ? Kind.ATTENTION : Kind.ENCODER_DECODER;
  }

  private int layers() {
    return values.get("layers").asInt();
  }

  int lanes() {
    return values.get("lanes").size();
  }

  Composition composition() {
    NetworkSpec spec =
        new NetworkSpec(
            kind(),
            new LayerSpec(lstm ? "lstm" : "gru", units),
            layers(),
            false,
            values.path("lookahead").asInt(0),
            values.path("mean").asBoolean(false));
    return new Composition(spec, inputs, values.get("window").asInt(), lanes());
  }

  /** The reference's weights. */
  CellWeights[] weights(Network network) {
    CellWeights[] weights = network.newWeights(new RandomStream(1));
    for (int b = 0; b < weights.length; b++) {
      double[] block = inLayout(values.get("weights"), b);
      for (int p = 0; p < block.length; p++) {
        weights[b].values[p] = (float) block[p];
      }
    }
    network.refresh(weights);
    return weights;
  }

  int steps() {
    return values.get("inputs").size();
  }

  float[] input(int step) {
    return floats(values.get("inputs").get(step));
  }

  double[] output(int lane) {
    return doubles(values.get("lanes").get(lane).get("output"));
  }

  float[] adjoint(int lane) {
    return floats(values.get("lanes").get(lane).get("adjoint"));
  }

  double[] gradient(int lane, int block) {
    return inLayout(values.get("lanes").get(lane).get("gradient"), block);
  }

  private double[] inLayout(JsonNode tensors, int block) {
    return blocks.get(block).stream()
        .mapToDouble(place -> tensors.get(place.tensor()).get(place.index()).asDouble())
        .toArray();
  }

  private static double[] doubles(JsonNode array) {
    double[] result = new double[array.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = array.get(i).asDouble();
    }
    return result;
  }

  private static float[] floats(JsonNode array) {
    double[] values = doubles(array);
    float[] result = new float[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }

  private static JsonNode read() {
    try (InputStream in = WindowOracle.class.getResourceAsStream("/eddy/oracles/window.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
