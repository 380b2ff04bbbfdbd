package eddy.event;

import eddy.feature.Event;
import java.util.Objects;

/** What became of a record: an event, the end of a key, or the reason why it is neither. */
public sealed interface Decoded permits Decoded.Accepted, Decoded.Deleted, Decoded.Rejected {
  /**
   * An event that fits the schema.
   *
   * @param event reused by the decoder: valid until it decodes the next record
   */
  record Accepted(Event event) implements Decoded {
    public Accepted {
      Objects.requireNonNull(event, "event");
    }
  }

  /**
   * A record that is no event.
   *
   * @param reason one line for the sender: which field, what was expected, what was found
   */
  record Rejected(String reason) implements Decoded {
    public Rejected {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /** A key without a value: what is kept of the key is to be deleted. */
  enum Deleted implements Decoded {
    KEY
  }

  /** What becomes of a value, of any format, that is not even looked into; null where it is. */
  static Decoded unread(byte[] value, int maxBytes) {
    if (value == null) {
      return Deleted.KEY;
    }
    return value.length > maxBytes ? tooLarge(value.length, maxBytes) : null;
  }

  /** The reason of a value with more bytes than eddy.event.max.bytes. */
  static Rejected tooLarge(long bytes, int maxBytes) {
    return new Rejected(
        "expected at most " + maxBytes + " bytes, got " + bytes + "; raise eddy.event.max.bytes");
  }

  /** A record without a key belongs to no state. */
  Rejected NO_KEY = new Rejected("expected a key, but the record has none");
}
