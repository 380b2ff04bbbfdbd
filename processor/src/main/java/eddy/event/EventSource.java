package eddy.event;

import java.io.Closeable;
import java.io.IOException;

/**
 * Events in the order of their source, one at a time: a file, or the part of a topic.
 *
 * <p>What the accessors give belongs to the event that {@link #next} moved to last.
 */
public interface EventSource extends Closeable {
  /**
   * Moves to the next event.
   *
   * @return false at the end
   * @throws IOException where the source cannot be read any further
   */
  boolean next() throws IOException;

  /** The key; null where the source gives none. */
  String key();

  /** Event time in milliseconds since 1970 UTC. */
  long timestamp();

  /** Offset, or 0-based row; rejected ones count. */
  long position();

  /** The event, or why it is none; valid until the next move. */
  Decoded decoded();

  /** Bytes read so far, as they are stored. */
  long bytesRead();

  /** Bytes of the whole source as it is stored, -1 where that is not known. */
  long bytesTotal();
}
