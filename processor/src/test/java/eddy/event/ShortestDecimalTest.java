package eddy.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortestDecimalTest {
  @ParameterizedTest
  @CsvSource({
    "0.0,0.0",
    "-0.0,-0.0",
    "1,1.0",
    "0.1,0.1",
    "123456.789,123456.789",
    "0.001,0.001",
    "0.0001,1.0E-4",
    "9999999,9999999.0",
    "10000000,1.0E7",
    "1e21,1.0E21",
    "2e23,2.0E23",
    "8.41e21,8.41E21",
    "2.0E-3,0.002",
    "9007199254740993,9.007199254740992E15",
    "2.2250738585072014E-308,2.2250738585072014E-308",
    "2.225073858507201E-308,2.225073858507201E-308",
    "4.9E-324,4.9E-324",
    "1.0E-323,9.9E-324",
    "1.7976931348623157E308,1.7976931348623157E308",
    "3.4028234663852886E38,3.4028234663852886E38"
  })
  void text_knownNumbers_isTheShortest(double value, String text) {
    assertThat(ShortestDecimal.text(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0.1,0.10000000149011612",
    "0.3,0.30000001192092896",
    "1.0E-45,1.401298464324817E-45",
    "16777216,1.6777216E7"
  })
  void text_floatWidened_keepsTheBitsOfTheFloat(float value, String text) {
    assertThat(ShortestDecimal.text(value)).isEqualTo(text);
  }

  @Property
  void text_anyBits_readsBackAndHasTheFewestDigits(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    if (!Double.isFinite(value)) {
      return;
    }
    String text = ShortestDecimal.text(value);
    BigDecimal written = new BigDecimal(text);
    assertThat(Double.doubleToLongBits(Double.parseDouble(text)))
        .isEqualTo(Double.doubleToLongBits(value));
    // never fewer than two digits are written
    int digits = Math.max(2, written.stripTrailingZeros().precision());
    assertThat(digits).isLessThanOrEqualTo(Math.max(2, fewestDigits(value)));
  }

  /** By trying: the exact value rounded to ever fewer digits, as long as it reads back. */
  private static int fewestDigits(double value) {
    BigDecimal exact = new BigDecimal(value);
    int digits = 17;
    while (digits > 1 && exact.round(new MathContext(digits - 1)).doubleValue() == value) {
      digits--;
    }
    return digits;
  }
}
