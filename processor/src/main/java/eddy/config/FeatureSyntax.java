package eddy.config;

import eddy.feature.Encoder;
import eddy.feature.Encoders;
import eddy.feature.FeatureSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The grammar of features.
 *
 * <pre>
 * features := feature ("," feature)*
 * feature  := field ["?"] (":" encoder ["(" arguments ")"])*
 * </pre>
 */
public final class FeatureSyntax {
  private FeatureSyntax() {}

  /**
   * Reads a list of features; a blank text holds none.
   *
   * @param key of the configuration, to be named in errors
   * @throws ConfigurationException where the text does not follow the grammar
   */
  public static List<FeatureSpec> parse(String key, String text) {
    List<FeatureSpec> features = new ArrayList<>();
    Cursor cursor = new Cursor(key, text);
    cursor.takeSpaces();
    while (!cursor.atEnd() || !features.isEmpty()) {
      features.add(feature(cursor));
      cursor.takeSpaces();
      if (cursor.atEnd()) {
        break;
      }
      if (!cursor.take(",")) {
        throw cursor.wrong(
            cursor.at(), "expected \":\" or \",\" after a feature, found " + found(cursor));
      }
      cursor.takeSpaces();
    }
    return features;
  }

  /** Features as they are configured: {@link #parse} gives equal ones. */
  public static String text(List<FeatureSpec> features) {
    return features.stream().map(FeatureSyntax::text).collect(Collectors.joining(","));
  }

  private static String text(FeatureSpec feature) {
    StringBuilder text = new StringBuilder(Cursor.written(feature.field()));
    text.append(feature.optional() ? "?" : "");
    feature.chain().forEach(encoder -> text.append(':').append(encoder));
    return text.toString();
  }

  private static FeatureSpec feature(Cursor cursor) {
    String field = cursor.takeField();
    boolean optional = cursor.take("?");
    List<Encoder> chain = new ArrayList<>();
    while (cursor.take(":")) {
      chain.add(encoder(cursor));
    }
    return new FeatureSpec(field, optional, chain);
  }

  private static Encoder encoder(Cursor cursor) {
    cursor.takeSpaces();
    int start = cursor.at();
    String name = cursor.takeWord();
    if (name.isEmpty()) {
      throw cursor.wrong(start, "expected an encoder, found " + found(cursor));
    }
    if (!Encoders.names().contains(name)) {
      throw cursor.wrong(
          start,
          "there is no encoder \""
              + name
              + "\""
              + NearestName.hint(name, Encoders.names())
              + " Known are "
              + String.join(", ", Encoders.names()));
    }
    List<String> arguments = cursor.peek() == '(' ? arguments(cursor) : List.of();
    try {
      return Encoders.of(name, arguments);
    } catch (IllegalArgumentException e) {
      throw cursor.wrong(start, e.getMessage());
    }
  }

  private static List<String> arguments(Cursor cursor) {
    int open = cursor.at();
    cursor.take("(");
    String inside = cursor.takeUntil("()");
    if (!cursor.take(")")) {
      throw cursor.wrong(open, "the parenthesis is never closed");
    }
    return inside.isBlank() ? List.of() : List.of(inside.trim().split("\\s*,\\s*", -1));
  }

  private static String found(Cursor cursor) {
    return cursor.found(cursor.at());
  }
}
