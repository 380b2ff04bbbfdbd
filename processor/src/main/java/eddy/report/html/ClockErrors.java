package eddy.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Losses by weekday and hour of the origin, in UTC. */
final class ClockErrors {
  private static final int DAYS = 7;
  private static final int HOURS = 24;
  private static final long HOUR_MS = 3_600_000;

  /** 1970-01-01 was a Thursday; Monday is 0. */
  private static final int FIRST_DAY = 3;

  private final long[] counts = new long[DAYS * HOURS];
  private final double[] losses = new double[DAYS * HOURS];
  private final double[] baselineLosses = new double[DAYS * HOURS];

  /** Adds a row on which both said something. */
  void add(long time, double loss, double baselineLoss) {
    if (Double.isNaN(loss) || Double.isNaN(baselineLoss)) {
      return;
    }
    long hours = Math.floorDiv(time, HOUR_MS);
    int hour = Math.floorMod(hours, HOURS);
    int day = Math.floorMod(Math.floorDiv(hours, HOURS) + FIRST_DAY, DAYS);
    int cell = day * HOURS + hour;
    counts[cell]++;
    losses[cell] += loss;
    baselineLosses[cell] += baselineLoss;
  }

  void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeFieldName("rows");
    json.writeArray(counts, 0, counts.length);
    NumberArray.write(json, "loss", losses, losses.length);
    NumberArray.write(json, "baseline", baselineLosses, baselineLosses.length);
    json.writeEndObject();
  }
}
