package eddy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eddy.config.ValueFormat.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormatConfigTest {
  private static Map<String, String> properties(String... settings) {
    Map<String, String> map = new HashMap<>();
    map.put("eddy.features", "lat,wind?");
    map.put("eddy.targets", "lat@+4");
    for (int i = 0; i < settings.length; i += 2) {
      map.put(settings[i], settings[i + 1]);
    }
    return map;
  }

  private static List<String> problems(Map<String, String> properties) {
    return catchThrowableOfType(ConfigurationException.class, () -> EddyConfig.of(properties))
        .problems();
  }

  @Test
  void of_noFormat_isJson() {
    assertThat(EddyConfig.of(properties()).eventFormat().kind()).isEqualTo(Kind.JSON);
  }

  @Test
  void of_csv_hasItsColumnsInOrder() {
    ValueFormat format =
        EddyConfig.of(
                properties("eddy.input.format", "csv", "eddy.input.columns", "wind, lat,other"))
            .eventFormat();
    assertThat(format.kind()).isEqualTo(Kind.CSV);
    assertThat(format.columns()).containsExactly("wind", "lat", "other");
  }

  @Test
  void of_csvThatLacksColumns_isRefused() {
    assertThat(problems(properties("eddy.input.format", "csv")))
        .containsExactly(
            "eddy.input.columns: is missing; write the names of the cells of a line, in their"
                + " order, for eddy.input.format=csv");
    assertThat(problems(properties("eddy.input.format", "csv", "eddy.input.columns", "lat,wnd")))
        .containsExactly(
            "eddy.input.columns=lat,wnd: there is no column wind, did you mean wnd? Name all cells"
                + " of a line, in their order");
  }

  @Test
  void of_settingsOfAnotherFormat_areRefused() {
    assertThat(problems(properties("eddy.input.columns", "lat,wind")))
        .containsExactly(
            "eddy.input.columns=lat,wind: counts for lines of CSV; add eddy.input.format=csv");
    assertThat(problems(properties("eddy.avro.deserializer", "a.B")))
        .containsExactly(
            "eddy.avro.deserializer=a.B: reads Avro; add eddy.input.format=avro, or remove the"
                + " line");
    assertThat(problems(properties("eddy.labels.format", "csv")))
        .containsExactly(
            "eddy.labels.format=csv: no target is written field@label; remove the line");
    assertThat(problems(properties("eddy.input.format", "xml")).get(0))
        .startsWith("eddy.input.format=xml: there is no such value");
  }

  @Test
  void of_labels_areWrittenAsEventsUnlessSet() {
    Map<String, String> labelled = properties("eddy.labels.topic", "labels");
    labelled.put("eddy.targets", "fraud:category(4)@label");
    labelled.put("eddy.input.format", "csv");
    labelled.put("eddy.input.columns", "lat,wind");
    assertThat(problems(labelled))
        .containsExactly(
            "eddy.labels.columns: is missing; write the names of the cells of a line, in their"
                + " order, for eddy.input.format=csv");

    labelled.put("eddy.labels.columns", "id,fraud");
    assertThat(EddyConfig.of(labelled).labelFormat().columns()).containsExactly("id", "fraud");
    labelled.remove("eddy.labels.columns");
    labelled.put("eddy.labels.format", "json");
    assertThat(EddyConfig.of(labelled).labelFormat().kind()).isEqualTo(Kind.JSON);
  }
}
