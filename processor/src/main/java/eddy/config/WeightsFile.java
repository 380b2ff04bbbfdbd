package eddy.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eddy.learn.StartingWeights;
import eddy.learn.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Weights as a safetensors file: length of the header (8 bytes, little-endian), the header in JSON,
 * the tensors.
 *
 * <p>Learned weights are F32 tensors under their names. Whatever else was learned, statistics,
 * optimisers, classes, is the U8 tensor {@value #STATE} in Eddy's own form. The metadata says what
 * they are: cell, units, fingerprint.
 */
public final class WeightsFile {
  /** The tensor that holds what is no weight. */
  public static final String STATE = "eddy.state";

  /**
   * Metadata: fingerprint of the configuration that the state belongs to, in hexadecimal digits.
   */
  public static final String FINGERPRINT = "fingerprint";

  /** Within the names of tensors that are no weights, but what cells show with them. */
  private static final String CHECK = "check.";

  private static final String METADATA = "__metadata__";
  private static final int ALIGNMENT = 8;
  private static final long LONGEST_HEADER = 1 << 26;
  private static final ObjectMapper JSON = new ObjectMapper();

  private WeightsFile() {}

  /**
   * Writes a file.
   *
   * @param state what is no weight; null to leave it out
   */
  public static void write(
      Path file, Map<String, Tensor> tensors, byte[] state, Map<String, String> metadata)
      throws IOException {
    ObjectNode header = JSON.createObjectNode();
    ObjectNode about = header.putObject(METADATA);
    metadata.forEach(about::put);
    long end = 0;
    for (Map.Entry<String, Tensor> named : tensors.entrySet()) {
      Tensor tensor = named.getValue();
      long length = (long) Float.BYTES * tensor.values().length;
      describe(header.putObject(named.getKey()), "F32", tensor.shape(), end, end + length);
      end += length;
    }
    if (state != null) {
      int[] shape = {state.length};
      describe(header.putObject(STATE), "U8", shape, end, end + state.length);
      end += state.length;
    }
    byte[] text = JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
    int padded = (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer out =
        ByteBuffer.allocate(Math.toIntExact(Long.BYTES + padded + end))
            .order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(padded).put(text).put(" ".repeat(padded - text.length).getBytes());
    for (Tensor tensor : tensors.values()) {
      for (float value : tensor.values()) {
        out.putFloat(value);
      }
    }
    if (state != null) {
      out.put(state);
    }
    Files.write(file, out.array());
  }

  private static void describe(ObjectNode node, String type, int[] shape, long from, long to) {
    node.put("dtype", type);
    for (int size : shape) {
      node.withArray("/shape").add(size);
    }
    node.putArray("data_offsets").add(from).add(to);
  }

  /**
   * Reads a file, of which tensors of other types than F32 are refused.
   *
   * @throws IOException where it cannot be read or is no such file
   */
  public static StartingWeights read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long length = bytes.length < Long.BYTES ? -1 : in.getLong();
    if (length < 0 || length > Math.min(LONGEST_HEADER, in.remaining())) {
      throw new IOException(file + " is no safetensors file");
    }
    JsonNode header = JSON.readTree(bytes, Long.BYTES, (int) length);
    int data = (int) (Long.BYTES + length);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    byte[] state = null;
    for (Map.Entry<String, JsonNode> named : header.properties()) {
      JsonNode about = named.getValue();
      if (named.getKey().equals(METADATA) || named.getKey().contains(CHECK)) {
        continue;
      }
      ByteBuffer values = slice(file, in, data, named);
      if (named.getKey().equals(STATE)) {
        state = new byte[values.remaining()];
        values.get(state);
      } else if (about.path("dtype").asText().equals("F32")) {
        tensors.put(named.getKey(), tensor(file, named.getKey(), about, values));
      } else {
        throw new IOException(
            file + ": " + named.getKey() + " is " + about.path("dtype").asText() + "; write F32");
      }
    }
    String fingerprint = header.path(METADATA).path(FINGERPRINT).asText("0");
    try {
      return new StartingWeights(
          tensors, state, Long.parseUnsignedLong(fingerprint, 16), digest(bytes));
    } catch (NumberFormatException e) {
      throw new IOException(
          file
              + ": "
              + FINGERPRINT
              + " must be up to 16 hexadecimal digits but was "
              + fingerprint);
    }
  }

  private static ByteBuffer slice(
      Path file, ByteBuffer in, int data, Map.Entry<String, JsonNode> named) throws IOException {
    long from = named.getValue().path("data_offsets").path(0).asLong(-1);
    long to = named.getValue().path("data_offsets").path(1).asLong(-1);
    if (from < 0 || to < from || to > in.capacity() - data) {
      throw new IOException(file + ": " + named.getKey() + " lies outside of the file");
    }
    return in.slice((int) (data + from), (int) (to - from)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Tensor tensor(Path file, String name, JsonNode about, ByteBuffer bytes)
      throws IOException {
    int[] shape = new int[about.path("shape").size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = about.path("shape").path(i).asInt();
    }
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    try {
      return new Tensor(shape, values);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + name + ": " + e.getMessage(), e);
    }
  }

  private static long digest(byte[] bytes) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
