package eddy.task;

import eddy.drift.DriftState;
import eddy.learn.Prequential;
import eddy.state.ObjectStore;
import eddy.surprise.KeyLosses;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;

/**
 * Named copies of what a task has learned: its weights, and where they are full the states of its
 * keys.
 *
 * <p>In the store, under the name, a zero byte and one letter: h its {@link SnapshotHead}; w and k,
 * followed by a key, weights and key states in their stored form; d and e what is remembered of
 * drift, of weights and of keys that share them; l losses of keys, where these are scored. Taken
 * and restored between two entries, in the transaction of the command. What cannot be done is told
 * by a reason, and changes nothing.
 */
public final class Snapshots {
  /** Most snapshots of a task. */
  static final int MOST = 16;

  private static final byte HEAD = 'h';
  private static final byte WEIGHTS = 'w';
  private static final byte KEY = 'k';
  private static final byte DRIFT = 'd';
  private static final byte DRIFT_OF_KEY = 'e';
  private static final byte LOSSES = 'l';

  private final Prequential learner;
  private final TaskStores stores;
  private final ObjectStore<byte[]> kept;
  private final long mostBytes;

  /**
   * The snapshots of a task.
   *
   * @param mostBytes of one snapshot, for it is written in one transaction
   */
  Snapshots(Prequential learner, TaskStores stores, long mostBytes) {
    this.learner = learner;
    this.stores = stores;
    this.mostBytes = mostBytes;
    kept = stores.snapshots();
  }

  /**
   * Puts a task where its earliest full snapshot that is usable was taken; later ones are dropped,
   * for it has not come to them. Modifies the stores.
   *
   * @param stores with the snapshots alone
   * @param from the snapshot must have been taken at this position of the ledger or later
   * @return what is known of that snapshot; empty where there is none, and nothing was changed
   */
  public static Optional<SnapshotHead> begin(Prequential learner, TaskStores stores, long from) {
    Snapshots snapshots = new Snapshots(learner, stores, Long.MAX_VALUE);
    Map<String, SnapshotHead> heads = snapshots.heads();
    Optional<Map.Entry<String, SnapshotHead>> earliest =
        heads.entrySet().stream()
            .filter(entry -> entry.getValue().full())
            .filter(entry -> entry.getValue().task().position >= from)
            .min(Comparator.comparingLong(entry -> entry.getValue().task().position));
    earliest.ifPresent(
        found -> {
          SnapshotHead head = found.getValue();
          snapshots.rollBack(found.getKey());
          stores.task().put(KeyedLearner.TASK, head.task());
          heads.forEach(
              (name, other) -> {
                if (other.task().position > head.task().position) {
                  snapshots.drop(name);
                }
              });
        });
    return earliest.map(Map.Entry::getValue);
  }

  /** Snapshots by name. */
  public Map<String, SnapshotHead> heads() {
    return heads(kept);
  }

  /** Whether a key of a store of snapshots is of a snapshot's head, not of what it holds. */
  public static boolean isHead(Bytes key) {
    return key.get()[end(key) + 1] == HEAD;
  }

  /** Snapshots by name, in a store of snapshots. */
  public static Map<String, SnapshotHead> heads(ObjectStore<byte[]> kept) {
    Map<String, SnapshotHead> heads = new LinkedHashMap<>();
    kept.forEach(
        (key, value) -> {
          if (isHead(key)) {
            String name = new String(key.get(), 0, end(key), StandardCharsets.UTF_8);
            heads.put(name, SnapshotHead.decode(value));
          }
        });
    return heads;
  }

  /**
   * Takes a snapshot, instead of one that has the name already.
   *
   * @return the reason why it was not taken; null where it was
   */
  String take(Command.Snapshot command, TaskState task) {
    String name = command.name();
    boolean replaces = kept.get(at(name, HEAD)) != null;
    if (!replaces && heads().size() >= MOST) {
      return "there are " + MOST + " snapshots already; drop-snapshot one of " + names();
    }
    Copy weights = new Copy(name, WEIGHTS, mostBytes);
    stores.weights().forEach(weights.of(learner::encode));
    Copy drift = new Copy(name, DRIFT, mostBytes - weights.bytes);
    stores.drift().forEach(drift.of(DriftState::encode, state -> !state.isOfKey()));
    Copy keys = new Copy(name, KEY, mostBytes - weights.bytes - drift.bytes);
    Copy told = new Copy(name, DRIFT_OF_KEY, mostBytes - weights.bytes - drift.bytes);
    Copy losses = new Copy(name, LOSSES, mostBytes - weights.bytes - drift.bytes);
    if (command.full()) {
      stores.keys().forEach(keys.of(learner::encode));
      stores.drift().forEach(told.of(DriftState::encode, DriftState::isOfKey));
    }
    if (command.full() && stores.losses() != null) {
      stores.losses().forEach(losses.of(KeyLosses::encode));
    }
    long bytes = weights.bytes + drift.bytes + keys.bytes + told.bytes + losses.bytes;
    if (bytes > mostBytes) {
      return "snapshot "
          + name
          + " would have "
          + bytes
          + " bytes, above the "
          + mostBytes
          + " that one transaction may write; take it without keys, or raise eddy.snapshot.bytes";
    }
    delete(name);
    weights.keep();
    drift.keep();
    keys.keep();
    told.keep();
    losses.keep();
    SnapshotHead head =
        new SnapshotHead(command.full(), weights.values.size(), keys.values.size(), task);
    kept.put(at(name, HEAD), head.encode());
    return null;
  }

