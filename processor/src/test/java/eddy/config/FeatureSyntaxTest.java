package eddy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eddy.feature.Encoder;
import eddy.feature.Encoders;
import eddy.feature.FeatureSpec;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureSyntaxTest {
  private static final String KEY = "eddy.features";

  private static FeatureSpec feature(String field, Encoder... chain) {
    return new FeatureSpec(field, false, List.of(chain));
  }

  private static Encoder encoder(String name, String... arguments) {
    return Encoders.of(name, List.of(arguments));
  }

  @Test
  void parse_listWithChainsAndArguments_splitsOnlyOutsideParentheses() {
    assertThat(FeatureSyntax.parse(KEY, "lat, long:diff(1),t:hour-of-day(+150m) ,v:lag(1..3):raw"))
        .containsExactly(
            feature("lat"),
            feature("long", encoder("diff", "1")),
            feature("t", encoder("hour-of-day", "+150m")),
            feature("v", encoder("lag", "1..3"), encoder("raw")));
  }

  @Test
  void parse_blankText_givesNoFeature() {
    assertThat(FeatureSyntax.parse(KEY, "")).isEmpty();
    assertThat(FeatureSyntax.parse(KEY, "  ")).isEmpty();
  }

  @Test
  void parse_questionMark_marksTheFieldOptional() {
    assertThat(FeatureSyntax.parse(KEY, "wind?:lag(2)"))
        .containsExactly(new FeatureSpec("wind", true, List.of(encoder("lag", "2"))));
  }

  @Test
  void parse_namesWithDotsDashesAndBackquotes_keepsThem() {
    assertThat(FeatureSyntax.parse(KEY, "wind-speed,pos.lat,`my field, odd`:diff(1),`a``b`?"))
        .containsExactly(
            feature("wind-speed"),
            feature("pos.lat"),
            feature("my field, odd", encoder("diff", "1")),
            new FeatureSpec("a`b", true, List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "lat,,long | expected a field, found \"\",\"\" (at character 5)",
        "lat,       | expected a field, found the end (at character 5)",
        "lat long   | expected \":\" or \",\" after a feature, found \"l\" (at character 5)",
        "lat:       | expected an encoder, found the end (at character 5)",
        "lat:dif(1) | there is no encoder dif, did you mean diff? (at character 5)",
        "lat:diff(1 | the parenthesis is never closed (at character 9)",
        "`lat:diff  | the backquote is never closed (at character 1)",
        "lat:diff(x) | diff(x): expected a whole number (at character 5)",
        "lat)       | found \")\" (at character 4)",
      })
  void parse_wrongText_namesKeyProblemAndPlace(String text, String expected) {
    String problem = expected.replace("\"", "");
    String place = problem.substring(problem.indexOf("(at"));
    assertThatThrownBy(() -> FeatureSyntax.parse(KEY, text.strip()))
        .isInstanceOf(ConfigurationException.class)
        .extracting(e -> e.getMessage().lines().findFirst().orElseThrow().replace("\"", ""))
        .asString()
        .startsWith("eddy.features: ")
        .contains(problem.substring(0, problem.indexOf(" (at")))
        .endsWith(place);
  }

  @Test
  void parse_wrongText_pointsACaretAtThePlace() {
    assertThatThrownBy(() -> FeatureSyntax.parse(KEY, "lat,long:dif(1)"))
        .extracting(e -> e.getMessage().lines().skip(1).toList())
        .isEqualTo(List.of("  lat,long:dif(1)", "           ^"));
  }

  @Test
  void parse_errorFarIntoALongText_showsItsSurroundings() {
    String text = "abcdefghi,".repeat(100) + "x:nonsense," + "abcdefghi,".repeat(100) + "z";
    assertThatThrownBy(() -> FeatureSyntax.parse(KEY, text))
        .satisfies(
            e -> {
              List<String> lines = e.getMessage().lines().toList();
              assertThat(lines.get(1)).hasSizeLessThan(90);
              int caret = lines.get(2).indexOf('^');
              assertThat(lines.get(1).substring(caret)).startsWith("nonsense");
            });
  }

  @Property
  void text_anyFeatures_parsesBackToEqualOnes(@ForAll("features") List<FeatureSpec> features) {
    assertThat(FeatureSyntax.parse(KEY, FeatureSyntax.text(features))).isEqualTo(features);
  }

  @Property
  void parse_anyText_givesFeaturesOrAConfigurationException(@ForAll("nearlyFeatures") String text) {
    try {
      FeatureSyntax.parse(KEY, text);
    } catch (ConfigurationException e) {
      assertThat(e.getMessage()).startsWith("eddy.features: ");
    }
  }

  @Provide
  Arbitrary<String> nearlyFeatures() {
    return Arbitraries.of(
            "lat", ":", ",", "(", ")", "`", "?", "@", " ", "diff", "lag", "1", "..", "-1", "x")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<List<FeatureSpec>> features() {
    Arbitrary<Encoder> encoders =
        Arbitraries.of(
            encoder("standard"),
            encoder("raw"),
            encoder("log"),
            encoder("clip", "2.5"),
            encoder("category"),
            encoder("category", "7"),
            encoder("hour-of-day"),
            encoder("hour-of-day", "-150m"),
            encoder("day-of-week", "1d"),
            encoder("day-of-year"),
            encoder("lag", "3"),
            encoder("lag", "1..23"),
            encoder("diff", "4"),
            encoder("gap"),
            encoder("position"));
    Arbitrary<Boolean> optional = Arbitraries.of(true, false);
    return Combinators.combine(fieldNames(), optional, encoders.list().ofMaxSize(3))
        .as(FeatureSpec::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  static Arbitrary<String> fieldNames() {
    return Arbitraries.oneOf(
        Arbitraries.of("lat", "wind-speed", "pos.lat", "0", "-", "a - 0", "my field, odd", "ünï"),
        Arbitraries.strings()
            .withChars("ab.-_ ,:?@()`0'\"\t\u00e4")
            .ofMinLength(1)
            .ofMaxLength(8)
            .filter(name -> !name.isBlank()));
  }
}
