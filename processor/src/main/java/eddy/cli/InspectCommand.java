package eddy.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import eddy.learn.IncompatibleStateException;
import eddy.learn.KeyState;
import eddy.learn.Prequential;
import eddy.learn.Tensor;
import eddy.learn.Weights;
import eddy.replay.LearnedState;
import eddy.task.Counter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows what an app has learned, without it noticing. */
@Command(
    name = "inspect",
    description = {
      "Shows what an app has learned, partition by partition: keys, bytes, updates, weights, counts,"
          + " snapshots; and of a key what it keeps.",
      "Reads committed records of the app's changelogs, outside of its group: the state of its last"
          + " commit."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  eddy inspect --config app.properties",
      "  eddy inspect --config app.properties --partition 2 --json",
      "  eddy inspect --config app.properties --key storm-17"
    },
    mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec specification;

  @Mixin private ConfigurationOption configuration;

  @Option(names = "--partition", paramLabel = "P", description = "Only this partition.")
  private Integer partition;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description =
          "The state of this key, in the partition where Kafka's producers put it unless --partition"
              + " says otherwise.")
  private String key;

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws IOException {
    ClientLog.errorsOnly();
    EddyConfig config = configuration.load();
    Prequential learner = config.newPrequential();
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("application_id", config.originals().get("application.id").toString())
        .put("learner", learner.learner())
        .put("parameters", learner.parameters())
        .put("bytes_per_key", learner.bytesPerKey())
        .put("fingerprint", Long.toHexString(learner.fingerprint()));
    try (LearnedState learned = LearnedState.open(config);
        Progress progress = Progress.of("inspect")) {
      ArrayNode all = root.putArray("partitions");
      Bytes asked = key == null ? null : Bytes.wrap(bytes(key));
      int first = first(learned.partitions());
      int last = last(learned.partitions());
      for (int p = first; p <= last; p++) {
        int before = p - first;
        learned.progress(
            (records, part) -> progress.update(records, (before + part) / (last - first + 1)));
        describe(p, learned.read(p, asked), learner, all.addObject());
      }
    }
    json.tell(() -> root, () -> InspectText.of(root));
    return CommandLine.ExitCode.OK;
  }

  private int first(int partitions) {
    if (partition != null && (partition < 0 || partition >= partitions)) {
      throw new ParameterException(
          specification.commandLine(),
          "--partition must lie between 0 and " + (partitions - 1) + " but was " + partition);
    }
    if (partition != null) {
      return partition;
    }
    return key == null ? 0 : Utils.toPositive(Utils.murmur2(bytes(key))) % partitions;
  }

  private int last(int partitions) {
    return partition == null && key == null ? partitions - 1 : first(partitions);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void describe(
      int number, LearnedState.Partition state, Prequential learner, ObjectNode out) {
    out.put("partition", number).put("keys", state.keys()).put("sets_of_weights", state.sets());
    ObjectNode bytes = out.putObject("changelog_bytes");
    state.bytes().forEach(bytes::put);
    ObjectNode counters = out.putObject("counts");
    for (Counter counter : Counter.values()) {
      long count = state.task().count(counter);
      if (count > 0) {
        counters.put(counter.name().toLowerCase(java.util.Locale.ROOT), count);
      }
    }
    out.put("paused", state.task().paused).put("rate_factor", state.task().rateFactor);
    if (state.weights() != null) {
      describe(state.weights(), learner, out.putObject("weights"));
    }
    ArrayNode snapshots = out.putArray("snapshots");
    state
        .snapshots()
        .forEach(
            (name, head) ->
                snapshots
                    .addObject()
                    .put("name", name)
                    .put("full", head.full())
                    .put("keys", head.keys())
                    .put("position", head.task().position));
    if (key != null) {
      describeKey(state.key(), learner, out);
    }
  }

  private static void describe(byte[] stored, Prequential learner, ObjectNode out) {
    out.put("bytes", stored.length)
        .put("fingerprint", Long.toHexString(Prequential.storedFingerprint(stored)));
    Weights weights;
    try {
      weights = learner.decodeWeights(stored);
    } catch (IncompatibleStateException e) {
      out.put("unreadable", e.getMessage());
      return;
    }
    out.put("updates", weights.updates()).put("skipped", weights.skipped());
    ArrayNode tensors = out.putArray("tensors");
    learner
        .tensors(weights)
        .forEach(
            (name, tensor) -> {
              ObjectNode node = tensors.addObject().put("name", name);
              ArrayNode shape = node.putArray("shape");
              for (int size : tensor.shape()) {
                shape.add(size);
              }
              node.put("rms", rms(tensor)).put("largest", largest(tensor));
            });
  }

  private static double rms(Tensor tensor) {
    double sum = 0;
    for (float value : tensor.values()) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum / Math.max(1, tensor.values().length));
  }

  private static double largest(Tensor tensor) {
    double largest = 0;
    for (float value : tensor.values()) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private void describeKey(byte[] stored, Prequential learner, ObjectNode out) {
    if (stored == null) {
      throw new ConfigurationException(
          "--key " + key + ": partition " + out.get("partition") + " keeps no such key");
    }
    KeyState state = learner.decodeHead(stored);
    out.putObject("key")
        .put("key", key)
        .put("bytes", stored.length)
        .put("events", state.events())
        .put("newest", Instant.ofEpochMilli(state.timestamp()).toString())
        .put("waiting_labels", learner.waiting(state));
  }
}
