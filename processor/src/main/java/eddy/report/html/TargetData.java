package eddy.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import eddy.feature.TargetSpec;
import eddy.learn.Outcome;
import eddy.learn.Spread;
import eddy.report.JsonNumber;
import eddy.report.ScoredTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a report shows of one target, collected row by row. */
final class TargetData {
  static final int WINDOW = 1000;

  private final TargetSpec target;
  private final List<String> names;
  private final double[] losses;
  private final double[] bits;
  private final double[] share = new double[1];
  private final double[] row = new double[Trace.WIDTH];
  private final LearningCurve curve;
  private final LearningCurve bitsCurve;
  private final LearningCurve byModel = new LearningCurve(List.of("model"), WINDOW);
  private final List<PairedSkill> pairs = new ArrayList<>();
  private final ClockErrors clock = new ClockErrors();
  private final Calibration calibration = new Calibration();
  private final Reliability reliability = new Reliability();
  private final ClassNames classes = new ClassNames();

  TargetData(TargetSpec target, List<String> rivals) {
    this.target = target;
    names = Models.names(rivals);
    losses = new double[names.size()];
    bits = new double[names.size()];
    curve = new LearningCurve(names, WINDOW);
    bitsCurve = new LearningCurve(target.category() ? names : List.of(), WINDOW);
    names.forEach(name -> pairs.add(new PairedSkill()));
  }

  TargetSpec target() {
    return target;
  }

  /** Adds a settled label and what was said of it. */
  void add(long time, ScoredTarget scored) {
    row[Trace.TIME] = time;
    row[Trace.LOW] = Double.NaN;
    row[Trace.HIGH] = Double.NaN;
    if (scored instanceof ScoredTarget.OfNumber number) {
      Models.losses(number, losses);
      number(number);
    } else if (scored instanceof ScoredTarget.OfClass symbol) {
      Models.losses(symbol, losses, bits);
      bitsCurve.add(time, bits);
      symbol(symbol);
    }
    curve.add(time, losses);
    for (int i = 1; i < losses.length; i++) {
      pairs.get(i).add(losses[0], losses[i]);
    }
    clock.add(time, losses[0], losses[Models.PERSISTENCE]);
    share[0] = row[Trace.BY_MODEL];
    byModel.add(time, share);
  }

  private void number(ScoredTarget.OfNumber number) {
    calibration.add(number.label(), number.model(), number.spread());
    row[Trace.LABEL] = number.label();
    row[Trace.PREDICTED] = number.predicted();
    row[Trace.BASELINE] = number.baseline();
    row[Trace.BY_MODEL] = number.source() == Outcome.Source.MODEL ? 1 : 0;
    if (number.spread() instanceof Spread.Quantiles given && !given.values().isEmpty()) {
      row[Trace.LOW] = given.values().get(0);
      row[Trace.HIGH] = given.values().get(given.values().size() - 1);
    } else if (number.spread() instanceof Spread.Deviation deviation) {
      row[Trace.LOW] = number.model() - 2 * deviation.value();
      row[Trace.HIGH] = number.model() + 2 * deviation.value();
    }
  }

  private void symbol(ScoredTarget.OfClass symbol) {
    reliability.add(symbol.confidence(), symbol.label().equals(symbol.model()));
    int label = classes.number(symbol.label());
    int predicted = classes.number(symbol.predicted());
    row[Trace.LABEL] = label;
    row[Trace.PREDICTED] = predicted == ClassNames.NONE ? Double.NaN : predicted;
    int last = classes.number(symbol.baseline());
    row[Trace.BASELINE] = last == ClassNames.NONE ? Double.NaN : last;
    row[Trace.BY_MODEL] = symbol.source() == Outcome.Source.MODEL ? 1 : 0;
  }

  /** Adds the newest label to what is known of its key, which the call modifies. */
  void addTo(KeyRecord record, int index) {
    if (!Double.isNaN(losses[0]) && !Double.isNaN(losses[Models.PERSISTENCE])) {
      record.rows[index]++;
      record.loss[index] += losses[0];
      record.baselineLoss[index] += losses[Models.PERSISTENCE];
    }
  }

  /** The newest label as a row of a trace; valid until the next one. */
  double[] row() {
    return row;
  }

  boolean scored() {
    return curve.labels() > 0;
  }

  /** Writes fields into an open object. */
  void write(JsonGenerator json, long seed) throws IOException {
    json.writeStringField("name", target.name());
    json.writeStringField("field", target.field());
    json.writeStringField("configured", target.toString());
    json.writeBooleanField("category", target.category());
    json.writeNumberField("ahead", target.eventsAhead());
    json.writeNumberField("labels", curve.labels());
    json.writeFieldName("curve");
    curve.write(json);
    json.writeFieldName("source");
    byModel.write(json);
    json.writeArrayFieldStart("skills");
    for (int i = 1; i < names.size(); i++) {
      write(json, names.get(i), pairs.get(i).skill(seed));
    }
    json.writeEndArray();
    json.writeFieldName("clock");
    clock.write(json);
    calibration.write(json);
    reliability.write(json);
    if (target.category()) {
      json.writeFieldName("bits");
      bitsCurve.write(json);
      json.writeArrayFieldStart("classes");
      for (String name : classes.names()) {
        json.writeString(name);
      }
      json.writeEndArray();
    }
  }

  private static void write(JsonGenerator json, String name, PairedSkill.Skill skill)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("against", name);
    json.writeNumberField("rows", skill.rows());
    JsonNumber.field(json, "value", skill.value());
    JsonNumber.field(json, "low", skill.low());
    JsonNumber.field(json, "high", skill.high());
    json.writeEndObject();
  }
}
