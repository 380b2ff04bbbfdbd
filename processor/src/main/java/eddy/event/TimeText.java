package eddy.event;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;

/**
 * Times as text: {@code 2024-02-29}, {@code 2024-02-29T12:30}, {@code 2024-02-29 12:30:15.123},
 * each with an optional {@code Z}, {@code +02:00}, {@code +0200} or {@code +02}, UTC without.
 *
 * <p>These forms are read without an object; longer years and odder offsets by java.time. Names of
 * time zones are not read: what they mean changes with the JDK. Fractions of a millisecond are cut.
 */
public final class TimeText {
  /** What {@link #parse} returns for a text that is no time. */
  public static final long NONE = Long.MIN_VALUE;

  /** The forms, for messages. */
  static final String FORMS = "a time (ISO-8601, yyyy-MM-dd HH:mm:ss or epoch milliseconds)";

  private static final long DAY_MS = 86_400_000L;
  private static final long YEAR_0 = -62_167_219_200_000L;
  private static final long YEAR_10_000 = 253_402_300_800_000L;

  /** Beyond, a double does not hold every millisecond. */
  private static final long LARGEST_MS = 1L << 53;

  private static final int LONGEST = 64;
  private static final int DATE_LENGTH = 10;

  private TimeText() {}

  /**
   * The UTC time in ISO-8601, such as {@code 2024-02-29T12:30:15.123Z}, as {@link Instant} writes
   * it; without fraction where that is 0.
   */
  public static String iso(long milliseconds) {
    if (milliseconds < YEAR_0 || milliseconds >= YEAR_10_000) {
      return Instant.ofEpochMilli(milliseconds).toString();
    }
    long days = Math.floorDiv(milliseconds, DAY_MS);
    int ofDay = (int) (milliseconds - days * DAY_MS);
    int fraction = ofDay % 1000;
    LocalDate date = LocalDate.ofEpochDay(days);
    byte[] text = new byte[fraction == 0 ? 20 : 24];
    write(date.getYear(), 0, 4, text, '-');
    write(date.getMonthValue(), 5, 2, text, '-');
    write(date.getDayOfMonth(), 8, 2, text, 'T');
    write(ofDay / 3_600_000, 11, 2, text, ':');
    write(ofDay / 60_000 % 60, 14, 2, text, ':');
    write(ofDay / 1000 % 60, 17, 2, text, fraction == 0 ? 'Z' : '.');
    if (fraction != 0) {
      write(fraction, 20, 3, text, 'Z');
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** Writes so many digits of a number from an index on, and then a character. */
  private static void write(int number, int from, int digits, byte[] text, char after) {
    int rest = number;
    for (int i = from + digits - 1; i >= from; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    text[from + digits] = (byte) after;
  }

  /** Milliseconds since 1970 UTC, or {@link #NONE}. */
  public static long parse(String text) {
    return parse(text.toCharArray(), 0, text.length());
  }

  /** Milliseconds since 1970 UTC of a part of a text, or {@link #NONE}. */
  public static long parse(char[] text, int from, int length) {
    if (length < DATE_LENGTH || length > LONGEST) {
      return NONE;
    }
    long milliseconds = common(text, from, from + length);
    return milliseconds == NONE ? uncommon(new String(text, from, length)) : milliseconds;
  }

  private static long common(char[] text, int from, int to) {
    int year = digits(text, from, 4, to);
    int month = digits(text, from + 5, 2, to);
    int day = digits(text, from + 8, 2, to);
    if (year < 0
        || month < 1
        || month > 12
        || day < 1
        || day > daysIn(year, month)
        || text[from + 4] != '-'
        || text[from + 7] != '-') {
      return NONE;
    }
    long date = epochDay(year, month, day) * DAY_MS;
    int at = from + DATE_LENGTH;
    if (at == to) {
      return date;
    }
    char separator = text[at];
    if (separator != 'T' && separator != ' ' && separator != 't') {
      return NONE;
    }
    int hour = digits(text, at + 1, 2, to);
    int minute = digits(text, at + 4, 2, to);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || text[at + 3] != ':') {
      return NONE;
    }
    long time = date + hour * 3_600_000L + minute * 60_000L;
    at += 6;
    if (at < to && text[at] == ':') {
      int second = digits(text, at + 1, 2, to);
      if (second < 0 || second > 59) {
        return NONE;
      }
      time += second * 1000L;
      at += 3;
      if (at < to && text[at] == '.') {
        int end = at + 1;
        int milliseconds = 0;
        for (int weight = 100; end < to && isDigit(text[end]); weight /= 10) {
          milliseconds += (text[end++] - '0') * weight;
        }
        time += milliseconds;
        at = end;
      }
    }
    return at == to ? time : zoned(time, text, at, to);
  }

  private static long zoned(long time, char[] text, int at, int to) {
    char sign = text[at];
    if (sign == 'Z' || sign == 'z') {
      return at + 1 == to ? time : NONE;
    }
    if (sign != '+' && sign != '-') {
      return NONE;
    }
    int hours = digits(text, at + 1, 2, to);
    int rest = to - at - 3;
    int minutes = 0;
    if (rest == 2) {
      minutes = digits(text, at + 3, 2, to);
    } else if (rest == 3 && text[at + 3] == ':') {
      minutes = digits(text, at + 4, 2, to);
    } else if (rest != 0) {
      return NONE;
    }
    if (hours < 0 || minutes < 0 || minutes > 59 || hours * 60 + minutes > 18 * 60) {
      return NONE;
    }
    long offset = (hours * 60L + minutes) * 60_000L;
    return sign == '+' ? time - offset : time + offset;
  }

  /** A number of exactly count digits, -1 where there are none. */
  private static int digits(char[] text, int from, int count, int to) {
    if (from + count > to) {
      return -1;
    }
    int number = 0;
    for (int i = from; i < from + count; i++) {
      if (!isDigit(text[i])) {
        return -1;
      }
      number = 10 * number + text[i] - '0';
    }
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int daysIn(int year, int month) {
    if (month == 2) {
      return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }

  /** Days since 1970-01-01 of a date of the proleptic Gregorian calendar, year 0 to 9999. */
  private static long epochDay(int year, int month, int day) {
    // years begin in March, so that the leap day is their last
    int shifted = month > 2 ? year : year - 1;
    int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int era = Math.floorDiv(shifted, 400);
    int yearOfEra = shifted - era * 400;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468L;
  }

  private static long uncommon(String text) {
    try {
      TemporalAccessor parsed =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              text.indexOf('[') < 0 ? text : "", OffsetDateTime::from, LocalDateTime::from);
      Instant instant =
          parsed instanceof OffsetDateTime zoned
              ? zoned.toInstant()
              : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC);
      long milliseconds = instant.toEpochMilli();
      return Math.abs(milliseconds) <= LARGEST_MS ? milliseconds : NONE;
    } catch (DateTimeException | ArithmeticException e) {
      return NONE;
    }
  }
}
