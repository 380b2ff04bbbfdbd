package eddy.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class FieldSurveyTest {
  private static FieldSurvey survey(String features, String targets, String... events) {
    FieldSurvey survey =
        FieldSurvey.ofTopic(
            EddyConfig.of(Map.of("eddy.features", features, "eddy.targets", targets)));
    for (String event : events) {
      survey.add(event.getBytes(StandardCharsets.UTF_8), new RecordHeaders());
    }
    return survey;
  }

  @Test
  void requireFields_targetThatNoEventHas_isNamedWithTheNearest() {
    FieldSurvey survey =
        survey("lat", "wnd@+4", "{\"lat\":1,\"wind\":2}", "{\"lat\":1}", "no JSON", "[]");
    assertThatThrownBy(() -> survey.requireFields("storms"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "field wnd: the first 2 events of storms do not have it, did you mean wind?"
                + " They have lat, wind");
  }

  @Test
  void requireFields_fieldsInAnyOfTheEvents_areFound() {
    FieldSurvey survey =
        survey(
            "pos.lat,rare?,old",
            "wind@+4 - `a b`@-1",
            "{\"pos\":{\"lat\":1},\"a b\":null}",
            "{\"old\":1,\"wind\":2}");
    assertThatCode(() -> survey.requireFields("storms")).doesNotThrowAnyException();
  }

  @Test
  void requireFields_noEvents_saysNothing() {
    assertThatCode(() -> survey("lat", "wind@+4", "{").requireFields("storms"))
        .doesNotThrowAnyException();
  }

  @Test
  void requireFields_lastOfManyFields_isFound() {
    StringBuilder wide = new StringBuilder("{");
    for (int i = 0; i < 1000; i++) {
      wide.append("\"f").append(i).append("\":1,");
    }
    FieldSurvey survey = survey("f0", "last@+1", wide.append("\"last\":2}").toString());

    assertThatCode(() -> survey.requireFields("wide")).doesNotThrowAnyException();
  }

  @Test
  void add_recordWithoutValue_isPassedOver() {
    FieldSurvey survey = survey("lat", "wind@+4", "{\"lat\":1}");

    survey.add(null, new RecordHeaders());

    assertThat(survey.missing()).containsExactly("wind");
  }
}
