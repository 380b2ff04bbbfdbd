package eddy.task;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads commands: JSON objects such as {@code {"command":"snapshot","name":"before","full":true}}.
 * Whatever the bytes are, the answer is a {@link Command}.
 */
public final class CommandReader {
  private static final String COMMANDS =
      "pause, resume, learning-rate, reset-key, snapshot, rollback, drop-snapshot";
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,64}");
  private static final double LARGEST_FACTOR = 1000;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          // RFC 8259: JSON between systems is UTF-8
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final Map<String, Object> fields;
  private final List<String> used = new ArrayList<>(List.of("command"));

  private CommandReader(Map<String, Object> fields) {
    this.fields = fields;
  }

  /** What the value of a record asks for. */
  public static Command read(byte[] value) {
    if (value == null) {
      return new Command.Refused("expected a JSON object with a command, but the value is null");
    }
    try {
      return new CommandReader(fields(value)).command();
    } catch (NotACommand e) {
      return new Command.Refused(e.getMessage());
    }
  }

  /** Never leaves this class: it ends the reading of a record. */
  private static final class NotACommand extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotACommand(String reason) {
      super(reason, null, false, false);
    }
  }

  private static Map<String, Object> fields(byte[] value) {
    Map<String, Object> fields = new LinkedHashMap<>();
    try (JsonParser json = JSON.createParser(value)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new NotACommand("expected a JSON object with a command");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        fields.put(name, scalar(name, json));
      }
      if (json.nextToken() != null) {
        throw new NotACommand("expected the end of the value after the JSON object");
      }
    } catch (JsonProcessingException e) {
      throw new NotACommand("expected a JSON object: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new NotACommand("expected a JSON object: " + e.getMessage());
    }
    return fields;
  }

  private static Object scalar(String name, JsonParser json) throws IOException {
    return switch (json.nextToken()) {
      case VALUE_STRING -> json.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      default -> throw new NotACommand(name + ": expected a text, a number, true or false");
    };
  }

  private Command command() {
    String name = take("command", String.class, "a text, one of " + COMMANDS);
    Command command =
        switch (name) {
          case "pause" -> new Command.Pause();
          case "resume" -> new Command.Resume();
          case "learning-rate" -> new Command.LearningRate(factor());
          case "reset-key" -> new Command.ResetKey(take("key", String.class, "a text"));
          case "snapshot" -> new Command.Snapshot(name(), isFull());
          case "rollback" -> new Command.Rollback(name());
          case "drop-snapshot" -> new Command.DropSnapshot(name());
          default ->
              throw new NotACommand("command " + name + ": there is none; known are " + COMMANDS);
        };
    for (String field : fields.keySet()) {
      if (!used.contains(field)) {
        throw new NotACommand(field + ": " + name + " has no such field; remove it");
      }
    }
    return command;
  }

  private float factor() {
    double factor = take("factor", Double.class, "a number");
    if (!(factor > 0 && factor <= LARGEST_FACTOR)) {
      throw new NotACommand(
          "factor: must be above 0 and at most 1000 but was "
              + factor
              + "; to stop learning, pause");
    }
    return (float) factor;
  }

  private String name() {
    String name = take("name", String.class, "a text");
    if (!NAME.matcher(name).matches()) {
      throw new NotACommand(
          "name: expected 1 to 64 letters, digits, dots, dashes, underscores, got " + name);
    }
    return name;
  }

  private boolean isFull() {
    used.add("full");
    return fields.containsKey("full") && take("full", Boolean.class, "true or false");
  }

  private <T> T take(String field, Class<T> type, String expected) {
    used.add(field);
    Object value = fields.get(field);
    if (!type.isInstance(value)) {
      throw new NotACommand(
          field
              + ": expected "
              + expected
              + (value == null ? ", but it is missing" : ", got " + value));
    }
    return type.cast(value);
  }
}
