package eddy.ledger;

import java.util.Objects;
import org.apache.kafka.common.header.Headers;

/**
 * A record as it arrived in one of the app's topics: what a task learns from, in this order.
 *
 * @param kind which topic it came from
 * @param partition that it came from
 * @param offset that it had there
 * @param timestamp that it had, in milliseconds since 1970 UTC
 * @param key as it was, null too
 * @param value as it was, null too
 * @param headers as they were
 */
public record LedgerEntry(
    Kind kind,
    int partition,
    long offset,
    long timestamp,
    byte[] key,
    byte[] value,
    Headers headers) {
  /** What an entry is to a task, by the topic that it came from. */
  public enum Kind {
    EVENT,
    LABEL,
    CONTROL,
    WEIGHTS
  }

  public LedgerEntry {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(headers, "headers");
  }
}
