package eddy.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The known name that a misspelt one was probably meant to be. */
public final class NearestName {
  private NearestName() {}

  /** The known name with the fewest edits, unless these are more than a third of the letters. */
  public static Optional<String> of(String word, Collection<String> known) {
    String nearest = null;
    int least = 1 + Math.max(2, word.length() / 3);
    for (String name : known) {
      int edits = edits(word.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
      if (edits < least) {
        least = edits;
        nearest = name;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** The end of a sentence: {@code ", did you mean NAME?"}, or a full stop if none is near. */
  public static String hint(String word, Collection<String> known) {
    return of(word, known).map(name -> ", did you mean " + name + "?").orElse(".");
  }

  /** Insertions, deletions, replacements and swaps of neighbours that turn one into the other. */
  static int edits(String from, String to) {
    int[] beforeLast = new int[to.length() + 1];
    int[] last = new int[to.length() + 1];
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        row[j] = Math.min(last[j - 1] + (same ? 0 : 1), 1 + Math.min(last[j], row[j - 1]));
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          row[j] = Math.min(row[j], 1 + beforeLast[j - 2]);
        }
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
    }
    return last[to.length()];
  }
}
