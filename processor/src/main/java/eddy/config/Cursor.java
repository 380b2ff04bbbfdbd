package eddy.config;

/**
 * A place in a configured text that moves from left to right: what the feature and the target
 * syntax have in common.
 *
 * <p>A field is written as it is, or in backquotes where it holds a space or one of {@code , : ? @
 * ( ) `}; a backquote inside is doubled.
 */
final class Cursor {
  private static final String RESERVED = ",:?@()`";
  private static final int SHOWN = 40;
  private static final int LONGEST_PROBLEM = 600;

  private final String key;
  private final String text;
  private int at;

  /**
   * A cursor at the start of a text.
   *
   * @param key of the configuration, to be named in errors
   */
  Cursor(String key, String text) {
    this.key = key;
    this.text = text;
  }

  int at() {
    return at;
  }

  boolean atEnd() {
    return at == text.length();
  }

  /** The next character, 0 at the end. */
  char peek() {
    return atEnd() ? 0 : text.charAt(at);
  }

  boolean startsWith(String prefix) {
    return text.startsWith(prefix, at);
  }

  /** Moves behind the prefix if it comes next. */
  boolean take(String prefix) {
    boolean taken = startsWith(prefix);
    if (taken) {
      at += prefix.length();
    }
    return taken;
  }

  /** Moves behind white space; whether there was any. */
  boolean takeSpaces() {
    int start = at;
    while (!atEnd() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at > start;
  }

  /** Moves behind a field and returns its path. */
  String takeField() {
    int start = at;
    String path = peek() == '`' ? takeQuoted() : takeWord();
    if (path.isBlank()) {
      throw wrong(start, "expected a field, found " + found(start));
    }
    return path;
  }

  /** Moves behind the letters up to a space or reserved character; empty where there are none. */
  String takeWord() {
    int start = at;
    while (!atEnd() && isPlain(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  /** Moves behind everything up to one of the stops, or the end. */
  String takeUntil(String stops) {
    int start = at;
    while (!atEnd() && stops.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  private String takeQuoted() {
    int start = at;
    StringBuilder path = new StringBuilder();
    at++;
    while (!atEnd()) {
      char c = text.charAt(at++);
      if (c != '`') {
        path.append(c);
      } else if (!take("`")) {
        return path.toString();
      } else {
        path.append('`');
      }
    }
    throw wrong(start, "the backquote is never closed");
  }

  /** What stands at a place, for a message. */
  String found(int position) {
    return position >= text.length() ? "the end" : "\"" + text.charAt(position) + "\"";
  }

  /** An error at a place: a line that stands by itself, then the text with a caret below it. */
  ConfigurationException wrong(int position, String problem) {
    int from = Math.max(0, position - SHOWN);
    int to = Math.min(text.length(), position + SHOWN);
    String told =
        problem.length() <= LONGEST_PROBLEM
            ? problem
            : problem.substring(0, LONGEST_PROBLEM) + "\u2026";
    String shown = text.substring(from, to).replaceAll("\\s", " ");
    return new ConfigurationException(
        key
            + ": "
            + told
            + " (at character "
            + (position + 1)
            + ")\n  "
            + shown
            + "\n  "
            + " ".repeat(position - from)
            + "^");
  }

  /** A field as it is written: in backquotes where it must be. */
  static String written(String field) {
    boolean plain = !field.equals("0") && !field.equals("-");
    for (int i = 0; i < field.length(); i++) {
      plain &= isPlain(field.charAt(i));
    }
    return plain ? field : "`" + field.replace("`", "``") + "`";
  }

  private static boolean isPlain(char c) {
    return RESERVED.indexOf(c) < 0 && !Character.isWhitespace(c);
  }
}
