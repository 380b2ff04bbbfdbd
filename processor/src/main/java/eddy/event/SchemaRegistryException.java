package eddy.event;

import org.apache.kafka.common.errors.RetriableException;

/**
 * A record could not be judged, since the registry of its schema did not answer as it should: worth
 * trying again, and nothing that the record can be blamed for.
 */
public final class SchemaRegistryException extends RetriableException {
  private static final long serialVersionUID = 1L;

  public SchemaRegistryException(String message, Throwable cause) {
    super(message, cause);
  }
}
