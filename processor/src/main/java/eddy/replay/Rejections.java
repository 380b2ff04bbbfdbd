package eddy.replay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many events were rejected, and the first few different reasons. For one thread. */
public final class Rejections {
  /** Reasons that are kept: they quote what was found, so there may be one per event. */
  private static final int KEPT = 10;

  private final Map<String, Reason> reasons = new LinkedHashMap<>();
  private long count;
  private long otherCount;

  /**
   * One reason.
   *
   * @param text as a sender would be told
   * @param count events rejected for it
   * @param firstRow of these events
   */
  public record Reason(String text, long count, long firstRow) {}

  void add(String text, long row) {
    count++;
    Reason known = reasons.get(text);
    if (known != null) {
      reasons.put(text, new Reason(text, known.count() + 1, known.firstRow()));
    } else if (reasons.size() < KEPT) {
      reasons.put(text, new Reason(text, 1, row));
    } else {
      otherCount++;
    }
  }

  /** Events rejected. */
  public long count() {
    return count;
  }

  /** The first reasons, in the order in which they came up. */
  public List<Reason> reasons() {
    return List.copyOf(reasons.values());
  }

  /** Events rejected for further reasons. */
  public long otherCount() {
    return otherCount;
  }
}
