package eddy.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eddy.feature.FullHistory.Values;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every stream of events, on random ones over all encoders. */
class FeatureStreamTest {
  private static final List<FeatureSpec> FEATURES =
      Written.features(
          "x",
          "x:log",
          "x:clip(1.5)",
          "x:standard:clip(0.5)",
          "x:clip(2):raw:clip(1)",
          "x:diff(1)",
          "x:diff(4)",
          "x:diff(1):diff(2)",
          "x:diff(30)",
          "x:lag(1..5)",
          "x:lag(33)",
          "x:lag(2):diff(3)",
          "x:diff(1):lag(1..3)",
          "x:lag(1):log:lag(2):raw",
          "w?",
          "w?:raw",
          "w?:lag(1..3)",
          "w?:diff(2):raw",
          "s:category(4)",
          "s:lag(1):category(4)",
          "s:category(4):lag(2..3)",
          "s:category(3)",
          "o?:category(4):lag(1)",
          "t:gap",
          "t:gap:lag(1)",
          "t:lag(2):gap",
          "t:hour-of-day(+150m)",
          "t:lag(1):hour-of-day",
          "t:hour-of-day:lag(1..2)",
          "t:day-of-week",
          "t:day-of-week(-5h):lag(1..2)",
          "t:day-of-year(-2d)",
          "m?:hour-of-day",
          "t:position",
          "t:position:log:raw",
          "t:diff(1):raw",
          "y:position:raw",
          "y:lag(1)",
          "y:lag(2..4)",
          "y:diff(1):lag(1)",
          "y?:raw:lag(3)",
          "c:category(3):lag(1)",
          "c:lag(1..2):category(3)");
  private static final List<TargetSpec> TARGETS =
      List.of(
          new TargetSpec("y", 0, new Horizon.SameEvent(), new Reference.None()),
          new TargetSpec("c", 3, new Horizon.SameEvent(), new Reference.None()));
  private static final List<String> NUMBERS = List.of("x", "w", "y");
  private static final List<String> TIMES = List.of("t", "m");
  private static final List<String> TEXTS = List.of("s", "o", "c");
  private static final List<String> LABELS = List.of("y", "c");

  private final EventSchema schema = EventSchema.of(FEATURES, TARGETS);
  private final FeatureEncoder encoder = FeatureEncoder.of(FEATURES, schema);

  /** The memories and statistics of one run. */
  private final class Run {
    private final Map<String, double[]> memories = new HashMap<>();
    private FeatureStatistics statistics = encoder.newStatistics();

    float[] encode(Values values) {
      float[] out = new float[encoder.width()];
      encoder.encode(event(values), memory(values), statistics, out, 0);
      return out;
    }

    float[] observe(Values values) {
      float[] out = encode(values);
      encoder.absorb(memory(values), statistics);
      return out;
    }

    private double[] memory(Values values) {
      return memories.computeIfAbsent(values.key(), key -> new double[encoder.memoryLength()]);
    }

