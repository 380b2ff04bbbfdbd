package eddy.crash;

import eddy.config.EddyConfig;
import eddy.learn.Prequential;
import eddy.state.StoredValues;
import eddy.task.TaskStores;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;

/** The weights that a replay has learned, as the changelog of an app would hold them. */
final class LedgerReplay {
  private final Prequential learner;
  private final Map<String, String> weights = new TreeMap<>();

  LedgerReplay(EddyConfig config) {
    learner = config.newPrequential();
  }

  /** Takes what one partition has learned. */
  void take(TaskStores stores, int partition) {
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

  /** By partition and key. */
  Map<String, String> weights() {
    return weights;
  }
}
