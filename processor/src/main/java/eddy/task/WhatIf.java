package eddy.task;

import eddy.config.EddyConfig;
import eddy.drift.DriftState;
import eddy.event.DeadLetter;
import eddy.learn.LearnerSpec;
import eddy.learn.Prequential;
import eddy.ledger.LedgerEntry;
import eddy.query.TaskCopy;
import eddy.state.MapStore;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;

/**
 * What a task would say of an event, were it the next one: all that it does with an event is done
 * to copies, so that nothing is learned. For one thread.
 */
public final class WhatIf {
  private final EddyConfig config;
  private byte[] prediction;
  private String refusal;

  private WhatIf(EddyConfig config) {
    this.config = config;
  }

  /**
   * What a task would say.
   *
   * @param copy of the task, made for the key
   */
  public static WhatIf of(
      EddyConfig config, TaskCopy copy, byte[] key, byte[] value, long timestamp) {
    WhatIf whatIf = new WhatIf(config);
    whatIf.take(copy, key, value, timestamp);
    return whatIf;
  }

  /** The prediction record; null where there is none. */
  public byte[] prediction() {
    return prediction;
  }

  /** Why the event would be rejected; null where it would not. */
  public String refusal() {
    return refusal;
  }

  private void take(TaskCopy copy, byte[] key, byte[] value, long timestamp) {
    TaskStores stores = stores(copy, key);
    long offset = stores.task().get(KeyedLearner.TASK).inputOffset + 1;
    long position = stores.task().get(KeyedLearner.TASK).position + 1;
    TaskOutput output =
        new TaskOutput() {
          @Override
          public void prediction(LedgerEntry event, byte[] said) {
            prediction = said;
          }

          @Override
          public void deadLetter(LedgerEntry entry, byte[] said, Headers headers) {
            byte[] reason = headers.lastHeader(DeadLetter.REASON).value();
            refusal = new String(reason, StandardCharsets.UTF_8);
          }
        };
    LedgerEntry event =
        new LedgerEntry(
            LedgerEntry.Kind.EVENT,
            copy.partition(),
            offset,
            timestamp,
            key,
            value,
            new RecordHeaders());
    TaskLearner.ofJsonEvents(config, copy.partition(), stores, output).take(position, event);
  }

  private TaskStores stores(TaskCopy copy, byte[] key) {
    Prequential learner = config.newPrequential();
    TaskStores stores = new TaskStores(new MapStore<>(), new MapStore<>(), new MapStore<>());
    Bytes own = Bytes.wrap(key);
    stores.task().put(KeyedLearner.TASK, new TaskStateCodec().decode(copy.task()));
    if (copy.key() != null) {
      stores.keys().put(own, learner.decodeKeyState(copy.key()));
    }
    boolean shared = config.learnerSpec().scope() != LearnerSpec.Scope.KEY;
    Bytes scope = shared ? KeyedLearner.PARTITION : own;
    if (copy.weights() != null) {
      stores.weights().put(scope, learner.decodeWeights(copy.weights()));
    }
    if (copy.drift() != null) {
      stores.drift().put(scope, DriftState.decode(copy.drift()));
    }
    if (copy.driftOfKey() != null) {
      stores.drift().put(DriftWatch.at(own), DriftState.decode(copy.driftOfKey()));
    }
    return stores;
  }
}
