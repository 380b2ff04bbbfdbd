package eddy.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eddy.config.EddyConfig;
import eddy.event.PredictionRecord.OfClass;
import eddy.event.PredictionRecord.OfNumber;
import eddy.feature.Event;
import eddy.learn.KeyState;
import eddy.learn.Outcome;
import eddy.learn.Prequential;
import eddy.learn.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionWriterTest {
  private static final String[] CLASSES = {"calm", "a \"storm\"\n", null, "\ud83c\udf00"};
  private static final SlotNames NAMES = (target, slot) -> CLASSES[slot];

  /** Targets are the number lat@+4 and the class s@+1 with four slots. */
  private final Prequential prequential =
      EddyConfig.of(
              Map.of(
                  "eddy.features", "lat",
                  "eddy.targets", "lat@+4,s:category(4)@+1",
                  "eddy.cell", "elman",
                  "eddy.units", "2"))
          .newPrequential();

  private final Outcome outcome = observed();
  private final PredictionWriter writer =
      new PredictionWriter("rtrl(block 1)", outcome.targets(), "my-storms", 3);

  private Outcome observed() {
    Event event = new Event(prequential.schema());
    event.numbers[0] = 1;
    event.position = 17;
    return prequential.observe(event, prequential.newKeyState(), prequential.newWeights());
  }

  private String write(byte[] key) {
    return new String(
        writer.write(17, key, 173_059_200_000L, outcome, NAMES), StandardCharsets.UTF_8);
  }

  private PredictionRecord written() {
    return PredictionRecord.parse(writer.write(17, new byte[] {'k'}, 0, outcome, NAMES));
  }

  private void number(double value, double model, double baseline) {
    outcome.predictions[0].value = value;
    outcome.predictions[0].model = model;
    outcome.predictions[0].baseline = baseline;
  }

  private void symbol(int value, int model, int baseline, float... distribution) {
    outcome.predictions[1].value = value;
    outcome.predictions[1].model = model;
    outcome.predictions[1].baseline = baseline;
    outcome.predictions[1].probability = value < 0 ? Double.NaN : distribution[value];
    System.arraycopy(distribution, 0, outcome.predictions[1].distribution, 0, 4);
  }

  @Test
  void write_numberAndClass_isThisText() {
    outcome.updates = 12;
    outcome.predictions[0].source = Outcome.Source.BASELINE;
    number(0.1f, 1e21, Double.MIN_VALUE);
    symbol(1, 0, -1, 0.25f, 0.5f, 0.125f, 0.1f);
    assertThat(write("Amy".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(
            "{\"id\":\"my-storms-3-17\",\"key\":\"Amy\",\"timestamp\":\"1975-06-27T00:00:00Z\","
                + "\"learner\":\"rtrl(block 1)\",\"updates\":12,\"predictions\":{"
                + "\"lat@+4\":{\"value\":0.10000000149011612,\"model\":1.0E21,"
                + "\"baseline\":4.9E-324,\"source\":\"baseline\"},"
                + "\"s@+1\":{\"value\":\"a \\\"storm\\\"\\n\",\"model\":\"calm\","
                + "\"baseline\":null,\"source\":\"model\",\"probability\":0.5,"
                + "\"distribution\":{\"calm\":0.25,\"a \\\"storm\\\"\\n\":0.5,"
                + "\"\ud83c\udf00\":0.10000000149011612},\"unassigned\":0.125}}}");
  }

  @Test
  void write_predictionOfAnEarlierEvent_namesIt() {
    outcome.labelledPosition = 15;
    assertThat(written().id()).isEqualTo("my-storms-3-17");
    assertThat(written().labelled()).isEqualTo("my-storms-3-15");
    assertThat(written().labelledOffset()).isEqualTo(15);
  }

  @Test
  void write_predictionOfTheEventItself_namesNoOther() {
    assertThat(write(null)).doesNotContain("labelled");
    assertThat(written().labelledOffset()).isEqualTo(17);
  }

  @Test
  void write_undefinedValues_areNull() throws IOException {
    number(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    symbol(-1, 2, -1, 0, 0, 1, 0);
    JsonNode tree = new ObjectMapper().readTree(write(null));
    assertThat(tree.path("key").isNull()).isTrue();
    for (String value : new String[] {"value", "model", "baseline"}) {
      assertThat(tree.at("/predictions/lat@+4/" + value).isNull()).as(value).isTrue();
      assertThat(tree.at("/predictions/s@+1/" + value).isNull()).as(value).isTrue();
    }
    assertThat(tree.at("/predictions/s@+1/probability").isNull()).isTrue();
  }

  @Test
  void write_keyThatIsNoUtf8_isReplaced() throws IOException {
    assertThat(new ObjectMapper().readTree(write(new byte[] {(byte) 0xff})).path("key").asText())
        .isEqualTo("\ufffd");
  }

  @Test
  void write_realOutcome_isReadBackTheSame() {
    PredictionRecord record = written();
    Outcome.Prediction lat = outcome.predictions[0];
    assertThat(record.predictions().keySet()).containsExactly("lat@+4", "s@+1");
    assertThat(record.predictions().get("lat@+4"))
        .isEqualTo(new OfNumber(lat.value, lat.model, lat.baseline, lat.source));
  }

  @Property
  void parse_anyNumbers_givesTheirBits(
      @ForAll double value, @ForAll double model, @ForAll float probability) {
    number(value, model, probability);
    symbol(0, 1, 3, probability, probability / 3, probability / 7, 0);
    PredictionRecord record = written();
    assertThat(record.predictions().get("lat@+4"))
        .isEqualTo(new OfNumber(value, model, probability, outcome.predictions[0].source));
    assertThat(record.predictions().get("s@+1"))
        .isEqualTo(
            new OfClass(
                CLASSES[0],
                CLASSES[1],
                CLASSES[3],
                Outcome.Source.MODEL,
                probability,
                Map.of(
                    CLASSES[0], (double) probability,
                    CLASSES[1], (double) (probability / 3),
                    CLASSES[3], 0.0),
                probability / 7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"quantile(0.05,0.5,0.9)", "gaussian"})
  void write_numberWithItsUncertainty_isReadBackTheSame(String loss) {
    Prequential learner =
        EddyConfig.of(
                Map.of(
                    "eddy.features", "lat",
                    "eddy.targets", "lat@+1",
                    "eddy.panel", "single",
                    "eddy.gate", "off",
                    "eddy.loss", loss))
            .newPrequential();
    Event event = new Event(learner.schema());
    event.numbers[0] = 3.7;
    KeyState key = learner.newKeyState();
    Weights weights = learner.newWeights();
    learner.observe(event, key, weights);
    event.numbers[0] = 5.7;
    Outcome said = learner.observe(event, key, weights);
    byte[] bytes =
        new PredictionWriter("x", said.targets(), "storms", 0).write(0, null, 0, said, NAMES);
    Outcome.Prediction lat = said.predictions[0];
    assertThat(PredictionRecord.parse(bytes).predictions().get("lat@+1"))
        .isEqualTo(new OfNumber(lat.value, lat.model, lat.baseline, lat.source, lat.spread()));
    assertThat(new String(bytes, StandardCharsets.UTF_8))
        .contains(
            loss.equals("gaussian")
                ? "\"source\":\"model\",\"deviation\":"
                : "\"source\":\"model\",\"quantiles\":{\"0.05\":");
  }

  @Test
  void write_deviationBeforeAnyLabel_isAbsent() {
    Prequential learner =
        EddyConfig.of(
                Map.of(
                    "eddy.features", "lat",
                    "eddy.targets", "lat@+1",
                    "eddy.panel", "single",
                    "eddy.loss", "gaussian"))
            .newPrequential();
    Event event = new Event(learner.schema());
    event.numbers[0] = 3.7;
    Outcome said = learner.observe(event, learner.newKeyState(), learner.newWeights());
    byte[] bytes =
        new PredictionWriter("x", said.targets(), "storms", 0).write(0, null, 0, said, NAMES);
    assertThat(new String(bytes, StandardCharsets.UTF_8))
        .contains("\"value\":3.7")
        .doesNotContain("deviation");
  }

  @Test
  void parse_record_knowsWhereItsEventStood() {
    PredictionRecord record = written();
    assertThat(record.id()).isEqualTo("my-storms-3-17");
    assertThat(record.partition()).isEqualTo(3);
    assertThat(record.offset()).isEqualTo(17);
    assertThat(record.timestamp()).isZero();
    assertThat(record.key()).isEqualTo("k");
    assertThat(record.learner()).isEqualTo("rtrl(block 1)");
    assertThat(record.updates()).isEqualTo(outcome.updates);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}",
        "{\"id\":\"a-0-0\",\"learner\":\"x\",\"timestamp\":\"soon\"}",
        "{\"id\":\"a\",\"learner\":\"x\",\"timestamp\":\"1970-01-01T00:00:00Z\"}",
        "{\"id\":\"a-0-0\",\"learner\":\"x\",\"timestamp\":\"1970-01-01T00:00:00Z\",\"updates\":\"\"}",
        "{\"id\":\"a-0-0\",\"learner\":\"x\",\"timestamp\":\"1970-01-01T00:00:00Z\",\"predictions\":1}"
      })
  void parse_whatIsNoRecord_saysSo(String json) {
    assertThatThrownBy(() -> PredictionRecord.parse(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
