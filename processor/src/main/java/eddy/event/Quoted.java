package eddy.event;

/** Text out of an event as it stands in a reason: cut short, in quotes, on one line. */
public final class Quoted {
  /** Characters that are shown. */
  static final int SHOWN = 60;

  private Quoted() {}

  public static String of(String text) {
    return of(text.toCharArray(), 0, text.length());
  }

  static String of(char[] text, int from, int length) {
    return '"' + bare(text, from, length) + '"';
  }

  /** A whole text on one line. */
  static String line(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      line.append(Character.isISOControl(text.charAt(i)) ? '?' : text.charAt(i));
    }
    return line.toString();
  }

  /** Without the quotes, for what is no text. */
  static String bare(char[] text, int from, int length) {
    int shown = Math.min(length, SHOWN);
    if (shown < length && Character.isHighSurrogate(text[from + shown - 1])) {
      shown--;
    }
    StringBuilder quoted = new StringBuilder(shown + 2);
    for (int i = from; i < from + shown; i++) {
      char c = text[i];
      if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return shown < length ? quoted.append('\u2026').toString() : quoted.toString();
  }
}
