package eddy.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearningCurveTest {
  /** Numbers of a page are rounded to a small part of their range. */
  private static final double ROUNDED = 0.02;

  private static JsonNode written(LearningCurve curve) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      curve.write(json);
    }
    return new ObjectMapper().readTree(text.toString());
  }

  @Test
  void add_manyLabels_samplesAreMeansOfTheNewestAndOfAll() throws IOException {
    LearningCurve curve = new LearningCurve(List.of("a", "silent"), 100);
    double[] all = new double[20_000];
    for (int i = 0; i < all.length; i++) {
      all[i] = i % 313;
      curve.add(1000L * i, new double[] {all[i], Double.NaN});
    }
    assertThat(curve.samples()).isBetween(200, 480);
    JsonNode page = written(curve);
    assertThat(page.path("windowed").has("silent")).isFalse();
    int at = 0;
    for (int sample = 0; sample < curve.samples(); sample++) {
      at += page.path("labels").path(sample).asInt();
      double newest = 0;
      double since = 0;
      for (int i = 0; i < at; i++) {
        since += all[i];
        newest += i >= at - 100 ? all[i] : 0;
      }
      assertThat(page.path("windowed").path("a").path(sample).asDouble())
          .isCloseTo(newest / Math.min(at, 100), within(ROUNDED));
      assertThat(page.path("since").path("a").path(sample).asDouble())
          .isCloseTo(since / at, within(ROUNDED));
    }
  }
}
