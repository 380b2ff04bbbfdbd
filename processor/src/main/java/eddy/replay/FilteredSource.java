package eddy.replay;

import eddy.event.Decoded;
import eddy.event.EventSource;
import java.io.IOException;
import java.util.function.Predicate;

/** The events of some keys of a source, with the positions that they have in it. */
public final class FilteredSource implements EventSource {
  private final EventSource source;
  private final Predicate<String> keys;

  /**
   * A part of a source.
   *
   * @param keys which of them
   */
  public FilteredSource(EventSource source, Predicate<String> keys) {
    this.source = source;
    this.keys = keys;
  }

  @Override
  public boolean next() throws IOException {
    while (source.next()) {
      if (source.key() != null && keys.test(source.key())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String key() {
    return source.key();
  }

  @Override
  public long timestamp() {
    return source.timestamp();
  }

  @Override
  public long position() {
    return source.position();
  }

  @Override
  public Decoded decoded() {
    return source.decoded();
  }

  @Override
  public long bytesRead() {
    return source.bytesRead();
  }

  @Override
  public long bytesTotal() {
    return source.bytesTotal();
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
