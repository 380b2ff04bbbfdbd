package eddy.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
  private static final long YEAR_0 = -62_167_219_200_000L;
  private static final long YEAR_9999 = 253_402_300_799_999L;

  private static final DateTimeFormatter SPACED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  @Property
  void parse_anyLocalTimeToTheSecond_equalsJavaTime(
      @ForAll @LongRange(min = YEAR_0, max = YEAR_9999) long milliseconds) {
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(Math.floorDiv(milliseconds, 1000), 0, ZoneOffset.UTC);
    long expected = time.toInstant(ZoneOffset.UTC).toEpochMilli();
    assertThat(TimeText.parse(SPACED.format(time))).isEqualTo(expected);
    assertThat(TimeText.parse(SPACED.format(time).replace(' ', 'T'))).isEqualTo(expected);
  }

  @Property
  void parse_anyInstant_isTheInverseOfIso(
      @ForAll @LongRange(min = YEAR_0, max = YEAR_9999) long milliseconds) {
    String iso = Instant.ofEpochMilli(milliseconds).toString();
    assertThat(TimeText.parse(iso)).isEqualTo(milliseconds);
    assertThat(TimeText.iso(milliseconds)).isEqualTo(iso);
  }

  @ParameterizedTest
  @ValueSource(longs = {YEAR_0 - 1, YEAR_9999 + 1, Long.MIN_VALUE, Long.MAX_VALUE})
  void iso_otherThanFourDigitsOfYear_equalsJavaTime(long milliseconds) {
    assertThat(TimeText.iso(milliseconds)).isEqualTo(Instant.ofEpochMilli(milliseconds).toString());
  }

  @Property
  void parse_anyOffset_equalsJavaTime(
      @ForAll @LongRange(min = 0, max = YEAR_9999) long milliseconds,
      @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int minutes) {
    OffsetDateTime time =
        Instant.ofEpochMilli(milliseconds).atOffset(ZoneOffset.ofTotalSeconds(60 * minutes));
    for (String offset : new String[] {"XXX", "XX"}) {
      DateTimeFormatter form = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS" + offset);
      String text = form.format(time);
      if (time.getYear() <= 9999) {
        assertThat(TimeText.parse(text)).as(text).isEqualTo(milliseconds);
      }
    }
  }

  @Test
  void parse_everyDayOfEightHundredYears_equalsJavaTime() {
    LocalDate end = LocalDate.of(2401, 1, 1);
    for (LocalDate day = LocalDate.of(1600, 1, 1); day.isBefore(end); day = day.plusDays(1)) {
      long expected = day.toEpochDay() * 86_400_000L;
      if (TimeText.parse(day.toString()) != expected) {
        assertThat(TimeText.parse(day.toString())).as(day.toString()).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01,0",
    "1970-01-01T00:00Z,0",
    "1970-01-01T00:01,60000",
    "1970-01-01 00:00:01.5,1500",
    "1970-01-01 00:00:01.,1000",
    "1970-01-01T00:00:00.123456789Z,123",
    "1969-12-31T23:59:59.9999Z,-1",
    "1970-01-01T02:00+02,0",
    "1970-01-01T00:00:00-01:30,5400000",
    "1970-01-01t00:00:00z,0",
    "2000-02-29,951782400000",
    "1975-06-27T00:00:00Z,173059200000",
    "+10000-01-01T00:00:00Z,253402300800000",
    "1970-01-01T00:00:00+00:00:01,-1000"
  })
  void parse_knownTimes_giveTheirMilliseconds(String text, long milliseconds) {
    assertThat(TimeText.parse(text)).isEqualTo(milliseconds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "n/a",
        "2023-02-29",
        "2023-13-01",
        "2023-00-01",
        "2023-01-00",
        "2023-04-31",
        "2023-01-01T24:01",
        "2023-01-01T12:60",
        "2023-01-01T12:00:60",
        "2023-01-01T",
        "2023-01-01T12",
        "2023-01-01T12:",
        "2023-01-01T12:00:",
        "2023-01-01T12:00:00X",
        "2023-01-01T12:00:00Z ",
        "2023-01-01T12:00:00+1",
        "2023-01-01T12:00:00+19:00",
        "2023-01-01T12:00:00+01:60",
        "2023-1-1",
        "2023/01/01",
        "2023-01-01_12:00:00",
        "20230101T120000Z",
        "2023-01-01T12:00:00+01:00[Europe/Paris]",
        "+999999999-01-01T00:00:00Z",
        "\u0661\u0662\u0663\u0664-01-01"
      })
  void parse_whatIsNoTime_isNone(String text) {
    assertThat(TimeText.parse(text)).isEqualTo(TimeText.NONE);
  }
}