    /** Replaces all state by what a codec would have written and read. */
    private void restore() {
      memories.replaceAll((key, memory) -> memory.clone());
      FeatureStatistics fresh = encoder.newStatistics();
      System.arraycopy(statistics.values, 0, fresh.values, 0, fresh.values.length);
      for (int i = 0; i < fresh.dictionaries.length; i++) {
        Dictionary dictionary = statistics.dictionaries[i];
        String[] texts = new String[dictionary.assigned()];
        Arrays.setAll(texts, dictionary::text);
        fresh.dictionaries[i] = Dictionary.of(dictionary.slots(), texts);
      }
      statistics = fresh;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void encode_anyStream_equalsRecomputationOverItsHistory(long seed) {
    List<FullHistory> oracles =
        FEATURES.stream()
            .map(spec -> new FullHistory(spec, LABELS.contains(spec.field())))
            .toList();
    Run run = new Run();

    for (Values values : stream(seed, 150)) {
      float[] out = run.observe(values);

      for (int i = 0; i < oracles.size(); i++) {
        double[] expected = oracles.get(i).encode(values);
        assertThat(encoder.offset(i + 1) - encoder.offset(i)).isEqualTo(expected.length);
        for (int j = 0; j < expected.length; j++) {
          assertThat((double) out[encoder.offset(i) + j])
              .as("%s, output %d", FEATURES.get(i), j)
              .isCloseTo(expected[j], within(1e-6 * Math.max(1, Math.abs(expected[j]))));
        }
        oracles.get(i).add(values);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void encode_otherLabelsInTheSameEvent_givesTheSameBits(long seed) {
    Random random = new Random(seed);
    Run run = new Run();

    for (Values values : stream(seed, 100)) {
      float[] before = run.encode(values);
      for (int i = 0; i < 3; i++) {
        Map<String, Double> numbers = new HashMap<>(values.numbers());
        Map<String, String> texts = new HashMap<>(values.texts());
        numbers.put("y", random.nextGaussian() * 1e6);
        texts.put("c", "other" + random.nextInt(5));
        if (i == 0) {
          numbers.remove("y");
          texts.remove("c");
        }
        assertThat(run.encode(new Values(values.key(), numbers, texts))).isEqualTo(before);
      }
      run.observe(values);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void encode_otherLaterEvents_leaveEarlierEncodingsAlone(long seed) {
    List<Values> common = stream(seed, 80).subList(0, 40);
    List<float[]> first = observe(concat(common, stream(seed + 1000, 40)));
    List<float[]> second = observe(concat(common, stream(seed + 2000, 40)));

    for (int i = 0; i < 40; i++) {
      assertThat(second.get(i)).isEqualTo(first.get(i));
    }
    assertThat(second.get(41)).isNotEqualTo(first.get(41));
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33})
  void encode_withoutAbsorb_changesNothing(long seed) {
    List<Values> events = stream(seed, 60);
    List<Values> others = stream(seed + 1, 60);
    List<float[]> undisturbed = observe(events);
    Run run = new Run();

    for (int i = 0; i < events.size(); i++) {
      run.encode(others.get(i));
      run.encode(events.get(i));
      run.encode(others.get(59 - i));
      assertThat(run.observe(events.get(i))).isEqualTo(undisturbed.get(i));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {41, 42})
  void observe_afterRestore_givesTheSameBits(long seed) {
    List<Values> events = stream(seed, 100);
    List<float[]> undisturbed = observe(events);
    Run run = new Run();

    for (int i = 0; i < events.size(); i++) {
      run.restore();
      assertThat(run.observe(events.get(i))).isEqualTo(undisturbed.get(i));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {51, 52})
  void observe_keysInterleaved_haveSeparateMemories(long seed) {
    List<Values> events = stream(seed, 100);
    Run together = new Run();
    events.forEach(together::observe);

    // memories that hold slots depend on the shared dictionaries: give both runs the same
    for (String key : List.of("a", "b", "c")) {
      Run alone = new Run();
      alone.statistics = together.statistics;
      events.stream().filter(values -> values.key().equals(key)).forEach(alone::observe);
      assertThat(alone.memories.get(key)).isEqualTo(together.memories.get(key));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1e300, Float.MAX_VALUE})
  void observe_numbersBeyondReason_neverReachTheOutput(double bad) {
    Run run = new Run();
    Random random = new Random(3);

    for (Values values : stream(3, 200)) {
      Map<String, Double> numbers = new HashMap<>(values.numbers());
      numbers.replaceAll(
          (field, x) -> random.nextInt(3) > 0 ? x : random.nextBoolean() ? bad : -bad);
      float[] out = run.observe(new Values(values.key(), numbers, values.texts()));
      for (float value : out) {
        assertThat(value).isFinite();
      }
      assertThat(Arrays.stream(run.statistics.values).allMatch(Double::isFinite)).isTrue();
    }
  }

  private List<float[]> observe(List<Values> events) {
    Run run = new Run();
    return events.stream().map(run::observe).toList();
  }

  private static List<Values> concat(List<Values> first, List<Values> second) {
    List<Values> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private Event event(Values values) {
    Event event = new Event(schema);
    for (int i = 0; i < schema.size(); i++) {
      Field field = schema.field(i);
      if (field.kind() == FieldKind.CATEGORY) {
        event.categories[i] = values.texts().get(field.path());
      } else {
        event.numbers[i] = values.numbers().getOrDefault(field.path(), Double.NaN);
      }
    }
    return event;
  }

  private static List<Values> stream(long seed, int size) {
    Random random = new Random(seed);
    List<Values> events = new ArrayList<>();
    double time = 1.7e12;
    for (int i = 0; i < size; i++) {
      time += random.nextInt(40_000_000) - 2_000_000;
      Map<String, Double> numbers = new HashMap<>();
      Map<String, String> texts = new HashMap<>();
      for (String field : NUMBERS) {
        numbers.put(field, 3 * random.nextGaussian());
      }
      for (String field : TIMES) {
        numbers.put(field, time + random.nextInt(1000));
      }
      for (String field : TEXTS) {
        texts.put(field, "text" + random.nextInt(1 + i / 15));
      }
      // what need not be there is absent at times
      for (String field : List.of("w", "y", "m")) {
        if (random.nextInt(5) == 0) {
          numbers.remove(field);
        }
      }
      for (String field : List.of("o", "c")) {
        if (random.nextInt(5) == 0) {
          texts.remove(field);
        }
      }
      events.add(new Values(List.of("a", "b", "c").get(random.nextInt(3)), numbers, texts));
    }
    return events;
  }
}
