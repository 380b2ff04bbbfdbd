package eddy.event;

import eddy.feature.EventSchema;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads events that are a line of CSV each, in UTF-8, whose columns are configured. */
final class CsvLineDecoder implements EventDecoder {
  private final CsvLine line = new CsvLine();
  private final CsvEventDecoder cells;
  private final int maxBytes;
  private final CharsetDecoder utf8 =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private CharBuffer characters = CharBuffer.allocate(256);

  /**
   * A decoder for one thread.
   *
   * @param columns names of the cells, in their order; each field of the schema has one
   * @param maxBytes size of the largest value that is not rejected
   */
  CsvLineDecoder(EventSchema schema, List<String> columns, int maxBytes) {
    this.maxBytes = maxBytes;
    cells = new CsvEventDecoder(schema, line, columns);
  }

  @Override
  public Decoded decode(byte[] value, long recordTimestamp, long position) {
    Decoded unread = Decoded.unread(value, maxBytes);
    if (unread != null) {
      return unread;
    }
    if (characters.capacity() < value.length) {
      characters = CharBuffer.allocate(Math.max(value.length, 2 * characters.capacity()));
    }
    characters.clear();
    utf8.reset();
    ByteBuffer bytes = ByteBuffer.wrap(value);
    CoderResult result = utf8.decode(bytes, characters, true);
    if (result.isError()) {
      return new Decoded.Rejected(
          "expected a line of CSV in UTF-8, got what is none at byte " + bytes.position());
    }
    String problem = line.read(characters.array(), characters.position());
    return problem == null
        ? cells.decode(recordTimestamp, position)
        : new Decoded.Rejected("expected a line of CSV: " + problem);
  }
}
