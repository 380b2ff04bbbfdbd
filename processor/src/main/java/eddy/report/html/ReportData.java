package eddy.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import eddy.feature.TargetSpec;
import eddy.report.ScoredLine;
import eddy.report.ScoredTarget;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the report shows of a replay, collected in the same pass, in memory that does not grow with
 * the events. For one thread.
 */
public final class ReportData {
  private static final long SEED = 1;
  private static final int CHOSEN = 4;
  private static final int DOTS = 600;

  /** Numbers of all traces in a page, so that it stays small. */
  private static final int TRACE_NUMBERS = 70_000;

  private static final int FEWEST_ROWS = 40;

  private final List<TargetData> targets;
  private final KeyBook keys;
  private long firstTime = Long.MAX_VALUE;
  private long lastTime = Long.MIN_VALUE;

  /**
   * Data of no line yet.
   *
   * @param rivals names of what else is asked, by target
   */
  public ReportData(List<TargetSpec> targets, List<List<String>> rivals) {
    this.targets =
        IntStream.range(0, targets.size())
            .mapToObj(
                i -> new TargetData(targets.get(i), rivals.isEmpty() ? List.of() : rivals.get(i)))
            .toList();
    keys = new KeyBook(targets.size());
  }

  /** Adds the settled targets of a line. Modifies only this data. */
  public void add(ScoredLine line) {
    firstTime = Math.min(firstTime, line.timestamp());
    lastTime = Math.max(lastTime, line.timestamp());
    KeyRecord record = keys.of(line.key());
    for (int i = 0; i < targets.size(); i++) {
      ScoredTarget scored = line.targets().get(i);
      if (scored instanceof ScoredTarget.Unsettled) {
        continue;
      }
      TargetData target = targets.get(i);
      target.add(line.timestamp(), scored);
      if (record != null) {
        target.addTo(record, i);
        keys.trace(record, i, target.row());
      }
    }
  }

  /** Writes fields into an open object. */
  void write(JsonGenerator json) throws IOException {
    if (firstTime <= lastTime) {
      json.writeNumberField("firstTime", firstTime);
      json.writeNumberField("lastTime", lastTime);
    }
    json.writeNumberField("keysFollowed", keys.records().size());
    json.writeNumberField("rowsOfOtherKeys", keys.otherRows());
    json.writeNumberField("fewestLabels", keys.fewestLabels());
    Map<KeyRecord, KeyBook.Choice> chosen = keys.choose(CHOSEN, true);
    json.writeArrayFieldStart("targets");
    for (int i = 0; i < targets.size(); i++) {
      json.writeStartObject();
      targets.get(i).write(json, SEED);
      json.writeFieldName("keys");
      new KeyTable(keys, i).write(json, DOTS);
      traces(json, i, chosen);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void traces(JsonGenerator json, int target, Map<KeyRecord, KeyBook.Choice> chosen)
      throws IOException {
    int shares = Math.max(1, chosen.size() * targets.size());
    int most = Math.max(FEWEST_ROWS, TRACE_NUMBERS / (shares * (Trace.WIDTH - 1)));
    json.writeArrayFieldStart("traces");
    for (Map.Entry<KeyRecord, KeyBook.Choice> each : chosen.entrySet()) {
      KeyRecord record = each.getKey();
      if (record.traces[target] != null) {
        TraceJson.write(json, record, target, each.getValue(), most);
      }
    }
    json.writeEndArray();
  }
}
