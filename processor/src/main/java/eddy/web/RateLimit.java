package eddy.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Lets every client make so many requests a second, twice as many at once. Thread-safe. */
final class RateLimit {
  private static final int CLIENTS = 10_000;
  private static final double NANOS = 1e9;

  private final int perSecond;
  private final LongSupplier nanoTime;
  private final Map<String, Bucket> clients =
      new LinkedHashMap<>(16, .75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > CLIENTS;
        }
      };

  private static final class Bucket {
    double left;
    long since;
  }

  /**
   * A limit.
   *
   * @param perSecond requests, 0 for any number
   */
  RateLimit(int perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
  }

  /** Counts a request of a client; false where it is one too many. */
  synchronized boolean allows(String client) {
    if (perSecond == 0) {
      return true;
    }
    long now = nanoTime.getAsLong();
    Bucket bucket = clients.get(client);
    if (bucket == null) {
      bucket = new Bucket();
      bucket.left = 2.0 * perSecond;
      bucket.since = now;
      clients.put(client, bucket);
    }
    double earned = (now - bucket.since) / NANOS * perSecond;
    bucket.left = Math.min(2.0 * perSecond, bucket.left + earned);
    bucket.since = now;
    if (bucket.left < 1) {
      return false;
    }
    bucket.left--;
    return true;
  }
}