  /**
   * Makes weights, and key states where they are in it, those of a snapshot: others are deleted.
   *
   * @return the reason why it was not done; null where it was
   */
  String rollBack(String name) {
    byte[] head = kept.get(at(name, HEAD));
    if (head == null) {
      return none(name);
    }
    restore(name, WEIGHTS, stores.weights(), learner::decodeWeights, any -> true);
    restore(name, DRIFT, stores.drift(), DriftState::decode, state -> !state.isOfKey());
    if (SnapshotHead.decode(head).full()) {
      restore(name, KEY, stores.keys(), learner::decodeKeyState, any -> true);
      restore(name, DRIFT_OF_KEY, stores.drift(), DriftState::decode, DriftState::isOfKey);
    }
    if (SnapshotHead.decode(head).full() && stores.losses() != null) {
      restore(name, LOSSES, stores.losses(), KeyLosses::decode, any -> true);
    }
    return null;
  }

  /**
   * Deletes a snapshot.
   *
   * @return the reason why it was not done; null where it was
   */
  String drop(String name) {
    if (kept.get(at(name, HEAD)) == null) {
      return none(name);
    }
    delete(name);
    return null;
  }

  private String none(String name) {
    List<String> names = names();
    return "there is no snapshot "
        + name
        + (names.isEmpty() ? "; take one first" : "; there are " + String.join(", ", names));
  }

  private List<String> names() {
    return List.copyOf(heads().keySet());
  }

  /** Makes those of a store that a section is about what the section holds. */
  private <V> void restore(
      String name,
      byte section,
      ObjectStore<V> store,
      Function<byte[], V> decode,
      Predicate<V> about) {
    List<Bytes> present = new ArrayList<>();
    store.forEach(
        (key, value) -> {
          if (about.test(value)) {
            present.add(key);
          }
        });
    present.forEach(store::delete);
    for (Bytes key : keys(name, section)) {
      byte[] own = key.get();
      int prefix = end(key) + 2;
      store.put(
          Bytes.wrap(Arrays.copyOfRange(own, prefix, own.length)), decode.apply(kept.get(key)));
    }
  }

  private void delete(String name) {
    for (byte section : new byte[] {HEAD, WEIGHTS, KEY, DRIFT, DRIFT_OF_KEY, LOSSES}) {
      keys(name, section).forEach(kept::delete);
    }
  }

  private List<Bytes> keys(String name, byte section) {
    byte[] prefix = at(name, section).get();
    List<Bytes> keys = new ArrayList<>();
    kept.forEach(
        (key, value) -> {
          byte[] bytes = key.get();
          if (bytes.length >= prefix.length
              && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length)) {
            keys.add(key);
          }
        });
    return keys;
  }

  /** Where the name of a snapshot ends in a key of the store. */
  private static int end(Bytes key) {
    int end = 0;
    while (key.get()[end] != 0) {
      end++;
    }
    return end;
  }

  private static Bytes at(String name, byte section) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(text.length + 2).put(text).put((byte) 0).put(section).array());
  }

  /** Encoded objects of one kind, as long as they are within the bound. */
  private final class Copy {
    private final byte[] prefix;
    private final long most;
    private final Map<Bytes, byte[]> values = new LinkedHashMap<>();
    private long bytes;

    Copy(String name, byte section, long most) {
      prefix = at(name, section).get();
      this.most = most;
    }

    <V> BiConsumer<Bytes, V> of(Function<V, byte[]> encode) {
      return of(encode, any -> true);
    }

    <V> BiConsumer<Bytes, V> of(Function<V, byte[]> encode, Predicate<V> about) {
      return (key, value) -> {
        if (!about.test(value)) {
          return;
        }
        byte[] encoded = encode.apply(value);
        bytes += encoded.length;
        if (bytes <= most) {
          byte[] own = key.get();
          byte[] place = Arrays.copyOf(prefix, prefix.length + own.length);
          System.arraycopy(own, 0, place, prefix.length, own.length);
          values.put(Bytes.wrap(place), encoded);
        }
      };
    }

    void keep() {
      values.forEach(kept::put);
    }
  }
}
