package eddy.event;

/**
 * Recently seen texts, so that a category that comes again makes no new String.
 *
 * <p>Direct-mapped: a text replaces the one in its place. Used by one thread.
 */
final class TextCache {
  private static final int PLACES = 4096;
  private static final int LONGEST = 64;

  private final String[] texts = new String[PLACES];

  /** The text of some characters. */
  String of(char[] characters, int from, int length) {
    if (length > LONGEST) {
      return new String(characters, from, length);
    }
    int hash = length;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + characters[i];
    }
    int place = (hash ^ hash >>> 12) & PLACES - 1;
    String known = texts[place];
    if (known == null || !holds(known, characters, from, length)) {
      known = new String(characters, from, length);
      texts[place] = known;
    }
    return known;
  }

  private static boolean holds(String text, char[] characters, int from, int length) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != characters[from + i]) {
        return false;
      }
    }
    return true;
  }
}
