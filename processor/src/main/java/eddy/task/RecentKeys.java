package eddy.task;

import eddy.query.KeyReport.RecentEvent;
import eddy.query.KeyReport.RecentTarget;
import eddy.query.TaskSummary.SeenKey;
import eddy.query.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.common.utils.Bytes;

/**
 * The newest events of keys and what was predicted at them, in memory. Bounded in bytes: keys that
 * are silent for longest go first.
 */
final class RecentKeys {
  /** Most events of a key. */
  static final int EVENTS = 100;

  private static final int KEY_BYTES = 256;
  private static final int EVENT_BYTES = 128;
  private static final int FIELD_BYTES = 96;
  private static final int TARGET_BYTES = 240;
  private static final int CLASS_BYTES = 96;

  private final LongSupplier bound;

  /** From the one that is silent for longest to the newest. */
  private final LinkedHashMap<Bytes, Recent> keys = new LinkedHashMap<>();

  private long bytes;

  /** What is held of a key. */
  private static final class Recent {
    final ArrayDeque<Entry> events = new ArrayDeque<>();
    double surprise = Double.NaN;
    long bytes = KEY_BYTES;

    /** What the estimator was at the newest event; null where it is as always. */
    String fallback;

    Entry at(long position) {
      Iterator<Entry> newestFirst = events.descendingIterator();
      while (newestFirst.hasNext()) {
        Entry entry = newestFirst.next();
        if (entry.position <= position) {
          return entry.position == position ? entry : null;
        }
      }
      return null;
    }
  }

  private static final class Entry {
    final long position;
    final long time;
    final Map<String, Value> fields;
    RecentTarget[] targets;
    long bytes;

    Entry(long position, long time, Map<String, Value> fields) {
      this.position = position;
      this.time = time;
      this.fields = fields;
      bytes = EVENT_BYTES + (long) FIELD_BYTES * fields.size();
    }
  }

  /**
   * Nothing is held yet.
   *
   * @param bound in bytes, asked at every event
   */
  RecentKeys(LongSupplier bound) {
    this.bound = bound;
  }

  /** Takes an event of a key. */
  void event(Bytes key, long position, long time, Map<String, Value> fields, String fallback) {
    Recent recent = keys.remove(key);
    if (recent == null) {
      recent = new Recent();
      recent.bytes += key.get().length;
      bytes += recent.bytes;
    }
    keys.put(key, recent);
    recent.fallback = fallback;
    Entry entry = new Entry(position, time, fields);
    recent.events.addLast(entry);
    grow(recent, entry.bytes);
    if (recent.events.size() > EVENTS) {
      grow(recent, -recent.events.removeFirst().bytes);
    }
    makeRoom();
  }

  /** Takes what was predicted for an event of a key, where that is still held. */
  void predicted(Bytes key, long position, RecentTarget[] targets) {
    Recent recent = keys.get(key);
    Entry entry = recent == null ? null : recent.at(position);
    if (entry == null) {
      return;
    }
    entry.targets = targets;
    long more = 0;
    for (RecentTarget target : targets) {
      int classes = target.classes() == null ? 0 : target.classes().size();
      more += TARGET_BYTES + (long) CLASS_BYTES * classes;
    }
    entry.bytes += more;
    grow(recent, more);
  }

  /** Takes a label of an event of a key, where that is still held. */
  void settled(Bytes key, long position, int target, Value label, double surprise) {
    Recent recent = keys.get(key);
    if (recent == null) {
      return;
    }
    if (!Double.isNaN(surprise)) {
      recent.surprise = surprise;
    }
    Entry entry = recent.at(position);
    if (entry != null && entry.targets != null) {
      entry.targets[target] = entry.targets[target].settled(label, surprise);
    }
  }

  private void grow(Recent recent, long more) {
    recent.bytes += more;
    bytes += more;
  }

  private void makeRoom() {
    long most = bound.getAsLong();
    Iterator<Recent> oldest = keys.values().iterator();
    while (bytes > most && oldest.hasNext()) {
      bytes -= oldest.next().bytes;
      oldest.remove();
    }
  }

  void forget(Bytes key) {
    Recent recent = keys.remove(key);
    if (recent != null) {
      bytes -= recent.bytes;
    }
  }

  /** Bytes that are held, as they are counted. */
  long bytes() {
    return bytes;
  }

  /** Copies of the events of a key, oldest first. */
  List<RecentEvent> events(Bytes key, String idPrefix) {
    Recent recent = keys.get(key);
    if (recent == null) {
      return List.of();
    }
    List<RecentEvent> events = new ArrayList<>();
    for (Entry entry : recent.events) {
      List<RecentTarget> targets = entry.targets == null ? List.of() : List.of(entry.targets);
      events.add(new RecentEvent(idPrefix + entry.position, entry.time, entry.fields, targets));
    }
    return events;
  }

  /** What the estimator of a key is in place of its name; null where it is as always. */
  String fallback(Bytes key) {
    Recent recent = keys.get(key);
    return recent == null ? null : recent.fallback;
  }

  /** The keys seen last, newest first. */
  List<SeenKey> newest(int count) {
    List<SeenKey> newest = new ArrayList<>();
    int older = keys.size();
    for (Map.Entry<Bytes, Recent> key : keys.entrySet()) {
      if (older-- <= count) {
        Recent recent = key.getValue();
        Entry last = recent.events.peekLast();
        newest.add(
            0,
            new SeenKey(
                new String(key.getKey().get(), StandardCharsets.UTF_8),
                last == null ? 0 : last.time,
                recent.surprise));
      }
    }
    return newest;
  }
}
