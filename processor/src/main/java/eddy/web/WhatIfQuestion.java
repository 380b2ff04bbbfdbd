package eddy.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What is asked of an event that has not come.
 *
 * @param key of the event
 * @param value the event in JSON, byte by byte as it was sent
 * @param timestamp milliseconds since 1970 UTC
 */
record WhatIfQuestion(byte[] key, byte[] value, long timestamp) {
  private static final JsonFactory JSON =
      // RFC 8259: JSON between systems is UTF-8; of another encoding no place of a byte is known
      JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION).build();

  private static final String FORM = "expected {\"key\":text,\"value\":{event},\"timestamp\":ms}";

  /** Reads one; a problem where it is none. */
  static WhatIfQuestion read(byte[] body, long now) {
    try (JsonParser parser = JSON.createParser(body)) {
      return read(parser, body, now);
    } catch (IOException e) {
      throw Problem.badRequest(FORM + ", got what is no JSON");
    }
  }

  private static WhatIfQuestion read(JsonParser parser, byte[] body, long now) throws IOException {
    byte[] key = null;
    byte[] value = null;
    long timestamp = now;
    require(parser.nextToken() == JsonToken.START_OBJECT, "no object");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      switch (name) {
        case "key" -> {
          require(token == JsonToken.VALUE_STRING, "a key that is no text");
          key = parser.getText().getBytes(StandardCharsets.UTF_8);
        }
        case "value" -> {
          require(token == JsonToken.START_OBJECT, "a value that is no object");
          int from = (int) parser.currentTokenLocation().getByteOffset();
          parser.skipChildren();
          value = Arrays.copyOfRange(body, from, (int) parser.currentLocation().getByteOffset());
        }
        case "timestamp" -> {
          require(token == JsonToken.VALUE_NUMBER_INT, "a timestamp that is no integer");
          timestamp = Math.max(0, parser.getLongValue());
        }
        default -> throw Problem.badRequest(FORM + ", got a field " + name);
      }
    }
    require(parser.nextToken() == null, "something after it");
    require(key != null && value != null, "no key or no value");
    return new WhatIfQuestion(key, value, timestamp);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw Problem.badRequest(FORM + ", got " + otherwise);
    }
  }
}
