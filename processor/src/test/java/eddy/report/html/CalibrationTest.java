package eddy.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  /** What Abramowitz and Stegun 7.1.26 is good for. */
  private static final double APPROXIMATION = 2e-7;

  @Test
  void reliability_knownConfidences_areCountedInTheirBins() throws IOException {
    Reliability reliability = new Reliability();
    reliability.add(0.75, true);
    reliability.add(0.78, false);
    reliability.add(1, true);
    reliability.add(Double.NaN, true);
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      reliability.write(json);
      json.writeEndObject();
    }
    JsonNode written = new ObjectMapper().readTree(text.toString()).path("reliability");
    assertThat(written.path("rows").toString()).isEqualTo("[0,0,0,0,0,0,0,2,0,1]");
    assertThat(written.path("right").toString()).isEqualTo("[0,0,0,0,0,0,0,1,0,1]");
    assertThat(written.path("confidence").path(7).asDouble()).isEqualTo(1.53);
  }

  @Test
  void normal_tableValues_areMet() {
    assertThat(Calibration.normal(0)).isCloseTo(0.5, within(APPROXIMATION));
    assertThat(Calibration.normal(1.959963985)).isCloseTo(0.975, within(APPROXIMATION));
    assertThat(Calibration.normal(-1.281551566)).isCloseTo(0.1, within(APPROXIMATION));
    assertThat(Calibration.normal(40)).isEqualTo(1);
  }
}
