package eddy.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * How often the learner is right by how sure it is: in bins of confidence, of which means are kept
 * (Murphy and Winkler 1977).
 */
final class Reliability {
  private static final int BINS = 10;

  private final long[] rows = new long[BINS];
  private final long[] right = new long[BINS];
  private final double[] confidence = new double[BINS];
  private long count;

  /**
   * Adds a label.
   *
   * @param sure probability given to the class that was said; NaN does not count
   * @param wasRight whether that was the true class
   */
  void add(double sure, boolean wasRight) {
    if (!Double.isNaN(sure)) {
      int bin = Math.min(BINS - 1, (int) (sure * BINS));
      rows[bin]++;
      right[bin] += wasRight ? 1 : 0;
      confidence[bin] += sure;
      count++;
    }
  }

  /** Writes a field {@code reliability}, sums by bin; nothing where there are no labels. */
  void write(JsonGenerator json) throws IOException {
    if (count == 0) {
      return;
    }
    json.writeObjectFieldStart("reliability");
    json.writeFieldName("rows");
    json.writeArray(rows, 0, BINS);
    json.writeFieldName("right");
    json.writeArray(right, 0, BINS);
    json.writeArrayFieldStart("confidence");
    for (double sum : confidence) {
      json.writeNumber(sum);
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
