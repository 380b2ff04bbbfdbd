package eddy.replay;

import eddy.compare.KeyHash;
import eddy.config.ConfigurationException;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Some of the keys: {@code A..M} those from A up to those that begin with M, in the order of their
 * characters, either end may be missing; {@code AL*} those that begin with AL; {@code 1/10} the
 * first of ten shares, by a hash that has nothing to do with partitions; else the one key.
 *
 * @param text as it was written
 * @param accepts whether a key is one of them
 */
public record KeyFilter(String text, Predicate<String> accepts) {
  private static final Pattern SHARE = Pattern.compile("(\\d{1,9})/(\\d{1,9})");
  private static final String RANGE = "..";

  public KeyFilter {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(accepts, "accepts");
  }

  /**
   * Reads one of the forms.
   *
   * @throws ConfigurationException where it leaves no key
   */
  public static KeyFilter parse(String text) {
    Matcher share = SHARE.matcher(text);
    if (share.matches()) {
      return share(text, Long.parseLong(share.group(1)), Long.parseLong(share.group(2)));
    }
    int dots = text.indexOf(RANGE);
    if (dots >= 0) {
      return range(text, text.substring(0, dots), text.substring(dots + RANGE.length()));
    }
    if (text.endsWith("*")) {
      String prefix = text.substring(0, text.length() - 1);
      return new KeyFilter(text, key -> key.startsWith(prefix));
    }
    return new KeyFilter(text, text::equals);
  }

  private static KeyFilter share(String text, long number, long shares) {
    if (number < 1 || number > shares) {
      throw new ConfigurationException(
          "--keys " + text + ": there are the shares 1/" + shares + " to " + shares + "/" + shares);
    }
    return new KeyFilter(text, key -> (KeyHash.of(key) >>> 1) % shares == number - 1);
  }

  private static KeyFilter range(String text, String from, String to) {
    if (!to.isEmpty() && compare(from, to) > 0 && !from.startsWith(to)) {
      throw new ConfigurationException(
          "--keys " + text + ": no key is in it, since " + from + " comes after " + to);
    }
    return new KeyFilter(
        text,
        key ->
            compare(key, from) >= 0
                && (to.isEmpty() || compare(key, to) <= 0 || key.startsWith(to)));
  }

  /** The order of code points, which is that of the bytes in UTF-8. */
  private static int compare(String one, String other) {
    int shared = Math.min(one.length(), other.length());
    for (int i = 0; i < shared; i++) {
      char left = one.charAt(i);
      char right = other.charAt(i);
      if (left != right) {
        boolean bothPaired = Character.isSurrogate(left) == Character.isSurrogate(right);
        // halves of pairs stand for higher code points than any single unit
        return bothPaired ? left - right : Character.isSurrogate(left) ? 1 : -1;
      }
    }
    return one.length() - other.length();
  }
}
