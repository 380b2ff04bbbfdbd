package eddy.gradient;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eddy.cell.Cell;
import eddy.cell.CellGroup;
import eddy.cell.Elman;
import eddy.cell.Elstm;
import eddy.cell.Gates;
import eddy.cell.Gru;
import eddy.cell.GruResetBefore;
import eddy.cell.Irnn;
import eddy.cell.Lstm;
import eddy.cell.LstmPeephole;
import eddy.cell.Recurrence;
import eddy.cell.Rtu;
import eddy.cell.Start;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reference values of one cell, computed by PyTorch's autograd in float64
 * (src/test/resources/eddy/oracles/cells.json), in the layout of the product's recurrences.
 */
final class Oracle {
  static final List<String> CELLS =
      List.of("elman", "irnn", "lstm", "lstm-peephole", "gru", "gru-reset-before", "elstm", "rtu");

  private static final JsonNode ALL = read();

  final Recurrence recurrence;
  final float[] adjoint;
  private final String cell;
  private final JsonNode values;

  /** By weight of the group: the parameter's name and its index there. */
  private final List<String> names = new ArrayList<>();

  private final List<Integer> indices = new ArrayList<>();

  private Oracle(String size, String cell) {
    this.cell = cell;
    values = ALL.get(size).get(cell);
    int n = values.get("units").asInt();
    int m = values.get("inputs").asInt();
    recurrence =
        cell.equals("gru-reset-before")
            ? new GruResetBefore(n, Gates.SMOOTH, m, Start.AUTO)
            : new CellGroup(cell(cell, n), m);
    adjoint = new float[recurrence.stateLength()];
    System.arraycopy(floats(values.get("adjoint")), 0, adjoint, 0, n);
    switch (cell) {
      case "elman", "irnn" -> dense(n, m, new int[] {0}, new int[] {0});
      case "lstm" -> dense(n, m, new int[] {0, 1, 2, 3}, new int[] {0, 1, 2, 3});
      case "lstm-peephole" -> {
        add("peephole_i", 0, n);
        add("peephole_f", 0, n);
        add("peephole_o", 0, n);
        dense(n, m, new int[] {0, 1, 2, 3}, new int[] {0, 1, 2, 3});
      }
      case "gru" -> {
        // PyTorch's r, z, n against n_x, r, z from the input and r, z, n_h from the state
        dense(n, m, new int[] {2, 0, 1}, new int[] {0, 1, 2});
        add("bias_hn", 0, n);
      }
      case "gru-reset-before" -> {
        rows("weight_ih", 0, 3 * n, m);
        rows("weight_hh", 0, 2 * n, n);
        rows("weight_hh", 2 * n, n, n);
        add("bias_ih", 0, 3 * n);
      }
      case "elstm" -> {
        add("recurrent_z", 0, n);
        add("recurrent_f", 0, n);
        transposed(m, n, "weight_z", "weight_f");
        add("bias_z", 0, n);
        add("bias_f", 0, n);
      }
      case "rtu" -> {
        add("nu", 0, n / 2);
        add("theta_log", 0, n / 2);
        transposed(m, n / 2, "weight_re", "weight_im");
      }
      default -> throw new IllegalArgumentException(cell);
    }
  }

  static Oracle of(String size, String cell) {
    return new Oracle(size, cell);
  }

  private static Cell cell(String name, int n) {
    return switch (name) {
      case "elman" -> new Elman(n);
      case "irnn" -> new Irnn(n);
      case "lstm" -> new Lstm(n, Gates.SMOOTH);
      case "lstm-peephole" -> new LstmPeephole(n, Gates.SMOOTH);
      case "gru" -> new Gru(n, Gates.SMOOTH);
      case "elstm" -> new Elstm(n, Gates.SMOOTH);
      case "rtu" -> new Rtu(n / 2);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private void dense(int n, int m, int[] inputGates, int[] recurrentGates) {
    for (int l = 0; l < m; l++) {
      for (int gate : inputGates) {
        column("weight_ih", gate * n, n, m, l);
      }
    }
    for (int l = 0; l < n; l++) {
      for (int gate : recurrentGates) {
        column("weight_hh", gate * n, n, n, l);
      }
    }
    for (int gate : inputGates) {
      add("bias_ih", gate * n, n);
    }
  }

  /** A block of rows of a matrix, transposed. */
  private void rows(String matrix, int row, int rows, int columns) {
    for (int l = 0; l < columns; l++) {
      column(matrix, row, rows, columns, l);
    }
  }

  private void transposed(int m, int n, String... matrices) {
    for (int l = 0; l < m; l++) {
      for (String matrix : matrices) {
        column(matrix, 0, n, m, l);
      }
    }
  }

  private void column(String matrix, int row, int rows, int columns, int column) {
    for (int u = 0; u < rows; u++) {
      names.add(matrix);
      indices.add((row + u) * columns + column);
    }
  }

  private void add(String vector, int from, int count) {
    for (int u = 0; u < count; u++) {
      names.add(vector);
      indices.add(from + u);
    }
  }

  int steps() {
    return values.get("steps").asInt();
  }

  float[] input(int step) {
    return floats(values.get("x").get(step));
  }

  double[] state(int step) {
    return doubles(values.get("state").get(step));
  }

  /** Whether a unit's next state depends on no other unit. */
  boolean elementWise() {
    return recurrence instanceof CellGroup group && group.elementWise();
  }

  float[] weights() {
    double[] inLayout = inLayout(values.get("weights"));
    float[] weights = new float[inLayout.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) inLayout[i];
    }
    return weights;
  }

  /** Gradient of adjoint * state after the step, null where the reference has none. */
  double[] gradient(int step) {
    JsonNode gradient = values.get("gradient").get(Integer.toString(step));
    return gradient == null ? null : inLayout(gradient);
  }

  float learningRate() {
    return (float) values.get("online").get("learning_rate").asDouble();
  }

  /** Weights after gradient descent on (v h)^2 / 2 at every event by classical RTRL. */
  double[] onlineFinalWeights() {
    return inLayout(values.get("online").get("final_weights"));
  }

  private double[] inLayout(JsonNode named) {
    double[] result = new double[names.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = doubles(named.get(names.get(i)))[indices.get(i)];
    }
    return result;
  }

  private static double[] doubles(JsonNode array) {
    List<Double> flat = new ArrayList<>();
    array.forEach(
        element -> {
          if (element.isArray()) {
            for (double value : doubles(element)) {
              flat.add(value);
            }
          } else {
            flat.add(element.asDouble());
          }
        });
    return flat.stream().mapToDouble(Double::doubleValue).toArray();
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
    try (InputStream in = Oracle.class.getResourceAsStream("/eddy/oracles/cells.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** ||actual - expected|| / ||expected||. */
  static double relativeError(float[] actual, double[] expected) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += (actual[i] - expected[i]) * (actual[i] - expected[i]);
      norm += expected[i] * expected[i];
    }
    return Math.sqrt(difference / norm);
  }

  @Override
  public String toString() {
    return cell + " U=" + values.get("units") + " I=" + recurrence.inputs();
  }
}
