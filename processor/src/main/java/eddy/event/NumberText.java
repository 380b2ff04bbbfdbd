package eddy.event;

import com.fasterxml.jackson.core.io.NumberInput;
import java.math.BigDecimal;

/** Numbers as JSON writes them: {@code -12}, {@code 0.5}, {@code 1e-3}. */
final class NumberText {
  /** Longest number; a longer one is taken for text. */
  static final int LONGEST = 256;

  private NumberText() {}

  /** Whether a part of a text is a number by the grammar of RFC 8259, and not too long for one. */
  static boolean matches(char[] text, int from, int length) {
    int to = from + length;
    int at = from < to && text[from] == '-' ? from + 1 : from;
    int end = digits(text, at, to);
    boolean leadingZero = end > at + 1 && text[at] == '0';
    if (length > LONGEST || end == at || leadingZero) {
      return false;
    }
    at = end;
    if (at < to && text[at] == '.') {
      end = digits(text, at + 1, to);
      if (end == at + 1) {
        return false;
      }
      at = end;
    }
    if (at < to && (text[at] == 'e' || text[at] == 'E')) {
      at++;
      if (at < to && (text[at] == '+' || text[at] == '-')) {
        at++;
      }
      end = digits(text, at, to);
      if (end == at) {
        return false;
      }
      at = end;
    }
    return at == to;
  }

  private static int digits(char[] text, int from, int to) {
    int end = from;
    while (end < to && text[end] >= '0' && text[end] <= '9') {
      end++;
    }
    return end;
  }

  /** The nearest double; infinite where there is none. The text must match. */
  static double value(char[] text, int from, int length) {
    return NumberInput.parseDouble(text, from, length, true);
  }

  /** Whether a matching text is canonical already: digits, no needless minus. */
  static boolean isPlainInteger(char[] text, int from, int length) {
    int at = text[from] == '-' ? from + 1 : from;
    boolean zero = text[at] == '0';
    return digits(text, at, from + length) == from + length && !(zero && at > from);
  }

  /**
   * The one text of a number, whatever way it is written: {@code 1}, {@code 1.0} and {@code 10e-1}
   * are {@code 1}. Exact: no digit is lost. Null where it would be longer than most characters.
   */
  static String canonical(char[] text, int from, int length, int most) {
    BigDecimal number;
    try {
      number = new BigDecimal(text, from, length);
    } catch (NumberFormatException e) {
      // the exponent is beyond an int
      return null;
    }
    if (number.signum() == 0) {
      return "0";
    }
    number = number.stripTrailingZeros();
    // checked before the text is made: 1e999999999 would not fit into memory
    long integerDigits = (long) number.precision() - number.scale();
    if (integerDigits > most || number.scale() > most) {
      return null;
    }
    String plain = number.toPlainString();
    return plain.length() > most ? null : plain;
  }
}
