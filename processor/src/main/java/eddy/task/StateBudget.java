package eddy.task;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import eddy.drift.DriftState;
import eddy.learn.LearnerSpec;
import eddy.learn.Prequential;
import eddy.learn.Rehearsal;
import eddy.surprise.KeyLosses;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What the state of an app takes, computed before it starts: on the heap and outside of it, in the
 * changelogs, and when it must be restored.
 *
 * @param expectedKeys of all partitions together
 * @param partitions of the input
 * @param keyBytes most bytes of one key's state, encoded
 * @param eventBytes bytes of it that are written anew after one event, on average
 * @param weightsBytes most bytes of one set of weights, encoded
 * @param weightsByKey whether every key has its own
 * @param beside what is kept beside keys and weights
 * @param liveBytes heap for live objects
 * @param heapBytes all of the heap
 * @param rocksBytes memory of the stores outside of the heap
 * @param commitBytes that may wait for a commit
 */
public record StateBudget(
    long expectedKeys,
    int partitions,
    long keyBytes,
    long eventBytes,
    long weightsBytes,
    boolean weightsByKey,
    List<Beside> beside,
    long liveBytes,
    long heapBytes,
    long rocksBytes,
    long commitBytes) {
  private static final String EACH = "with each event";
  private static final String ONCE = "once a commit";

  /** Bytes a second that were measured when changelogs were restored, the least and the most. */
  private static final double[] RESTORED = {66e6, 80e6};

  /** Events that show what one changes: two blocks of the longest that are planned. */
  private static final int REHEARSED = 128;

  /** More would take longer than anybody waits for a table. */
  private static final long MOST_MACS = 100_000_000;

  /**
   * A store beside those of keys and weights.
   *
   * @param name in the table
   * @param bytes most bytes of one object, encoded
   * @param byKey whether every key has one; else every partition
   * @param written when an object is written anew
   */
  public record Beside(String name, long bytes, boolean byKey, String written) {}

  public StateBudget {
    beside = List.copyOf(beside);
  }

  /**
   * The budget of a configuration.
   *
   * @param learner of the configuration
   * @param partitions of the input; 1 where they are not known
   */
  public static StateBudget of(EddyConfig config, Prequential learner, int partitions) {
    LearnerSpec spec = config.learnerSpec();
    long keyBytes = learner.encodeHead(learner.newKeyState()).length + learner.parts().bytes();
    boolean large = config.plan().chosen().eventMacs() > MOST_MACS;
    return new StateBudget(
        config.expectedKeys(),
        partitions,
        keyBytes,
        large ? keyBytes : new Rehearsal(learner).storedBytes(REHEARSED),
        learner.encode(learner.newWeights()).length + learner.sparseBytes(),
        spec.scope() == LearnerSpec.Scope.KEY,
        beside(config, spec),
        config.heapBytes(),
        Runtime.getRuntime().maxMemory(),
        config.rocksBytes(),
        config.commitBytes());
  }

  private static List<Beside> beside(EddyConfig config, LearnerSpec spec) {
    List<Beside> beside = new ArrayList<>();
    if (config.scoresTopic() != null) {
      beside.add(new Beside("losses", KeyLosses.mostBytes(spec.targets().size()), true, EACH));
    }
    if (spec.drift().looks()) {
      boolean byKey = spec.scope() == LearnerSpec.Scope.KEY;
      boolean[] bounded = new boolean[spec.targets().size()]; // as long in bytes either way
      long bytes = DriftState.of(spec.drift().detection(), bounded).mostBytes();
      beside.add(new Beside("drift", bytes, byKey, byKey ? EACH : ONCE));
      if (spec.drift().resets() && !byKey) {
        beside.add(new Beside("resets", DriftState.ofKey(0).mostBytes(), true, "after each"));
      }
    }
    return beside;
  }

  /** Bytes of one key with all that is its own. */
  private long ownBytes() {
    return keyBytes + (weightsByKey ? weightsBytes : 0) + besideKeys(any -> true);
  }

  private long besideKeys(Predicate<Beside> which) {
    return beside.stream().filter(Beside::byKey).filter(which).mapToLong(Beside::bytes).sum();
  }

  private long objects(Beside of) {
    return of.byKey() ? expectedKeys : partitions;
  }

  private long sets() {
    return weightsByKey ? expectedKeys : partitions;
  }

  /** Bytes in the stores and, compacted, in the changelogs. */
  public long storedBytes() {
    long more = beside.stream().mapToLong(each -> objects(each) * each.bytes()).sum();
    return expectedKeys * keyBytes + sets() * weightsBytes + more;
  }

  /** Keys that are live at a time, at most. */
  public long liveKeys() {
    return Math.min(expectedKeys, Math.max(1, liveBytes / ownBytes()));
  }

  /** Seconds to restore all of it, the least and the most. */
  public double[] restoreSeconds() {
    return new double[] {storedBytes() / RESTORED[1], storedBytes() / RESTORED[0]};
  }

  /** Bytes that a commit writes where each live key had one event. */
  public long commitBytesExpected() {
    long weights = weightsByKey ? liveKeys() : partitions;
    long each = eventBytes + besideKeys(any -> any.written().equals(EACH));
    return Math.min(commitBytes, liveKeys() * each) + weights * weightsBytes;
  }

  /** The table, line by line. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(row("state", "bytes each", "objects", "bytes in all", "written per event"));
    lines.add(
        row(
            "keys",
            text(keyBytes),
            text(expectedKeys),
            text(expectedKeys * keyBytes),
            text(eventBytes)));
    lines.add(row("weights", text(weightsBytes), text(sets()), text(sets() * weightsBytes), ONCE));
    for (Beside each : beside) {
      lines.add(
          row(
              each.name(),
              text(each.bytes()),
              text(objects(each)),
              text(objects(each) * each.bytes()),
              each.written().equals(EACH) ? text(each.bytes()) : each.written()));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "heap: %s of %s bytes for live objects (eddy.heap.bytes, -Xmx): %s of %s keys"
                + " (eddy.expected.keys)",
            text(liveBytes),
            text(heapBytes),
            text(liveKeys()),
            text(expectedKeys)));
    lines.add("outside of the heap: RocksDB " + text(rocksBytes) + " bytes (eddy.rocksdb.bytes)");
    lines.add(
        String.format(
            Locale.ROOT,
            "changelog: about %s bytes a commit where every live key had one event; a key at most %s;"
                + " what waits for a commit at most %s",
            text(commitBytesExpected()),
            text(ownBytes()),
            text(commitBytes)));
    double[] seconds = restoreSeconds();
    lines.add(
        String.format(
            Locale.ROOT,
            "restore: %s bytes in %.1f to %.1f s, at 80 to 66 MB/s",
            text(storedBytes()),
            seconds[0],
            seconds[1]));
    return lines;
  }

  private static String row(String name, String... cells) {
    return String.format(
        Locale.ROOT, "%-8s%16s%14s%20s%19s", name, cells[0], cells[1], cells[2], cells[3]);
  }

  private static String text(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** What cannot work, a line each with the setting to change; empty where it can. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (ownBytes() > liveBytes) {
      problems.add(
          "eddy.heap.bytes="
              + liveBytes
              + ": one key takes "
              + ownBytes()
              + " bytes; raise it, or -Xmx where it is a quarter of the heap, or lower eddy.units");
    }
    long shared = weightsByKey ? 0 : partitions * weightsBytes;
    if (shared + liveBytes > heapBytes) {
      problems.add(
          "eddy.heap.bytes="
              + liveBytes
              + ": with "
              + shared
              + " bytes for the weights of "
              + partitions
              + " partitions it is more than the heap of "
              + heapBytes
              + "; lower it, or raise -Xmx");
    }
    if (Math.max(ownBytes(), shared) > commitBytes) {
      problems.add(
          "commit.interval.ms: a transaction has time left to write "
              + commitBytes
              + " bytes of state, but "
              + (shared > ownBytes() ? "weights of all partitions take " : "one key takes ")
              + Math.max(ownBytes(), shared)
              + "; lower it, or raise producer.transaction.timeout.ms");
    }
    return problems;
  }

  /**
   * Refuses what cannot work.
   *
   * @return this
   * @throws ConfigurationException with all problems
   */
  public StateBudget require() {
    List<String> problems = problems();
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return this;
  }
}
