package eddy.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventSchemaTest {
  private static final TargetSpec CLASS_NOW =
      new TargetSpec("class", 2, new Horizon.SameEvent(), new Reference.None());
  private static final TargetSpec LAT_AHEAD =
      new TargetSpec("lat", 0, new Horizon.EventsAhead(4), new Reference.Past("level", 3));

  @Test
  void of_featuresAndTargets_hasOneFieldForEachPathAndKind() {
    EventSchema schema =
        EventSchema.of(
            Written.features(
                "lat",
                "lat:diff(1)",
                "status:lag(1):category",
                "time:hour-of-day",
                "time:gap:lag(1)",
                "time:diff(1)",
                "wind?",
                "anything:position",
                "class:lag(1..3)"),
            List.of(CLASS_NOW, LAT_AHEAD));

    assertThat(schema.fields())
        .containsExactly(
            new Field("lat", FieldKind.NUMBER, true),
            new Field("status", FieldKind.CATEGORY, true),
            new Field("time", FieldKind.TIME, true),
            new Field("time", FieldKind.NUMBER, true),
            new Field("wind", FieldKind.NUMBER, false),
            new Field("class", FieldKind.NUMBER, false),
            new Field("class", FieldKind.CATEGORY, false),
            new Field("level", FieldKind.NUMBER, false));
    assertThat(schema.size()).isEqualTo(8);
    assertThat(schema.index("time", FieldKind.NUMBER)).isEqualTo(3);
    assertThat(schema.field(3).path()).isEqualTo("time");
  }

  @Test
  void of_optionalAndNot_isRequired() {
    EventSchema schema = EventSchema.of(Written.features("wind?", "wind:diff(1)"), List.of());

    assertThat(schema.fields()).containsExactly(new Field("wind", FieldKind.NUMBER, true));
  }

  @Test
  void index_absentField_isRefused() {
    EventSchema schema = EventSchema.of(Written.features("lat"), List.of());

    assertThatThrownBy(() -> schema.index("lat", FieldKind.TIME))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no feature or target reads lat as a time; they read lat as a number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"class", "class:category", "class:diff(1)", "class?:log", "class:gap"})
  void of_featureOverTheLabelOfItsEvent_isRefused(String feature) {
    assertThatThrownBy(() -> EventSchema.of(Written.features(feature), List.of(CLASS_NOW)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("feature class", "target of the same event", "add lag(1)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"class:lag(1)", "class:category:lag(2..3)", "class:position"})
  void of_featureOverPastLabels_isAccepted(String feature) {
    assertThat(EventSchema.of(Written.features(feature), List.of(CLASS_NOW)).size()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "time:hour-of-day:category, 'category(64) needs a category but hour-of-day gives sines'",
    "x:diff(1):category, 'category(64) needs a category but diff(1) gives a number'",
    "x:category:diff(1), 'diff(1) needs a number but category(64) gives a one-hot'",
    "x:category:standard, 'standard needs a number but category(64) gives a one-hot vector'",
    "x:day-of-week:raw, 'raw needs a number but day-of-week gives a one-hot vector'",
    "x:log:hour-of-day, 'hour-of-day needs a time but log gives a number; remove hour-of-day'",
    "x:gap:gap, 'gap needs a time but gap gives a number'",
    "x:category:category(8), 'needs a category but category(64) gives'",
    "x:diff(1):position, 'position needs no value but diff(1) gives a number; put position first'",
    "x:standard:raw, 'two scales, standard and raw; keep one'",
    "x:raw:raw, two scales",
    "x:standard:diff(1), 'after standard only lag and clip may follow; move diff(1) before it'",
    "x:lag(60000):lag(60000), 'lags add up to 120000 but must not exceed 100000'",
    "x:lag(1..50000):category, '3200000 inputs but at most 1000000'",
    "x?:position, 'position reads no value; remove the \"?\"'",
  })
  void of_linksThatDoNotFit_areRefused(String feature, String message) {
    assertThatThrownBy(() -> EventSchema.of(Written.features(feature), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("feature " + feature.substring(0, 1))
        .hasMessageContaining(message);
  }
}
