package eddy.crash;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the rows of a matrix have come to, as a table in Markdown and as data. */
record CrashReport(List<Line> lines, int events, long seed) {
  /** One row's result. */
  record Line(Row row, Drill.Result result) {
    /** A row that could not be run to its end. */
    static Line failed(Row row, Exception thrown) {
      String reason = thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
      return new Line(row, new Drill.Result(0, Double.NaN, 0, Optional.of("failed: " + reason)));
    }

    boolean equal() {
      return result.difference().isEmpty();
    }

    /** One line for people. */
    String verdict() {
      return result
          .difference()
          .orElseGet(
              () ->
                  String.format(
                      Locale.ROOT,
                      "equal after %d kills, slowest recovery %.1f s",
                      result.kills(),
                      result.recovery()));
    }
  }

  boolean allEqual() {
    return lines.stream().allMatch(Line::equal);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append("| what happens | weights | labels | kills | slowest recovery | |\n");
    text.append("|---|---|---|---|---|---|\n");
    for (Line line : lines) {
      Row row = line.row();
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %d | %.1f s | %s |%n",
              row.scenario().title(),
              row.weights(),
              row.labels(),
              line.result().kills(),
              line.result().recovery(),
              line.equal() ? "equal" : "DIFFERENT"));
    }
    text.append(String.format(Locale.ROOT, "%n%,d events a row, seed %d", events, seed));
    lines.stream()
        .filter(line -> !line.equal())
        .forEach(
            line -> text.append("\n\n").append(line.row()).append(": ").append(line.verdict()));
    return text.toString();
  }

  Map<String, Object> data() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Line line : lines) {
      Map<String, Object> data = new LinkedHashMap<>();
      data.put("scenario", line.row().scenario().option());
      data.put("weights", line.row().weights().toString());
      data.put("labels", line.row().labels().toString());
      data.put("kills", line.result().kills());
      data.put(
          "recovery_seconds",
          Double.isNaN(line.result().recovery()) ? null : line.result().recovery());
      data.put("predictions", line.result().predictions());
      data.put("equal", line.equal());
      line.result().difference().ifPresent(what -> data.put("difference", what));
      rows.add(data);
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("events", events);
    data.put("seed", seed);
    data.put("rows", rows);
    return data;
  }
}
