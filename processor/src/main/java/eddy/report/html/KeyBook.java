package eddy.report.html;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys of a report in bounded memory. The first {@value #MOST_KEYS} are followed; rows of later
 * ones are counted only. When the traces of all keys outgrow their bound, those of the most
 * frequent, best and worst keys stay, and the others begin anew.
 */
final class KeyBook {
  static final int MOST_KEYS = 20_000;

  private static final int MOST_CHARACTERS = 200;

  /** Rows of all traces, unless the traces of chosen keys alone come near it. */
  static final int TRACE_ROWS = 120_000;

  /** Traces that stay: together a half of the bound when all of them are full. */
  private static final int TRACED = 24;

  /** As many keys as a page shows. */
  private static final int FEWEST_TRACED = 12;

  private final int targets;
  private final Map<String, KeyRecord> records = new HashMap<>();
  private long otherRows;
  private long traceRows;
  private long traceRoom = TRACE_ROWS;

  /** Why a key is shown. */
  enum Choice {
    FREQUENT,
    BEST,
    WORST
  }

  KeyBook(int targets) {
    this.targets = targets;
  }

  /** The record of a key; null where too many keys came before it. */
  KeyRecord of(String key) {
    String name =
        key.length() <= MOST_CHARACTERS ? key : key.substring(0, MOST_CHARACTERS - 1) + "\u2026";
    KeyRecord record = records.get(name);
    if (record == null) {
      if (records.size() == MOST_KEYS) {
        otherRows++;
        return null;
      }
      record = new KeyRecord(name, targets);
      records.put(name, record);
    }
    record.labels++;
    return record;
  }

  /** Adds a row to the trace of a key. */
  void trace(KeyRecord record, int target, double[] row) {
    if (record.traces == null) {
      record.traces = new Trace[targets];
    }
    if (record.traces[target] == null) {
      record.traces[target] = new Trace();
    }
    Trace trace = record.traces[target];
    int before = trace.held();
    trace.add(row);
    traceRows += trace.held() - before;
    if (traceRows > traceRoom) {
      forgetTraces();
    }
  }

  private void forgetTraces() {
    int each = Math.max(FEWEST_TRACED, TRACED / targets) / Choice.values().length;
    Collection<KeyRecord> kept = choose(each, true).keySet();
    traceRows = 0;
    for (KeyRecord record : records.values()) {
      if (!kept.contains(record)) {
        record.traces = null;
      } else {
        traceRows += rows(record);
      }
    }
    traceRoom = Math.max(TRACE_ROWS, 2 * traceRows);
  }

  private static long rows(KeyRecord record) {
    long rows = 0;
    for (Trace trace : record.traces) {
      rows += trace == null ? 0 : trace.held();
    }
    return rows;
  }

  /**
   * The most frequent keys, then the best and the worst of those that have enough labels to tell.
   *
   * @param each how many for each reason
   * @param traced only keys whose traces are kept
   */
  Map<KeyRecord, Choice> choose(int each, boolean traced) {
    List<KeyRecord> candidates = new ArrayList<>(records.values());
    candidates.removeIf(record -> traced && record.traces == null);
    candidates.sort(
        Comparator.comparingLong((KeyRecord record) -> -record.labels)
            .thenComparing(record -> record.key));
    Map<KeyRecord, Choice> chosen = new LinkedHashMap<>();
    add(chosen, candidates, each, Choice.FREQUENT);
    long fewest = fewestLabels();
    candidates.removeIf(record -> record.labels < fewest || chosen.containsKey(record));
    Map<KeyRecord, Double> skills = new HashMap<>();
    candidates.forEach(record -> skills.put(record, record.skill()));
    candidates.sort(
        Comparator.comparingDouble((KeyRecord record) -> -skills.get(record))
            .thenComparing(record -> record.key));
    // where few are left, the better half is best and the other worst
    int half = Math.min(each, (candidates.size() + 1) / 2);
    add(chosen, candidates, half, Choice.BEST);
    List<KeyRecord> worst = new ArrayList<>(candidates.subList(half, candidates.size()));
    Collections.reverse(worst);
    add(chosen, worst, each, Choice.WORST);
    return chosen;
  }

  private static void add(
      Map<KeyRecord, Choice> chosen, List<KeyRecord> candidates, int count, Choice choice) {
    for (KeyRecord record : candidates.subList(0, Math.min(count, candidates.size()))) {
      chosen.put(record, choice);
    }
  }

  /** Labels that a key needs to be called good or bad: half of the mean. */
  long fewestLabels() {
    long labels = records.values().stream().mapToLong(record -> record.labels).sum();
    return records.isEmpty() ? 1 : Math.max(1, labels / records.size() / 2);
  }

  Collection<KeyRecord> records() {
    return records.values();
  }

  /** Rows that are held of all traces. */
  long traceRows() {
    return traceRows;
  }

  /** Rows of keys that are not followed. */
  long otherRows() {
    return otherRows;
  }
}
