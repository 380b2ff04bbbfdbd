package eddy.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureEncoderTest {
  private static final TargetSpec VALUE_NOW =
      new TargetSpec("value", 0, new Horizon.SameEvent(), new Reference.None());

  private EventSchema schema;
  private FeatureEncoder encoder;
  private Event event;
  private double[] memory;
  private FeatureStatistics statistics;
  private float[] out;

  private void start(List<TargetSpec> targets, String... features) {
    List<FeatureSpec> specs = Written.features(features);
    schema = EventSchema.of(specs, targets);
    encoder = FeatureEncoder.of(specs, schema);
    event = new Event(schema);
    memory = new double[encoder.memoryLength()];
    statistics = encoder.newStatistics();
    out = new float[encoder.width()];
  }

  private float[] observe(double number) {
    event.numbers[0] = number;
    encoder.encode(event, memory, statistics, out, 0);
    encoder.absorb(memory, statistics);
    return out.clone();
  }

  @Test
  void names_everyKindOfFeature_tellWhatEachOutputIs() {
    start(
        List.of(),
        "lat",
        "lat:diff(1)",
        "value:lag(1..2)",
        "value:lag(2):log:lag(1):raw",
        "status?:category(2)",
        "status:category(2):lag(1)",
        "time:lag(1):day-of-year(+1d)",
        "time:standard:clip(3)");

    assertThat(encoder.names())
        .containsExactly(
            "lat",
            "lat:diff(1)",
            "value:lag(1)",
            "value:lag(2)",
            "value:log:lag(3):raw",
            "status?=slot0",
            "status?=slot1",
            "status?:category(2)=missing",
            "status:lag(1)=slot0",
            "status:lag(1)=slot1",
            "time:day-of-year(+1d):lag(1)=sin1",
            "time:day-of-year(+1d):lag(1)=cos1",
            "time:day-of-year(+1d):lag(1)=sin2",
            "time:day-of-year(+1d):lag(1)=cos2",
            "time:standard:clip(3)");
    assertThat(encoder.width()).isEqualTo(15);
    assertThat(IntStream.rangeClosed(0, 8).map(encoder::offset))
        .containsExactly(0, 1, 2, 4, 5, 8, 10, 14, 15);
  }

  @Test
  void encode_standard_usesThePastOnly() {
    start(List.of(), "x");

    assertThat(observe(10)).containsExactly(0);
    assertThat(observe(14)).containsExactly(0); // one value has no deviation
    assertThat(observe(16)).containsExactly(2); // (16 - mean 12) / deviation 2
    assertThat(observe(1e9)).containsExactly(6);
  }

  @Test
  void encode_lagBeforeTheFirstEvent_repeatsTheFirstValue() {
    start(List.of(), "x:lag(1..3):raw");

    assertThat(observe(5)).containsExactly(5, 5, 5);
    assertThat(observe(6)).containsExactly(5, 5, 5);
    assertThat(observe(7)).containsExactly(6, 5, 5);
    assertThat(observe(8)).containsExactly(7, 6, 5);
    assertThat(observe(9)).containsExactly(8, 7, 6);
  }

  @Test
  void encode_lagOfALabelAtTheFirstEvent_isMissing() {
    start(List.of(VALUE_NOW), "value?:lag(1..2):raw", "value:diff(1):lag(1):raw");

    assertThat(observe(5)).containsExactly(0, 0, 1, 0);
    assertThat(observe(6)).containsExactly(5, 5, 0, 0);
    assertThat(observe(7)).containsExactly(6, 5, 0, 1);
  }

  @Test
  void encode_missingNumber_isTheRunningMeanAndAFlag() {
    start(List.of(), "x?:raw", "x?");

    observe(2);
    observe(4);

    assertThat(observe(Double.NaN)).containsExactly(3, 1, 0, 1);
    assertThat(observe(4)).containsExactly(4, 0, 1, 0);
    assertThat(statistics.values)
        .containsExactly(new double[] {3, 10.0 / 3, 8.0 / 9}, within(1e-12));
  }

  @Test
  void encode_largeLags_remembersEachSignalOnce() {
    start(List.of(), "x", "x:lag(1..23)", "x:lag(1000)", "x:diff(336)", "x:diff(336):lag(1..11)");

    assertThat(encoder.memoryLength()).isEqualTo(1 + 1000 + 11);
    assertThat(statistics.values).hasSize(2 * 3);
  }

  @Test
  void encode_largeLag_comesRoundTheRing() {
    start(List.of(), "x:lag(1000):raw", "x:diff(7):raw");

    for (int i = 0; i < 3500; i++) {
      float[] encoded = observe(i);
      assertThat(encoded).containsExactly(Math.max(0, i - 1000), Math.min(7, i));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1969-12-31T23:00:00Z, 2", // a Wednesday, before 1970
    "2024-02-29T00:00:00Z, 3",
    "2024-03-03T23:59:59Z, 6",
    "1900-01-01T12:00:00Z, 0",
  })
  void encode_dayOfWeek_isOneHotFromMonday(String time, int day) {
    start(List.of(), "t:day-of-week");

    float[] expected = new float[7];
    expected[day] = 1;
    assertThat(observe(Instant.parse(time).toEpochMilli())).isEqualTo(expected);
  }

  @Test
  void encode_hourOfDay_turnsOnceTwiceAndThriceADay() {
    start(List.of(), "t:hour-of-day");

    assertThat(observe(-18 * 3_600_000)) // 06:00 of the day before 1970
        .containsExactly(new float[] {1, 0, 0, -1, -1, 0}, within(1e-7f));
  }

  @Test
  void encode_dayOfYear_returnsAfterAYear() {
    start(List.of(), "t:day-of-year");

    float[] first = observe(1.7e12);
    float[] later = observe(1.7e12 + 365.2425 * 86_400_000);
    assertThat(later).isEqualTo(first);
    assertThat(observe(1.7e12 + 365.2425 / 2 * 86_400_000))
        .containsExactly(new float[] {-first[0], -first[1], first[2], first[3]}, within(1e-6f));
  }

  @Test
  void encode_atAnIndex_modifiesOnlyItsOutputs() {
    start(List.of(), "x:raw", "x?:lag(1)");
    float[] wide = new float[encoder.width() + 4];
    Arrays.fill(wide, 9);

    event.numbers[0] = 7;
    double[] memoryBefore = memory.clone();
    encoder.encode(event, memory, statistics, wide, 2);

    assertThat(wide).containsExactly(9, 9, 7, 0, 0, 9, 9);
    assertThat(memory).isEqualTo(memoryBefore);
    assertThat(statistics.values).containsOnly(0);
  }

  @Test
  void absorb_withoutEncode_isRefused() {
    start(List.of(), "x");
    observe(1);

    assertThatThrownBy(() -> encoder.absorb(memory, statistics))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void of_schemaOfOtherFeatures_isRefused() {
    EventSchema other = EventSchema.of(Written.features("x"), List.of(VALUE_NOW));

    assertThatThrownBy(() -> FeatureEncoder.of(Written.features("y"), other))
        .hasMessageContaining("no feature or target reads y");
    assertThatThrownBy(() -> FeatureEncoder.of(Written.features("value"), other))
        .hasMessageContaining("add lag(1)");
  }

  @Test
  void observe_afterWarmUp_allocatesNothing() {
    start(
        List.of(VALUE_NOW),
        "x",
        "x?:log",
        "x:clip(2)",
        "x:diff(4)",
        "x:lag(1..23)",
        "x:lag(336)",
        "value:lag(1..3)",
        "status:category(4)",
        "status:lag(1..2):category(4)",
        "time:hour-of-day",
        "time:day-of-week",
        "time:day-of-year",
        "time:gap",
        "time:position:log");
    String[] texts = {"calm", "breeze", "gale", "storm", "hurricane", "tornado"};
    int status = schema.index("status", FieldKind.CATEGORY);
    int time = schema.index("time", FieldKind.TIME);
    int value = schema.index("value", FieldKind.NUMBER);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    long before = 0;
    long least = Long.MAX_VALUE;
    for (int i = 0; i <= 100_000; i++) {
      if (i % 10_000 == 0) {
        long now = threads.getCurrentThreadAllocatedBytes();
        // the first stretches warm up; whatever else the JVM does shows in single ones only
        least = i < 50_000 ? least : Math.min(least, now - before);
        before = threads.getCurrentThreadAllocatedBytes();
      }
      event.numbers[0] = i % 17 == 0 ? Double.NaN : i % 13;
      event.numbers[time] = 1.7e12 + 60_000.0 * i;
      event.numbers[value] = i % 7;
      event.categories[status] = texts[i % texts.length];
      encoder.encode(event, memory, statistics, out, 0);
      encoder.absorb(memory, statistics);
    }

    assertThat(least).isZero();
  }
}
