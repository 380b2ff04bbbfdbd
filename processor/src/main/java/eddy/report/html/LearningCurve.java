package eddy.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import eddy.metric.RunningMean;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the losses of several models went, in bounded memory: their means over the newest labels and
 * since the start, sampled at every stride-th label. When the samples are full, every second one
 * goes and the stride doubles.
 *
 * <p>Memory: models * (window + 2 samples) doubles.
 */
final class LearningCurve {
  private static final int SAMPLES = 480;

  private final List<String> names;
  private final int window;
  private final RunningMean[] newest;
  private final double[] sums;
  private final long[] counts;
  private final long[] at = new long[SAMPLES];
  private final long[] times = new long[SAMPLES];
  private final double[][] windowed; // [model][sample]
  private final double[][] since; // [model][sample]
  private long labels;
  private long stride = 1;
  private int samples;

  LearningCurve(List<String> names, int window) {
    this.names = List.copyOf(names);
    this.window = window;
    newest =
        IntStream.range(0, names.size())
            .mapToObj(i -> RunningMean.windowed(window))
            .toArray(RunningMean[]::new);
    sums = new double[names.size()];
    counts = new long[names.size()];
    windowed = new double[names.size()][SAMPLES];
    since = new double[names.size()][SAMPLES];
  }

  /**
   * Adds one label.
   *
   * @param losses by model, NaN for none
   */
  void add(long time, double[] losses) {
    for (int i = 0; i < newest.length; i++) {
      if (!Double.isNaN(losses[i])) {
        newest[i].add(losses[i]);
        sums[i] += losses[i];
        counts[i]++;
      }
    }
    labels++;
    if (labels % stride == 0) {
      sample(time);
    }
  }

  private void sample(long time) {
    if (samples == SAMPLES) {
      thin();
      if (labels % stride != 0) {
        return;
      }
    }
    at[samples] = labels;
    times[samples] = time;
    for (int i = 0; i < newest.length; i++) {
      windowed[i][samples] = newest[i].mean();
      since[i][samples] = sums[i] / counts[i];
    }
    samples++;
  }

  /** Keeps the samples at multiples of twice the stride. */
  private void thin() {
    stride *= 2;
    samples /= 2;
    for (int to = 0; to < samples; to++) {
      int from = 2 * to + 1;
      at[to] = at[from];
      times[to] = times[from];
      for (int i = 0; i < newest.length; i++) {
        windowed[i][to] = windowed[i][from];
        since[i][to] = since[i][from];
      }
    }
  }

  int samples() {
    return samples;
  }

  /** Number of labels added. */
  long labels() {
    return labels;
  }

  void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("window", window);
    NumberArray.write(json, "labels", at, samples);
    NumberArray.write(json, "times", times, samples);
    write(json, "windowed", windowed);
    write(json, "since", since);
    json.writeEndObject();
  }

  private void write(JsonGenerator json, String name, double[][] means) throws IOException {
    json.writeObjectFieldStart(name);
    for (int i = 0; i < means.length; i++) {
      boolean drawable = Arrays.stream(means[i], 0, samples).anyMatch(Double::isFinite);
      if (drawable) {
        NumberArray.write(json, names.get(i), means[i], samples);
      }
    }
    json.writeEndObject();
  }
}
