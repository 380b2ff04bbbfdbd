package eddy.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** How often each class was published for each true one. */
final class Confusion {
  private static final int SIZE = ClassNames.other() + 2;

  /** [true][published]: the classes, then all others, then none. */
  private final long[][] counts = new long[SIZE][SIZE];

  /** Adds a label by the numbers of both classes. */
  void add(int label, int predicted) {
    counts[label][predicted == ClassNames.NONE ? SIZE - 1 : predicted]++;
  }

  /** Writes {@code [true, published, count]} for every pair that was met. */
  void write(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("confusion");
    for (int label = 0; label < SIZE; label++) {
      for (int predicted = 0; predicted < SIZE; predicted++) {
        if (counts[label][predicted] > 0) {
          json.writeStartArray();
          json.writeNumber(label);
          json.writeNumber(predicted == SIZE - 1 ? ClassNames.NONE : predicted);
          json.writeNumber(counts[label][predicted]);
          json.writeEndArray();
        }
      }
    }
    json.writeEndArray();
  }
}
