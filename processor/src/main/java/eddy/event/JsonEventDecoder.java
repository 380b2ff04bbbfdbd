package eddy.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import eddy.feature.EventSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads events that are JSON objects in UTF-8.
 *
 * <p>Only the fields of the schema are read, by one pass over the bytes and without a tree; the
 * rest must be JSON, but may be anything. A name that comes twice has its last value. NaN and
 * Infinity are no JSON.
 */
public final class JsonEventDecoder implements EventDecoder {
  /** Largest value unless another bound is given: what Kafka itself allows by default. */
  public static final int DEFAULT_MAX_BYTES = 1 << 20;

  private static final int DEEPEST = 256;
  private static final int MESSAGE_SHOWN = 100;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          // RFC 8259: JSON between systems is UTF-8
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  // the size of the record bounds these already
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final FieldReader reader;
  private final FieldTree root;
  private final int maxBytes;
  private long events;

  /** The object that is being read, and how deep it lies: for the reason of a syntax error. */
  private FieldTree current;

  private int depth;

  public JsonEventDecoder(EventSchema schema) {
    this(schema, DEFAULT_MAX_BYTES);
  }

  /**
   * A decoder for one thread.
   *
   * @param maxBytes size of the largest value that is not rejected
   */
  public JsonEventDecoder(EventSchema schema, int maxBytes) {
    reader = new FieldReader(schema);
    root = FieldTree.of(schema);
    this.maxBytes = maxBytes;
  }

  @Override
  public Decoded decode(byte[] value, long recordTimestamp, long position) {
    Decoded unread = Decoded.unread(value, maxBytes);
    if (unread != null) {
      return unread;
    }
    events++;
    reader.begin(recordTimestamp, position);
    try (JsonParser parser = JSON.createParser(value)) {
      return decode(parser, value);
    } catch (IOException e) {
      return new Decoded.Rejected("expected JSON, but it cannot be read: " + e.getMessage());
    }
  }

  private Decoded decode(JsonParser parser, byte[] value) throws IOException {
    boolean complete = false;
    current = root;
    depth = 1;
    try {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_OBJECT) {
        return new Decoded.Rejected("expected a JSON object, got " + name(first));
      }
      object(parser, root);
      complete = true;
      return parser.nextToken() == null
          ? reader.finish()
          : trailing(parser.currentTokenLocation().getByteOffset());
    } catch (JsonProcessingException e) {
      JsonLocation location = e.getLocation();
      long offset = location == null ? -1 : location.getByteOffset();
      return complete ? trailing(offset) : malformed(e, offset, value, parser);
    }
  }

  private void object(JsonParser parser, FieldTree tree) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      FieldTree child = tree.child(parser.currentName());
      JsonToken token = parser.nextToken();
      if (child == null) {
        parser.skipChildren();
      } else {
        value(parser, token, child);
        current = tree;
      }
    }
  }

  private void value(JsonParser parser, JsonToken token, FieldTree tree) throws IOException {
    for (int field : tree.fields()) {
      field(parser, token, field);
    }
    if (tree.below().length > 0 && tree.comesAgain(events)) {
      for (int field : tree.below()) {
        reader.nothing(field);
      }
    }
    if (token == JsonToken.START_OBJECT && tree.below().length > 0) {
      current = tree;
      depth++;
      object(parser, tree);
      depth--;
    } else {
      parser.skipChildren();
    }
  }

  private void field(JsonParser parser, JsonToken token, int field) throws IOException {
    switch (token) {
      case VALUE_STRING ->
          reader.text(
              field, parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          reader.number(
              field, parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
      case VALUE_TRUE -> reader.truth(field, true);
      case VALUE_FALSE -> reader.truth(field, false);
      case VALUE_NULL -> reader.nothing(field);
      default -> reader.wrong(field, name(token));
    }
  }

  private static String name(JsonToken token) {
    if (token == null) {
      return "nothing";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a text";
      case VALUE_NULL -> "null";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      default -> "a number";
    };
  }

  private static Decoded trailing(long offset) {
    return new Decoded.Rejected(
        "expected nothing after the JSON object, but something follows at byte " + offset);
  }

  private Decoded malformed(
      JsonProcessingException thrown, long offset, byte[] value, JsonParser parser)
      throws IOException {
    // the parser looks ahead: it fails at a value while it is still asked for the name before
    boolean here = parser.getParsingContext().getNestingDepth() == depth;
    FieldTree field = here ? current.child(parser.currentName()) : null;
    if (field != null && field.fields().length > 0) {
      String word = bareWord(value, (int) offset);
      if (!word.isEmpty()) {
        return new Decoded.Rejected(reader.reason(field.fields()[0], word));
      }
    }
    boolean tooMuch = thrown instanceof StreamConstraintsException;
    String line = thrown.getOriginalMessage().lines().findFirst().orElse("");
    String shown = line.length() > MESSAGE_SHOWN ? line.substring(0, MESSAGE_SHOWN) : line;
    String place = offset < 0 ? "" : " at byte " + offset;
    if (tooMuch) {
      shown += "; send it flatter, with shorter names and numbers";
    }
    return new Decoded.Rejected(
        "expected JSON, got what is none" + place + ": " + line(shown.toCharArray()));
  }

  private static String line(char[] message) {
    StringBuilder line = new StringBuilder();
    for (char c : message) {
      line.append(Character.isISOControl(c) ? '?' : c);
    }
    return line.toString();
  }

  /** What stands around an offset, such as NaN or 007, if it follows a colon; empty otherwise. */
  private static String bareWord(byte[] value, int offset) {
    int start = Math.max(0, Math.min(offset, value.length));
    int end = start;
    while (start > 0 && isWord(value[start - 1])) {
      start--;
    }
    while (end < value.length && isWord(value[end])) {
      end++;
    }
    int before = start;
    while (before > 0 && value[before - 1] <= ' ' && value[before - 1] > 0) {
      before--;
    }
    boolean afterColon = before > 0 && value[before - 1] == ':';
    if (!afterColon || start == end) {
      return "";
    }
    char[] word = new String(value, start, end - start, StandardCharsets.UTF_8).toCharArray();
    // a good number that is only not followed by what it should be
    boolean number = NumberText.matches(word, 0, word.length);
    return number ? "" : Quoted.bare(word, 0, word.length);
  }

  private static boolean isWord(byte b) {
    return b >= '0' && b <= '9'
        || b >= 'A' && b <= 'Z'
        || b >= 'a' && b <= 'z'
        || b == '+'
        || b == '-'
        || b == '.'
        || b == '_';
  }
}
