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
  /**
   * What an entry is to a task, by the topic that it came from. New ones go to the end: their order
   * is stored.
   */
  public enum Kind {
    /** Of the input topic. */
    EVENT,
    /** Of the labels topic. */
    LABEL,
    /** Of the control topic; every partition has one. */
    CONTROL,
    /** Of the weights topic; every partition but that of its source has one. */
    WEIGHTS,
    /** Of any of them, but larger than an entry may be: the dead letter that it became. */
    REJECTED;

    /** Whether every partition of the ledger gets the entry, not only that of its source. */
    public boolean isForAll() {
      return this == CONTROL || this == WEIGHTS;
    }
  }

  public LedgerEntry {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(headers, "headers");
  }
}
