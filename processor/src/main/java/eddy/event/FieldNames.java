package eddy.event;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Headers;

/** Which fields a record's value has, by their paths. */
@FunctionalInterface
interface FieldNames {
  /** The paths; empty where the value is no event. */
  Optional<Set<String>> of(byte[] value, Headers headers);
}
