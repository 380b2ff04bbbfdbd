package eddy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eddy.feature.Event;
import eddy.feature.FieldKind;
import eddy.learn.KeyState;
import eddy.learn.Prequential;
import eddy.learn.Tensor;
import eddy.learn.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightsFileTest {
  /** Kept for scripts/oracles/export.py. */
  private static final Path KEPT = Path.of("target", "exports");

  @TempDir Path folder;

  private static Map<String, String> properties(String cell, int layers, String panel) {
    Map<String, String> properties = new HashMap<>();
    properties.put("eddy.features", "x,kind:category(4)");
    properties.put("eddy.targets", "x@+1,kind:category(4)@+1");
    properties.put("eddy.cell", cell);
    properties.put("eddy.units", "8");
    properties.put("eddy.layers", String.valueOf(layers));
    properties.put("eddy.panel", panel);
    properties.put("eddy.budget.key.bytes", "4000000");
    return properties;
  }

  private static Weights learned(Prequential learner) {
    Weights weights = learner.newWeights();
    KeyState key = learner.newKeyState();
    Event event = new Event(learner.schema());
    for (int i = 0; i < 200; i++) {
      event.position = i;
      event.timestamp = 1000L * i;
      event.numbers[learner.schema().index("x", FieldKind.NUMBER)] = Math.sin(i / 3.0);
      event.categories[learner.schema().index("kind", FieldKind.CATEGORY)] = "k" + i * i % 3;
      learner.observe(event, key, weights);
    }
    return weights;
  }

  @ParameterizedTest
  @CsvSource({
    "elman, 1, single",
    "gru, 1, single",
    "lstm, 1, single",
    "gru, 2, single",
    "lstm, 1, auto",
    "mixed, 1, auto"
  })
  void read_whatWasWritten_startsALearnerWithTheSameBits(String cell, int layers, String panel)
      throws IOException {
    Prequential learner = EddyConfig.of(properties(cell, layers, panel)).newPrequential();
    Weights weights = learned(learner);
    Map<String, Tensor> tensors = new LinkedHashMap<>(learner.tensors(weights));
    tensors.putAll(learner.check(weights, 50));
    Files.createDirectories(KEPT);
    Path file = KEPT.resolve(cell + "-" + layers + "-" + panel + ".safetensors");
    String fingerprint = Long.toHexString(learner.specFingerprint());
    byte[] state = learner.encode(weights);
    WeightsFile.write(file, tensors, state, Map.of(WeightsFile.FINGERPRINT, fingerprint));

    Map<String, String> started = properties(cell, layers, panel);
    started.put("eddy.weights.initial", file.toString());
    Prequential other = EddyConfig.of(started).newPrequential();

    assertThat(other.fingerprint()).isNotEqualTo(learner.fingerprint());
    assertThat(withoutFingerprint(other.encode(other.newWeights())))
        .isEqualTo(withoutFingerprint(state));
  }

  private static byte[] withoutFingerprint(byte[] weights) {
    return Arrays.copyOfRange(weights, 12, weights.length - 4);
  }

  @Test
  void write_lstm_hasPyTorchsNamesInAHeaderOfJson() throws IOException {
    Prequential learner = EddyConfig.of(properties("lstm", 1, "single")).newPrequential();
    Path file = folder.resolve("weights.safetensors");
    WeightsFile.write(file, learner.tensors(learner.newWeights()), null, Map.of("cell", "lstm"));

    byte[] bytes = Files.readAllBytes(file);
    String header =
        new String(bytes, 8, (bytes[0] & 0xff) + 256 * (bytes[1] & 0xff), StandardCharsets.UTF_8);
    assertThat(header)
        .startsWith("{\"__metadata__\":{\"cell\":\"lstm\"}")
        .contains("\"weight_ih_l0\":{\"dtype\":\"F32\",\"shape\":[32,5],\"data_offsets\":[0,640]}")
        .contains("\"weight_hh_l0\":{\"dtype\":\"F32\",\"shape\":[32,8]")
        .contains("\"bias_ih_l0\"", "\"bias_hh_l0\"", "\"readout.numbers\"");
  }

  @Test
  void of_fileOfAnotherCell_saysWhichNamesThereAre() throws IOException {
    Prequential learner = EddyConfig.of(properties("lstm", 1, "single")).newPrequential();
    Path file = folder.resolve("weights.safetensors");
    WeightsFile.write(file, learner.tensors(learner.newWeights()), null, Map.of());
    Map<String, String> other = properties("mixed", 1, "single");
    other.put("eddy.weights.initial", file.toString());

    assertThatThrownBy(() -> EddyConfig.of(other).newPrequential())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("eddy.weights.initial=" + file)
        .hasMessageContaining("cells0.own_l0");
  }

  @Test
  void of_fileThatIsNone_saysSo() throws IOException {
    Path file = folder.resolve("weights.safetensors");
    Files.writeString(file, "weights");
    Map<String, String> properties = properties("lstm", 1, "single");
    properties.put("eddy.weights.initial", file.toString());

    assertThatThrownBy(() -> EddyConfig.of(properties))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("is no safetensors file");
  }
}
