package eddy.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eddy.feature.Event;
import eddy.feature.EventSchema;
import eddy.feature.FieldKind;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Matcher;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonEventDecoderTest {
  /** wind a number, note an optional one, status a class, t a time, pos.lat a nested number. */
  private static final EventSchema SCHEMA =
      Schemas.of("wind,note?,status:category,t:gap,pos.lat", "wind@+1");

  private static final int WIND = SCHEMA.index("wind", FieldKind.NUMBER);
  private static final int NOTE = SCHEMA.index("note", FieldKind.NUMBER);
  private static final int STATUS = SCHEMA.index("status", FieldKind.CATEGORY);
  private static final int T = SCHEMA.index("t", FieldKind.TIME);
  private static final int LAT = SCHEMA.index("pos.lat", FieldKind.NUMBER);

  private static final String GOOD =
      "{\"wind\":25,\"status\":\"storm\",\"t\":\"1970-01-02\",\"pos\":{\"lat\":-79.5}}";

  private final JsonEventDecoder decoder = new JsonEventDecoder(SCHEMA);

  private Decoded decode(String json) {
    return decoder.decode(json.getBytes(StandardCharsets.UTF_8), 17, 3);
  }

  private Event accept(String json) {
    Decoded decoded = decode(json);
    assertThat(decoded).as(json).isInstanceOf(Decoded.Accepted.class);
    return ((Decoded.Accepted) decoded).event();
  }

  private String reject(String json) {
    Decoded decoded = decode(json);
    assertThat(decoded).as(json).isInstanceOf(Decoded.Rejected.class);
    return ((Decoded.Rejected) decoded).reason();
  }

  /** The good event with another value of one field. */
  private static String with(String field, String value) {
    return GOOD.replaceFirst(
        "\"" + field + "\":[^,}]+", Matcher.quoteReplacement("\"" + field + "\":" + value));
  }

  @Test
  void decode_completeEvent_readsEveryField() {
    Event event = accept(GOOD);
    assertThat(event.timestamp).isEqualTo(17);
    assertThat(event.position).isEqualTo(3);
    assertThat(event.numbers[WIND]).isEqualTo(25);
    assertThat(event.numbers[NOTE]).isNaN();
    assertThat(event.categories[STATUS]).isEqualTo("storm");
    assertThat(event.numbers[T]).isEqualTo(86_400_000);
    assertThat(event.numbers[LAT]).isEqualTo(-79.5);
  }

  @Test
  void decode_secondEvent_keepsNothingOfTheFirst() {
    accept(GOOD.replace("{\"wind", "{\"note\":1,\"wind"));
    assertThat(accept(GOOD).numbers[NOTE]).isNaN();
    reject(with("wind", "true"));
    assertThat(accept(GOOD).numbers[WIND]).isEqualTo(25);
  }

  @Test
  void decode_otherFields_mayBeAnything() {
    assertThat(
            accept(
                "{\"x\":[1,{\"wind\":\"no\"}],\"y\":{\"pos\":{\"lat\":\"no\"}},"
                    + GOOD.substring(1)))
        .extracting(event -> event.numbers[WIND])
        .isEqualTo(25.0);
  }

  @Test
  void decode_dottedPathAsOneName_isReadToo() {
    assertThat(accept(GOOD.replace("\"pos\":{\"lat\":-79.5}", "\"pos.lat\":8")).numbers[LAT])
        .isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "wind | \"n/a\" | field wind: expected a number, got \"n/a\"",
        "wind | \"25\" | field wind: expected a number, got \"25\"",
        "wind | null | field wind: expected a number, but it is missing or null",
        "wind | true | field wind: expected a number, got true",
        "wind | NaN | field wind: expected a number, got NaN",
        "wind | -Infinity | field wind: expected a number, got -Infinity",
        "wind | Infinity | field wind: expected a number, got Infinity",
        "wind | 007 | field wind: expected a number, got 007",
        "wind | +5 | field wind: expected a number, got +5",
        "wind | 1e300 | field wind: expected a number between -3.4028235E38 and 3.4028235E38, got 1e300",
        "wind | -4e38 | field wind: expected a number between -3.4028235E38 and 3.4028235E38, got -4e38",
        "wind | 1e99999 | field wind: expected a number between -3.4028235E38 and 3.4028235E38, got 1e99999",
        "wind | [] | field wind: expected a number, got an array",
        "wind | {} | field wind: expected a number, got an object",
        "note | \"\" | field note: expected a number, got \"\"",
        "lat | \"x\" | field pos.lat: expected a number, got \"x\"",
        "pos | 5 | field pos.lat: expected a number, but it is missing or null",
        "t | \"soon\" | field t: expected a time (ISO-8601, yyyy-MM-dd HH:mm:ss or epoch milliseconds), got \"soon\"",
        "t | \"123456789012\" | field t: expected a time (ISO-8601, yyyy-MM-dd HH:mm:ss or epoch milliseconds), got \"123456789012\"",
        "t | 1e17 | field t: expected milliseconds between -2^53 and 2^53, got 1e17",
        "status | {} | field status: expected a text, number or boolean, got an object",
        "status | 1e999 | field status: expected a class of at most 256 characters, got a longer number: 1e999",
        "status | \"\\ud800\" | field status: expected Unicode, got half a surrogate pair",
      })
  void decode_wrongValue_namesFieldExpectationAndFinding(
      String field, String value, String reason) {
    String json = field.equals("pos") ? GOOD.replace("{\"lat\":-79.5}", value) : with(field, value);
    json = field.equals("note") ? "{\"note\":" + value + "," + GOOD.substring(1) : json;
    assertThat(reject(json)).isEqualTo(reason);
  }

  @Test
  void decode_missingField_isRejectedUnlessOptional() {
    assertThat(reject(GOOD.replace("\"wind\":25,", "")))
        .isEqualTo("field wind: expected a number, but it is missing or null");
    assertThat(accept("{\"note\":null," + GOOD.substring(1)).numbers[NOTE]).isNaN();
  }

  @ParameterizedTest
  @CsvSource({
    "1,1",
    "1.0,1",
    "\"1\",1",
    "true,true",
    "\"true\",true",
    "1e2,100",
    "-0,0",
    "\"1.0\",1.0",
    "\"\",''",
    "\"\u00e4\ud83c\udf00\",\u00e4\ud83c\udf00",
    "\"\\ud83c\\udf00\",\ud83c\udf00"
  })
  void decode_class_isReadAsItsText(String value, String text) {
    assertThat(accept(with("status", value)).categories[STATUS]).isEqualTo(text);
  }

  @Test
  void decode_overlongClass_isRejectedWithItsBeginning() {
    assertThat(accept(with("status", '"' + "x".repeat(256) + '"')).categories[STATUS]).hasSize(256);
    assertThat(reject(with("status", '"' + "x".repeat(257) + '"')))
        .isEqualTo(
            "field status: expected a class of at most 256 characters, got one of 257: \""
                + "x".repeat(60)
                + "\u2026\"");
  }

  @Test
  void decode_foundTextWithLineEnds_staysOneLine() {
    assertThat(reject(with("wind", "\"a\\nb\\u0000\\u2028\"")))
        .isEqualTo("field wind: expected a number, got \"a\\u000ab\\u0000\\u2028\"");
  }

  @Test
  void decode_nameTwice_hasItsLastValue() {
    assertThat(accept("{\"wind\":\"n/a\"," + GOOD.substring(1)).numbers[WIND]).isEqualTo(25);
    assertThat(reject("{\"wind\":25," + with("wind", "\"n/a\"").substring(1))).contains("\"n/a\"");
    assertThat(reject("{\"pos\":{\"lat\":1}," + GOOD.replace("\"lat\"", "\"x\"").substring(1)))
        .isEqualTo("field pos.lat: expected a number, but it is missing or null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "'' | expected a JSON object, got nothing",
        "[] | expected a JSON object, got an array",
        "17 | expected a JSON object, got a number",
        "\"x\" | expected a JSON object, got a text",
        "null | expected a JSON object, got null",
        "{ | expected JSON, got what is none",
        "{\"wind\":25 | expected JSON, got what is none",
        "{wind:25} | expected JSON, got what is none",
        "{\"x\":{\"wind\":NaN}} | expected JSON, got what is none",
        "{\"x\":NaN} | expected JSON, got what is none",
        "hello | expected JSON, got what is none",
      })
  void decode_noObject_saysSo(String json, String reason) {
    assertThat(reject(json)).startsWith(reason).doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"}", "{}", " 1", "x", "\"", ","})
  void decode_anythingAfterTheObject_isRejected(String trailing) {
    assertThat(reject(GOOD + trailing)).startsWith("expected nothing after the JSON object");
    accept(GOOD + " \n\t");
  }

  @Test
  void decode_nullValue_deletesTheKey() {
    assertThat(decoder.decode(null, 0, 0)).isEqualTo(Decoded.Deleted.KEY);
  }

  @Test
  void decode_valueBeyondTheBound_isRejectedWithBothSizes() {
    byte[] padded = (GOOD + " ".repeat(1000)).getBytes(StandardCharsets.UTF_8);
    assertThat(new JsonEventDecoder(SCHEMA, padded.length).decode(padded, 0, 0))
        .isInstanceOf(Decoded.Accepted.class);
    assertThat(new JsonEventDecoder(SCHEMA, padded.length - 1).decode(padded, 0, 0))
        .isEqualTo(
            new Decoded.Rejected(
                "expected at most "
                    + (padded.length - 1)
                    + " bytes, got "
                    + padded.length
                    + "; raise eddy.event.max.bytes"));
  }

  @Test
  void decode_hostileNestingOrLength_isRejected() {
    assertThat(reject("{\"x\":" + "[".repeat(100_000))).startsWith("expected JSON");
    assertThat(reject("{\"x\":" + "{\"y\":".repeat(100_000))).startsWith("expected JSON");
    assertThat(reject("{\"" + "n".repeat(100_000) + "\":1}")).startsWith("expected JSON");
    assertThat(reject(with("wind", "1".repeat(500_000))))
        .isEqualTo(
            "field wind: expected a number, got one of 500000 characters: "
                + "1".repeat(60)
                + "\u2026");
  }

  @Test
  void decode_bytesThatAreNoUtf8_areRejected() {
    byte[] bytes = with("status", "\"x\"").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 'x') {
        bytes[i] = (byte) 0xff;
      }
    }
    assertThat(decoder.decode(bytes, 0, 0)).isInstanceOf(Decoded.Rejected.class);
    assertThat(decoder.decode(GOOD.getBytes(StandardCharsets.UTF_16), 0, 0))
        .isInstanceOf(Decoded.Rejected.class);
  }

  /** The oracle reads the whole tree with another parser of numbers. */
  @Property
  void decode_anyObject_agreesWithATree(@ForAll("objects") String json) throws IOException {
    JsonNode tree = new ObjectMapper().readTree(json);
    JsonNode wind = tree.path("wind");
    JsonNode lat = tree.path("pos").path("lat");
    JsonNode status = tree.path("status");
    String text = status.isNumber() ? plain(status) : status.asText();
    boolean good =
        isNumber(wind)
            && isNumber(lat)
            && status.isValueNode()
            && !status.isNull()
            && text.length() <= 256;
    Decoded decoded = decode(json);
    assertThat(decoded instanceof Decoded.Accepted).as(json).isEqualTo(good);
    if (decoded instanceof Decoded.Accepted accepted) {
      assertThat(accepted.event().numbers[WIND]).isEqualTo(decimal(wind).doubleValue());
      assertThat(accepted.event().numbers[LAT]).isEqualTo(decimal(lat).doubleValue());
      assertThat(accepted.event().categories[STATUS]).isEqualTo(text);
    }
  }

  private static String plain(JsonNode number) {
    return decimal(number).signum() == 0
        ? "0"
        : decimal(number).stripTrailingZeros().toPlainString();
  }

  private static BigDecimal decimal(JsonNode node) {
    return new BigDecimal(node.asText());
  }

  private static boolean isNumber(JsonNode node) {
    return node.isNumber() && decimal(node).abs().compareTo(new BigDecimal(Float.MAX_VALUE)) <= 0;
  }

  @Provide
  Arbitrary<String> objects() {
    Arbitrary<String> values =
        Arbitraries.oneOf(
            Arbitraries.doubles().map(String::valueOf),
            Arbitraries.integers().map(String::valueOf),
            Arbitraries.of("null", "true", "\"a\"", "\"1\"", "{}", "{\"lat\":2}", "[{\"lat\":1}]"));
    Arbitrary<String> names = Arbitraries.of("wind", "pos", "lat", "status", "x", "pos");
    Arbitrary<String> members =
        names.flatMap(
            name ->
                values.map(
                    value ->
                        name.equals("pos") && value.matches("-?\\d.*")
                            ? "\"pos\":{\"lat\":" + value + "}"
                            : "\"" + name + "\":" + value));
    // the last ones make it likely that all required fields are there
    return members
        .list()
        .ofMaxSize(4)
        .flatMap(
            list ->
                Arbitraries.of(
                        "",
                        "\"wind\":1.5,\"pos\":{\"lat\":2},\"status\":\"s\",",
                        "\"pos\":{\"lat\":1,\"lat\":3},\"status\":true,\"wind\":4,")
                    .map(
                        start ->
                            "{"
                                + start
                                + "\"t\":0"
                                + (list.isEmpty() ? "" : ",")
                                + String.join(",", list)
                                + "}"));
  }

  @Test
  void decode_randomlyDamagedEvents_neverThrows() {
    Random random = new Random(7);
    byte[] good =
        GOOD.replace("storm", "st\u00f6rm\\n\ud83c\udf00").getBytes(StandardCharsets.UTF_8);
    int accepted = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = good.clone();
      int changes = 1 + random.nextInt(3);
      for (int c = 0; c < changes; c++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
      byte[] value = Arrays.copyOf(bytes, length);
      Decoded decoded = decoder.decode(value, 0, i);
      if (decoded instanceof Decoded.Rejected rejected) {
        assertThat(rejected.reason().lines().count()).isEqualTo(1);
      } else {
        accepted++;
      }
    }
    assertThat(accepted).isBetween(1000, 150_000);
  }
}
