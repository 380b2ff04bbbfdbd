package eddy.config;

import eddy.feature.Encoders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** The configuration reference, docs/configuration.md, written from the definition of the keys. */
public final class ConfigReference {
  private static final String INTRODUCTION =
      """
      # Configuration

      <!-- Written by eddy.config.ConfigReference from the definition of the keys: change it there. -->

      A properties file in UTF-8. Keys that begin with `eddy.` are Eddy's, all others go to Kafka
      Streams as they are. An `eddy.` value may end in a `# remark`. A variable of the environment
      overrides its key: `EDDY_READOUT_FEATURES` is `eddy.readout.features`. An unknown `eddy.` key
      is an error, and so is a value out of bounds: exit code 2 and one line that says what to write.

      Kafka's configuration providers work for all keys: with `config.providers=env` and
      `config.providers.env.class=org.apache.kafka.common.config.provider.EnvVarConfigProvider` the
      value `${env:HOSTNAME}:8080` has the host's name in it, and `FileConfigProvider` reads secrets.
      """;

  private static final String GRAMMAR =
      """

      ## Features and targets

      ```text
      features := feature ("," feature)*
      feature  := field ["?"] (":" encoder ["(" arguments ")"])*
      target   := field [":category" ["(" slots ")"]] [time] [" - " (field "@" signed | "0")]
      time     := "@+" count | "@+" ISO-8601 duration | "@label"
      ```

      Commas inside parentheses do not split. The minus of a reference stands between spaces, so
      `wind-speed` is a field. A dotted path leads into nested objects; a name with a space or one of
      ``, : ? @ ( ) ` `` stands in backquotes. `field?` may be missing; without the `?`, an event that
      lacks the field is rejected.

      A target's label stands in the event itself (`field`), in the event so many later of the same
      key (`field@+4`), in the first one at or after a time later (`field@+PT24H`), or comes by
      itself (`field@label`).
      """;

  private static final String HASHED =
      """

      `field:hash(slots)` and `field:context(n,slots)` need no list of what a category may hold: the
      value, or the last n of them with this event's, is hashed to one of so many rows of weights
      (65,536 unless said otherwise), made when it moves for the first time. What falls on one row is
      one to the learner. They are for `eddy.readout.features`, and gradient readouts see them. A row
      takes 8 bytes for each class or number that is predicted.
      """;

  private ConfigReference() {}

  /**
   * Writes the reference.
   *
   * @param arguments the file; docs/configuration.md without one
   */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments.length > 0 ? arguments[0] : "docs/configuration.md");
    Files.writeString(file, markdown());
  }

  /** The reference in Markdown. */
  public static String markdown() {
    StringBuilder text = new StringBuilder(INTRODUCTION);
    for (String group : EddyKeys.DEFINITION.groups()) {
      text.append("\n## ").append(group).append("\n\n");
      row(text, "key", "type", "default", "values", "importance", "meaning");
      row(text, "---", "---", "---", "---", "---", "---");
      for (ConfigKey key : keys(group)) {
        row(
            text,
            "`" + key.name + "`",
            key.type.name().toLowerCase(Locale.ROOT),
            defaultText(key),
            key.validator == null ? "" : key.validator.toString(),
            key.importance.name().toLowerCase(Locale.ROOT),
            key.documentation);
      }
    }
    text.append(GRAMMAR)
        .append("\nEncoders: ")
        .append(
            Encoders.names().stream()
                .map(name -> "`" + name + "`")
                .collect(Collectors.joining(", ", "", ".\n")));
    text.append(HASHED);
    text.append(
        "\n## Kafka Streams\n\nEddy starts it with these unless the file says otherwise:\n\n");
    row(text, "key", "default");
    row(text, "---", "---");
    StreamsSettings.DEFAULTS.forEach((key, value) -> row(text, "`" + key + "`", "`" + value + "`"));
    text.append(
        """

        `application.id` and `bootstrap.servers` have no default. Handlers that log an exception and
        go on are refused: they would commit half an update.
        """);
    return text.toString();
  }

  private static List<ConfigKey> keys(String group) {
    List<ConfigKey> keys = new ArrayList<>();
    for (ConfigKey key : EddyKeys.DEFINITION.configKeys().values()) {
      if (group.equals(key.group)) {
        keys.add(key);
      }
    }
    return keys;
  }

  private static String defaultText(ConfigKey key) {
    if (key.defaultValue == ConfigDef.NO_DEFAULT_VALUE) {
      return "required";
    }
    boolean none = key.defaultValue == null || key.defaultValue.equals("");
    return none ? "" : "`" + key.defaultValue + "`";
  }

  private static void row(StringBuilder text, String... cells) {
    text.append(
        List.of(cells).stream()
            .map(cell -> cell.replace("|", "\\|"))
            .collect(Collectors.joining(" | ", "| ", " |\n")));
  }
}
