package eddy.event;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.util.regex.Pattern;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Tells what a deserializer has thrown: whether the record is to blame, or the registry did not
 * answer. Where that is unknown it is not the record, for a good event must not be lost.
 */
final class AvroFault {
  private static final int NOT_FOUND = 404;
  private static final int SHOWN = 200;
  private static final Pattern CREDENTIALS = Pattern.compile("//[^/@\\s]+@");

  private AvroFault() {}

  /**
   * Whether it would be thrown however well the registry answers.
   *
   * @param framed whether the record says by which schema it is to be read
   */
  static boolean isOfRecord(Throwable thrown, boolean framed) {
    boolean ofBytes = !framed || thrown instanceof SerializationException;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (isUnknownSchema(cause)) {
        return true;
      }
      if (isOfBytes(cause)) {
        ofBytes = true;
      } else if (cause instanceof IOException || framed && !isWrapping(cause)) {
        return false;
      }
    }
    return ofBytes;
  }

  /** What a reader of bytes throws where these are not what the schema says. */
  private static boolean isOfBytes(Throwable cause) {
    return cause instanceof EOFException
        || cause instanceof AvroRuntimeException
        || cause instanceof IndexOutOfBoundsException
        || cause instanceof NegativeArraySizeException
        || cause instanceof BufferUnderflowException
        || cause instanceof ClassCastException
        || cause instanceof ArithmeticException
        // what Avro says of a length that no array can have
        || cause instanceof UnsupportedOperationException
        || cause.getClass().getName().startsWith("org.apache.avro.")
        || cause instanceof RuntimeException && isThrownByAvro(cause);
  }

  /** Avro's own mistakes over schemas and records that it cannot do with. */
  private static boolean isThrownByAvro(Throwable cause) {
    for (StackTraceElement frame : cause.getStackTrace()) {
      String type = frame.getClassName();
      if (!type.startsWith("java.") && !type.startsWith("jdk.")) {
        return type.startsWith("org.apache.avro.");
      }
    }
    return false;
  }

  /** What may stand around either. */
  private static boolean isWrapping(Throwable cause) {
    return cause instanceof SerializationException
        || cause.getClass() == RuntimeException.class
        || cause instanceof UncheckedIOException;
  }

  /**
   * The registry has answered that it has no such schema, in the words of Apicurio or Confluent.
   */
  private static boolean isUnknownSchema(Throwable cause) {
    String name = cause.getClass().getName();
    return name.startsWith("io.apicurio.") && name.endsWith("NotFoundException")
        || cause.getClass().getSimpleName().equals("RestClientException")
            && status(cause) == NOT_FOUND;
  }

  private static int status(Throwable cause) {
    try {
      return (int) cause.getClass().getMethod("getStatus").invoke(cause);
    } catch (ReflectiveOperationException | ClassCastException e) {
      return 0;
    }
  }

  /** The innermost message on one line, without what stands before an @ in an address. */
  static String message(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String said = cause.getMessage() == null ? "" : cause.getMessage();
    String line = CREDENTIALS.matcher(said.lines().findFirst().orElse("")).replaceAll("//***@");
    String shown = line.length() > SHOWN ? line.substring(0, SHOWN) : line;
    String name = cause.getClass().getSimpleName();
    return shown.isBlank() ? name : name + ": " + Quoted.line(shown);
  }
}
