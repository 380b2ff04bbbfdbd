package eddy.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import eddy.config.WeightsFile;
import eddy.learn.LearnerSpec;
import eddy.learn.Prequential;
import eddy.learn.Tensor;
import eddy.learn.Weights;
import eddy.replay.LearnedState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes what a partition, or a key, has learned as a safetensors file. */
@Command(
    name = "export",
    description = {
      "Writes the weights of a partition, or of a key that has its own, as a safetensors file. Cells"
          + " that PyTorch has (elman, lstm, gru) have its names and order of gates: weight_ih_l0,"
          + " weight_hh_l0, bias_ih_l0, bias_hh_l0, l1 and so on for further layers. Others are"
          + " own_l0, input_l0, recurrent_l0, bias_l0, or values_l0 as they stand; readouts"
          + " readout.numbers and readout.classes; of a panel each under the name of its member.",
      "The tensor eddy.state holds all else that was learned, in Eddy's own form."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  eddy export --config app.properties --output weights.safetensors",
      "  eddy export --config app.properties --partition 3 --weights-only --output p3.safetensors"
    },
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  private static final String UPDATES = "updates";

  @Mixin private ConfigurationOption configuration;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "The file, which is replaced where it is there.")
  private Path output;

  @Option(
      names = "--partition",
      paramLabel = "P",
      description = "Whose weights; 0 unless given, or the key's.")
  private Integer partition;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "The key whose weights are wanted, with eddy.weights=key.")
  private String key;

  @Option(
      names = "--weights-only",
      description = "Leave out statistics, optimisers and classes: only what PyTorch would want.")
  private boolean weightsOnly;

  @Option(
      names = "--check",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Add what the cells show of N made-up inputs, check.inputs and check.outputs, which"
              + " scripts/oracles/export.py compares with PyTorch's.")
  private int check;

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws IOException {
    ClientLog.errorsOnly();
    EddyConfig config = configuration.load();
    boolean byKey = config.learnerSpec().scope() == LearnerSpec.Scope.KEY;
    if (byKey != (key != null)) {
      throw new ConfigurationException(
          byKey
              ? "--key is missing; with eddy.weights=key each key has its own weights"
              : "--key: keys share weights, unless eddy.weights=key; remove it");
    }
    Prequential learner = config.newPrequential();
    byte[] state;
    try (LearnedState learned = LearnedState.open(config);
        Progress progress = Progress.of("export")) {
      state = stored(learned.progress(progress::update));
    }
    Weights weights = learner.decodeWeights(state);
    Map<String, String> about = new TreeMap<>();
    about.put("cell", config.learnerSpec().network().name());
    about.put("units", String.valueOf(config.learnerSpec().network().units()));
    about.put("learner", learner.learner());
    about.put(UPDATES, String.valueOf(weights.updates()));
    about.put(WeightsFile.FINGERPRINT, Long.toHexString(learner.specFingerprint()));
    Map<String, Tensor> tensors = new LinkedHashMap<>(learner.tensors(weights));
    if (check > 0) {
      tensors.putAll(learner.check(weights, check));
    }
    WeightsFile.write(output, tensors, weightsOnly ? null : state, about);
    ObjectNode report = report(about, tensors.keySet());
    json.tell(() -> report, () -> "written: " + output);
    return CommandLine.ExitCode.OK;
  }

  private ObjectNode report(Map<String, String> about, Set<String> tensors) {
    ObjectNode report =
        new ObjectMapper()
            .createObjectNode()
            .put("file", output.toString())
            .put("key", key)
            .put("updates", Long.parseLong(about.get(UPDATES)))
            .put("fingerprint", about.get(WeightsFile.FINGERPRINT))
            .put("state", !weightsOnly);
    tensors.forEach(report.putArray("tensors")::add);
    return report;
  }

  private byte[] stored(LearnedState learned) throws IOException {
    Bytes asked = null;
    int place = partition == null ? 0 : partition;
    if (key != null) {
      byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
      asked = Bytes.wrap(bytes);
      if (partition == null) {
        place = Utils.toPositive(Utils.murmur2(bytes)) % learned.partitions();
      }
    }
    if (place < 0 || place >= learned.partitions()) {
      throw new ConfigurationException(
          "--partition must lie between 0 and " + (learned.partitions() - 1) + " but was " + place);
    }
    byte[] stored = learned.read(place, asked).weights();
    if (stored == null) {
      throw new ConfigurationException(
          "partition " + place + " has learned nothing yet" + (key == null ? "" : " of " + key));
    }
    return stored;
  }
}
