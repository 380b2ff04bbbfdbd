package eddy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class LicencesTest {
  private final Licences licences =
      new Licences(
          List.of(
              "# remark",
              "allowed: MIT",
              "org.one*:* | MIT, GPL-2.0 | MIT | either",
              "org.two:silent | none | MIT | its README"));

  private static JsonNode component(String group, String name, String... licences)
      throws Exception {
    StringBuilder entries = new StringBuilder();
    for (String licence : licences) {
      entries.append(entries.isEmpty() ? "" : ",").append("{'license':{'id':'" + licence + "'}}");
    }
    String json =
        "{'group':'%s','name':'%s','licenses':[%s]}".formatted(group, name, entries.toString());
    return new ObjectMapper().readTree(json.replace('\'', '"'));
  }

  @Test
  void complaint_allowedLicence_none() throws Exception {
    assertThat(licences.complaint(component("any", "jar", "MIT"))).isEmpty();
  }

  @Test
  void complaint_licenceReadOtherwise_noneForThatJarAlone() throws Exception {
    assertThat(licences.complaint(component("org.one.web", "jar", "MIT", "GPL-2.0"))).isEmpty();
    assertThat(licences.complaint(component("org.two", "silent"))).isEmpty();
    assertThat(licences.complaint(component("org.two", "jar", "MIT", "GPL-2.0")))
        .contains("org.two:jar is under MIT, GPL-2.0");
    assertThat(licences.complaint(component("org.one", "jar")))
        .contains("org.one:jar is under none");
  }

  @Test
  void complaint_licenceHasChanged_namesIt() throws Exception {
    assertThat(licences.complaint(component("org.one.web", "jar", "GPL-2.0")))
        .contains("org.one.web:jar is under GPL-2.0");
  }

  @Test
  void unused_afterOneOfTwo_isTheOther() throws Exception {
    licences.complaint(component("org.two", "silent"));
    assertThat(licences.unused()).containsExactly("org.one*:* | MIT, GPL-2.0 | MIT | either");
  }

  @Test
  void reading_asALicenceThatIsNotAllowed_isRefused() {
    assertThatThrownBy(() -> new Licences(List.of("org.one:jar | none | GPL-2.0 | why")))
        .hasMessageContaining("GPL-2.0 is not allowed");
  }
}
