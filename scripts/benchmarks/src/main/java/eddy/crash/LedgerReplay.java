package eddy.crash;

import eddy.config.EddyConfig;
import eddy.learn.Prequential;
import eddy.replay.Verification;
import eddy.replay.Verified;
import eddy.state.StoredValues;
import eddy.task.TaskStores;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;

/** The weights that a replay has learned, as the changelog of an app would hold them. */
public final class LedgerReplay {
  private final Prequential learner;
  private final Map<String, String> weights = new TreeMap<>();

  private LedgerReplay(EddyConfig config) {
    learner = config.newPrequential();
  }

  /** Takes what one partition has learned. */
  private void take(TaskStores stores, int partition) {
    stores
        .weights()
        .forEach(
            (Bytes key, eddy.learn.Weights learned) -> {
              byte[] encoded = learner.encode(learned);
              weights.put(
                  partition + " " + HexFormat.of().formatHex(key.get()),
                  StoredValues.whole(encoded));
            });
  }

  /**
   * What predictions and weights of an app differ in from a replay of its ledger, in one line;
   * empty where nothing does.
   *
   * @param predictions that there must be
   */
  public static Optional<String> difference(
      EddyConfig config, String bootstrapServers, long predictions) throws IOException {
    LedgerReplay replay = new LedgerReplay(config);
    Verified verified;
    try (Verification verification = Verification.open(config, bootstrapServers)) {
      verified = verification.learned(replay::take).run();
    }
    if (verified.difference().isPresent()) {
      return verified.difference().map(found -> found.place() + " " + found.what());
    }
    if (verified.predictions() != predictions) {
      return Optional.of(
          "expected " + predictions + " predictions, found " + verified.predictions());
    }
    return Remains.difference(
        "weights", Remains.stored(bootstrapServers, config, "weights"), replay.weights);
  }
}
