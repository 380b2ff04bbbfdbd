package eddy.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import eddy.config.ConfigurationException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyFilterTest {
  @ParameterizedTest
  @CsvSource({
    "A..M, Anna Mike M, Nora a EMPTY 9",
    "A.., Anna Z z, 9 EMPTY",
    "..M, EMPTY 9 Mike, N a",
    "al01..al09, al01 al05 al09-b, al0 al10",
    "al*, al al01, am Al",
    "al01, al01, al012 al0",
    "\uFFFD..\uD83D\uDE00, \uFFFD \uD83D\uDE00, z",
  })
  void accepts_formsOfKeys_areThoseThatTheyName(String form, String in, String out) {
    KeyFilter filter = KeyFilter.parse(form);
    assertThat(List.of(in.replace("EMPTY", "").split(" ", -1))).allMatch(filter.accepts());
    assertThat(List.of(out.replace("EMPTY", "").split(" ", -1))).noneMatch(filter.accepts());
  }

  @Test
  void accepts_shares_divideTheKeysEvenly() {
    List<String> keys = IntStream.range(0, 10_000).mapToObj(i -> "key-" + i).toList();
    long all = 0;
    for (int share = 1; share <= 10; share++) {
      long size = keys.stream().filter(KeyFilter.parse(share + "/10").accepts()).count();
      // four standard deviations of a binomial share
      assertThat((double) size).isCloseTo(1000, within(120.0));
      all += size;
    }
    assertThat(all).isEqualTo(10_000);
    assertThat(keys).allMatch(KeyFilter.parse("1/1").accepts());
  }

  @Test
  void parse_whatLeavesNoKey_isRefused() {
    for (String form : List.of("0/10", "11/10", "M..A")) {
      assertThatThrownBy(() -> KeyFilter.parse(form))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("--keys " + form);
    }
  }
}
