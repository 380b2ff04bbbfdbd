package eddy.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTextTest {
  /** The grammar of RFC 8259, section 6. */
  private static final Pattern RFC_8259 =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

  private static boolean matches(String text) {
    String padded = "x" + text + "1";
    return NumberText.matches(padded.toCharArray(), 1, text.length());
  }

  private static String canonical(String text) {
    return NumberText.canonical(text.toCharArray(), 0, text.length(), 256);
  }

  @Property(tries = 5000)
  void matches_anyNearNumber_agreesWithTheGrammar(@ForAll("nearNumbers") String text) {
    assertThat(matches(text)).as(text).isEqualTo(RFC_8259.matcher(text).matches());
  }

  @Property
  void value_anyNumber_isTheNearestDouble(@ForAll("numbers") String text) {
    assertThat(NumberText.value(text.toCharArray(), 0, text.length()))
        .isEqualTo(new BigDecimal(text).doubleValue());
  }

  @Property
  void canonical_anyNumber_isEqualInValueAndTheSameForEveryForm(@ForAll("numbers") String text) {
    String canonical = canonical(text);
    assertThat(new BigDecimal(canonical)).isEqualByComparingTo(new BigDecimal(text));
    assertThat(canonical(text.contains("e") ? text : text + "e0")).isEqualTo(canonical);
    assertThat(canonical(canonical)).isEqualTo(canonical);
  }

  @Property
  void isPlainInteger_anyNumber_meansThatItIsCanonical(@ForAll("numbers") String text) {
    if (NumberText.isPlainInteger(text.toCharArray(), 0, text.length())) {
      assertThat(canonical(text)).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,1",
    "1.0,1",
    "10e-1,1",
    "1e2,100",
    "-0,0",
    "0.00,0",
    "-1.50,-1.5",
    "1E-3,0.001",
    "12345678901234567890123,12345678901234567890123"
  })
  void canonical_knownNumbers_isTheirPlainText(String text, String canonical) {
    assertThat(canonical(text)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource({"1e999999999", "1e-999999999", "1e99999999999", "1e256", "1e-255"})
  void canonical_textThatWouldBeTooLong_isNull(String text) {
    assertThat(canonical(text)).isNull();
  }

  @Test
  void matches_overlongNumber_isText() {
    assertThat(matches("1".repeat(256))).isTrue();
    assertThat(matches("1".repeat(257))).isFalse();
  }

  @Provide
  Arbitrary<String> nearNumbers() {
    return Arbitraries.strings().withChars("-+0019.eEx").ofMaxLength(8);
  }

  @Provide
  Arbitrary<String> numbers() {
    Arbitrary<String> generated =
        Arbitraries.strings()
            .withChars("-0123456789.e")
            .ofMaxLength(7)
            .filter(text -> RFC_8259.matcher(text).matches());
    Arbitrary<String> doubles =
        Arbitraries.doubles().map(value -> Double.toString(value).replace('E', 'e'));
    Arbitrary<String> decimals =
        Arbitraries.bigDecimals()
            .between(new BigDecimal("-1e60"), new BigDecimal("1e60"))
            .ofScale(25)
            .map(BigDecimal::toPlainString);
    return Arbitraries.oneOf(generated, doubles, decimals)
        .filter(text -> RFC_8259.matcher(text).matches())
        .filter(text -> Math.abs(new BigDecimal(text).scale()) < 200);
  }
}
