package eddy.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodersTest {
  @ParameterizedTest
  @CsvSource({
    "standard, '', standard",
    "raw, '', raw",
    "log, '', log",
    "clip, 3, clip(3)",
    "clip, 3.0, clip(3)",
    "clip, 0.1, clip(0.1)",
    "clip, 2e-3, clip(0.002)",
    "clip, 1e6, clip(1000000)",
    "clip, 2.2250738585072014E-308, clip(0." + "ZEROS" + "22250738585072014)",
    "category, '', category(64)",
    "category, 8, category(8)",
    "hash, '', hash(65536)",
    "hash, 1000, hash(1000)",
    "context, 3, 'context(3,65536)'",
    "context, '3,1000', 'context(3,1000)'",
    "hour-of-day, '', hour-of-day",
    "hour-of-day, +0h, hour-of-day",
    "hour-of-day, +150m, hour-of-day(+150m)",
    "hour-of-day, 150m, hour-of-day(+150m)",
    "hour-of-day, 120m, hour-of-day(+2h)",
    "day-of-week, -48h, day-of-week(-2d)",
    "day-of-week, 30s, day-of-week(+30s)",
    "day-of-year, 1d, day-of-year(+1d)",
    "day-of-year, 1500ms, day-of-year(+1500ms)",
    "lag, 7, lag(7)",
    "lag, 7..7, lag(7)",
    "lag, 1..23, lag(1..23)",
    "lag, ' 1 .. 23 ', lag(1..23)",
    "lag, 100000, lag(100000)",
    "diff, 4, diff(4)",
    "gap, '', gap",
    "position, '', position",
  })
  void of_writtenForm_hasCanonicalForm(String name, String argument, String canonical) {
    Encoder encoder =
        Encoders.of(name, argument.isEmpty() ? List.of() : List.of(argument.split(",")));

    assertThat(encoder).hasToString(canonical.replace("ZEROS", "0".repeat(307)));
    assertThat(Written.feature("x:" + encoder).chain()).containsExactly(encoder);
  }

  @ParameterizedTest
  @CsvSource({
    "lagg, 1, no encoder \"lagg\", nearest is lag;",
    "hourofday, '', nearest is hour-of-day",
    "lag, '', lag: it takes 1 argument but has 0; write lag(1)",
    "lag, x, expected a whole number but got \"x\"",
    "lag, 0, between 1 and 100000 but were 0",
    "lag, 100001, between 1 and 100000 but were 100001",
    "lag, 5..2, write lag(2..5)",
    "diff, 0, between 1 and 100000 but was 0",
    "diff, 1.5, expected a whole number but got \"1.5\"",
    "category, 1, between 2 and 65536 but was 1",
    "category, 65537, between 2 and 65536 but was 65537",
    "hash, 1, hash(slots): slots must lie between 2 and 16777216 but was 1",
    "hash, 16777217, but was 16777217; leave it out for 65536",
    "context, '', it takes 1 to 2 arguments but has 0; write context(3)",
    "context, 0, context(n): n must lie between 1 and 1000 but was 0",
    "context, '2,1', 'context(n,slots): slots must lie between 2'",
    "clip, -1, must be positive",
    "clip, NaN, must be positive",
    "clip, 1e300, at most",
    "hour-of-day, 3, expected an offset in d, h, m, s or ms but got \"3\"",
    "hour-of-day, h, but got \"h\"",
    "hour-of-day, 3w, but got \"3w\"",
    "hour-of-day, 40000d, must not exceed 36525 days",
    "hour-of-day, 9223372036854775807h, but got \"9223372036854775807h\"",
    "gap, 1, gap(1): it takes 0 arguments but has 1; write gap",
  })
  void of_wrongForm_saysWhatIsWrong(String name, String argument, String message) {
    List<String> arguments = argument.isEmpty() ? List.of() : List.of(argument.split(","));

    assertThatThrownBy(() -> Encoders.of(name, arguments))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void of_unknownName_listsTheKnown() {
    assertThatThrownBy(() -> Encoders.of("lags", List.of()))
        .hasMessageContaining(String.join(", ", Encoders.names()));
  }

  @Test
  void of_tooManyArguments_areRefused() {
    assertThatThrownBy(() -> Encoders.of("lag", List.of("1", "2")))
        .hasMessage("lag(1,2): it takes 1 argument but has 2; write lag(1) or lag(1..23)");
  }
}
