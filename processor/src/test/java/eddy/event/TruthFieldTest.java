package eddy.event;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.feature.EventSchema;
import eddy.feature.FeatureSpec;
import eddy.feature.FieldKind;
import eddy.feature.SequenceSpec;
import eddy.feature.SequenceSpec.Output;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The field that marks the end of a sequence. */
class TruthFieldTest {
  private static EventSchema schema(boolean optional) {
    return EventSchema.of(
        List.of(new FeatureSpec("x", false, List.of())),
        List.of(),
        0,
        new SequenceSpec(Output.EVERY, "end", optional));
  }

  private static Decoded decode(String json, boolean optional) {
    return new JsonEventDecoder(schema(optional))
        .decode(json.getBytes(StandardCharsets.UTF_8), 0, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "true,1",
    "false,0",
    "1,1",
    "0,0",
    "1.0,1",
    "\"true\",1",
    "\"False\",0",
    "\"TRUE\",1"
  })
  void decode_trueOrFalse_isOneOrZero(String value, double expected) {
    Decoded decoded = decode("{\"x\":1,\"end\":" + value + "}", false);
    assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
    int end = schema(false).index("end", FieldKind.TRUTH);
    assertThat(((Decoded.Accepted) decoded).event().numbers[end]).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "-1", "\"yes\"", "\"\"", "[]", "0.5"})
  void decode_anythingElse_isRejectedWithItsReason(String value) {
    Decoded decoded = decode("{\"x\":1,\"end\":" + value + "}", true);
    assertThat(decoded).isInstanceOf(Decoded.Rejected.class);
    assertThat(((Decoded.Rejected) decoded).reason())
        .startsWith("field end: expected true or false, or 1 or 0, got ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"x\":1}", "{\"x\":1,\"end\":null}"})
  void decode_missing_isRejectedUnlessOptional(String json) {
    assertThat(((Decoded.Rejected) decode(json, false)).reason())
        .isEqualTo("field end: expected true or false, or 1 or 0, but it is missing or null");
    assertThat(decode(json, true)).isInstanceOf(Decoded.Accepted.class);
  }
}
