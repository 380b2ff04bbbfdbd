package eddy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eddy.config.EddyConfig;
import eddy.replay.Verification;
import eddy.replay.Verified;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;

/** Verifies an app's topic of predictions and tells the result. */
final class TopicVerification {
  /** Exit code of a topic that is not what its input gives. */
  static final int DIFFERENT = 3;

  private final PrintWriter error;
  private final JsonOption json;

  TopicVerification(CommandLine command, JsonOption json) {
    error = command.getErr();
    this.json = json;
  }

  /**
   * Compares every prediction.
   *
   * @param heapBytes bound of the state of all keys
   * @return the exit code
   */
  int run(EddyConfig config, String bootstrapServers, long heapBytes) throws IOException {
    Verified verified;
    try (Verification verification = Verification.open(config, bootstrapServers);
        Progress progress = Progress.of("verify")) {
      verified = verification.heapBytes(heapBytes).progress(progress::update).run();
    }
    warn(config, verified);
    json.tell(
        () -> new ObjectMapper().<JsonNode>valueToTree(data(verified)),
        () -> text(config, verified),
        json.paint()::report);
    return verified.difference().isEmpty() ? CommandLine.ExitCode.OK : DIFFERENT;
  }

  private void warn(EddyConfig config, Verified verified) {
    for (Verified.Behind behind : verified.behind()) {
      error.printf(
          Locale.ROOT,
          "eddy: no prediction yet from %s-%d on, of records up to offset %d: the app is behind, or"
              + " has stopped; what it has published is compared%n",
          behind.partition(),
          behind.offset(),
          behind.end() - 1);
    }
    if (verified.deleted() > 0) {
      error.printf(
          Locale.ROOT,
          "eddy: the first %,d predictions are no longer in %s and were not compared%n",
          verified.deleted(),
          config.outputTopic());
    }
    error.flush();
  }

  private static String text(EddyConfig config, Verified verified) {
    return verified
        .difference()
        .map(difference -> DifferenceText.of(difference, verified.predictions()))
        .orElseGet(
            () ->
                String.format(
                    Locale.ROOT,
                    "equal: %,d predictions of %s, byte for byte",
                    verified.predictions(),
                    config.outputTopic()));
  }

  private static Map<String, Object> data(Verified verified) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("equal", verified.difference().isEmpty());
    data.put("predictions", verified.predictions());
    data.put("deleted", verified.deleted());
    data.put("behind", verified.behind());
    verified
        .difference()
        .ifPresent(
            difference -> {
              Map<String, Object> first = new LinkedHashMap<>();
              first.put("topic", difference.partition().topic());
              first.put("partition", difference.partition().partition());
              first.put("offset", difference.offset());
              first.put("what", difference.what());
              first.put("fields", difference.fields());
              data.put("difference", first);
            });
    return data;
  }
}
