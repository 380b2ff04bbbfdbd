package eddy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import java.time.Duration;
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

class TargetSyntaxTest {
  private static final String KEY = "eddy.targets";
  private static final Reference NONE = new Reference.None();

  private static TargetSpec parse(String text) {
    List<TargetSpec> targets = TargetSyntax.parse(KEY, text);
    assertThat(targets).hasSize(1);
    return targets.get(0);
  }

  @Test
  void parse_numberAhead_isMeasuredFromItsValueNow() {
    assertThat(parse("lat@+4"))
        .isEqualTo(
            new TargetSpec("lat", 0, new Horizon.EventsAhead(4), new Reference.Past("lat", 0)));
  }

  @Test
  void parse_numberOfTheSameEvent_hasNoReference() {
    assertThat(parse("class")).isEqualTo(new TargetSpec("class", 0, new Horizon.SameEvent(), NONE));
  }

  @Test
  void parse_namedReference_isTakenFromThere() {
    assertThat(parse("value@+5 - value@-331").reference())
        .isEqualTo(new Reference.Past("value", 331));
    assertThat(parse("a@+1 - b.c@0").reference()).isEqualTo(new Reference.Past("b.c", 0));
    assertThat(parse("a@+1 - `b - c`@-2").reference()).isEqualTo(new Reference.Past("b - c", 2));
  }

  @Test
  void parse_zeroReference_isNone() {
    assertThat(parse("value@+5 - 0").reference()).isEqualTo(NONE);
    assertThat(parse("value@+5 - 0@-1").reference()).isEqualTo(new Reference.Past("0", 1));
    assertThat(parse("value@+5 - `0`@-1").reference()).isEqualTo(new Reference.Past("0", 1));
  }

  @Test
  void parse_category_hasSlotsAndNoReference() {
    assertThat(parse("activity:category@+1"))
        .isEqualTo(new TargetSpec("activity", 64, new Horizon.EventsAhead(1), NONE));
    assertThat(parse("activity:category(13)"))
        .isEqualTo(new TargetSpec("activity", 13, new Horizon.SameEvent(), NONE));
  }

  @Test
  void parse_durationAndLabelTopic_areRead() {
    assertThat(parse("v@+PT24H").horizon()).isEqualTo(new Horizon.TimeAhead(Duration.ofDays(1)));
    assertThat(parse("v@label").horizon()).isEqualTo(new Horizon.LabelTopic());
  }

  @Test
  void parse_minusWithoutSpaces_belongsToTheField() {
    assertThat(parse("wind-speed@+1").field()).isEqualTo("wind-speed");
  }

  @Test
  void parse_list_isSplitAtCommas() {
    assertThat(TargetSyntax.parse(KEY, "lat@+4, s:category(5) ,v@+5 - v@-3,w"))
        .extracting(TargetSpec::name)
        .containsExactly("lat@+4", "s", "v@+5", "w");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lat@4          | @+count | 5",
        "lat@+0         | must be at least 1 but was 0 | 6",
        "lat@+x         | expected a number of events | 6",
        "lat@+PT        | no ISO-8601 duration | 6",
        "lat@+PT-1H     | must lie ahead | 6",
        "lat@+5 -lat@-1 | a space on both sides | 8",
        "lat@+5 - lat   | lat@-n, lat@0 or 0 | 10",
        "lat@+5 - lat@+1 | must not lie after the origin | 14",
        "lat:number@+1  | field:category | 5",
        "lat:category(1) | at least 2 slots but has 1 | 14",
        "lat:category(x) | expected a number of slots | 14",
        "lat:category(9 | the parenthesis is never closed | 13",
        "s:category@+1 - s@-1 | a category has no reference | 1",
        "lat - lat@0    | its own label | 1",
        "lat@+1;long@+1 | expected a number of events | 6",
        "lat,           | expected a field | 5",
      })
  void parse_wrongText_namesProblemAndPlace(String text, String problem, int place) {
    assertThatThrownBy(() -> TargetSyntax.parse(KEY, text))
        .isInstanceOf(ConfigurationException.class)
        .extracting(e -> e.getMessage().lines().findFirst().orElseThrow())
        .asString()
        .startsWith("eddy.targets: ")
        .contains(problem)
        .endsWith("(at character " + place + ")");
  }

  @Property
  void text_anyTargets_parsesBackToEqualOnes(@ForAll("targets") List<TargetSpec> targets) {
    assertThat(TargetSyntax.parse(KEY, TargetSyntax.text(targets))).isEqualTo(targets);
  }

  @Property
  void parse_anyText_givesTargetsOrAConfigurationException(@ForAll("nearlyTargets") String text) {
    try {
      TargetSyntax.parse(KEY, text);
    } catch (ConfigurationException e) {
      assertThat(e.getMessage()).startsWith("eddy.targets: ");
    }
  }

  @Provide
  Arbitrary<String> nearlyTargets() {
    return Arbitraries.of(
            "lat",
            ":",
            ",",
            "(",
            ")",
            "`",
            "@",
            " ",
            "+",
            "-",
            "1",
            "0",
            "category",
            "PT1H",
            "label",
            " - ",
            "9999999999")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<List<TargetSpec>> targets() {
    Arbitrary<String> names = FeatureSyntaxTest.fieldNames();
    Arbitrary<Horizon> horizons =
        Arbitraries.oneOf(
            Arbitraries.integers().between(1, 9999).map(Horizon.EventsAhead::new),
            Arbitraries.longs()
                .between(1, 1L << 40)
                .map(ms -> new Horizon.TimeAhead(Duration.ofMillis(ms))),
            Arbitraries.of(new Horizon.SameEvent(), new Horizon.LabelTopic()));
    Arbitrary<Reference> references =
        Arbitraries.oneOf(
            Arbitraries.just(NONE),
            Combinators.combine(names, Arbitraries.integers().between(1, 9999))
                .as(Reference.Past::new));
    Arbitrary<TargetSpec> numbers =
        Combinators.combine(names, horizons, references)
            .as((name, horizon, reference) -> new TargetSpec(name, 0, horizon, reference));
    Arbitrary<TargetSpec> classes =
        Combinators.combine(names, Arbitraries.integers().between(2, 999), horizons)
            .as((name, slots, horizon) -> new TargetSpec(name, slots, horizon, NONE));
    return Arbitraries.oneOf(numbers, classes).list().ofMinSize(1).ofMaxSize(4);
  }
}
