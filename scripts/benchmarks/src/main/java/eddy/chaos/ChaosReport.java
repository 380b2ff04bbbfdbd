package eddy.chaos;

import eddy.audit.Findings;
import eddy.benchmark.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What campaigns have come to, as Markdown and as data. */
record ChaosReport(Campaign.Plan plan, List<Campaign.Outcome> outcomes) {
  /** One fault in one line. */
  static String line(Incident incident) {
    return format(
        "%4.0f s  %s%s: held %.1f s, longest wait %.1f s%s",
        incident.at(),
        incident.fault().title(),
        incident.what().isEmpty() ? "" : ", " + incident.what(),
        incident.held(),
        incident.recovery(),
        incident.ends() == 0 ? "" : ", apps ended " + incident.ends() + " times");
  }

  boolean clean() {
    return outcomes.stream().allMatch(Campaign.Outcome::clean);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (Campaign.Outcome outcome : outcomes) {
      text.append(outcome.ledger() ? "## With a ledger" : "## Without a ledger").append("\n\n");
      Table kinds = new Table("fault", "times", "median wait", "longest wait", "apps ended");
      for (Fault fault : Fault.values()) {
        List<Incident> all =
            outcome.incidents().stream().filter(one -> one.fault() == fault).toList();
        if (!all.isEmpty()) {
          double[] waits = all.stream().mapToDouble(Incident::recovery).sorted().toArray();
          kinds.add(
              fault.title(),
              Integer.toString(waits.length),
              format("%.1f s", median(waits)),
              format("%.1f s", waits[waits.length - 1]),
              Integer.toString(all.stream().mapToInt(Incident::ends).sum()));
        }
      }
      text.append(kinds).append('\n');
      outcome.incidents().forEach(one -> text.append("- ").append(line(one).strip()).append('\n'));
      outcome.skipped().forEach(what -> text.append("\n**").append(what).append("**\n"));
      if (!outcome.ends().isEmpty()) {
        text.append("\nApps that ended by themselves and were started again:\n\n");
        outcome.ends().forEach(end -> text.append("- ").append(end).append('\n'));
      }
      text.append('\n').append(verdict(outcome)).append("\n\n");
    }
    return text.toString().stripTrailing();
  }

  private static double median(double[] sorted) {
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  private static String verdict(Campaign.Outcome outcome) {
    Findings found = outcome.answers();
    StringBuilder text = new StringBuilder();
    text.append(
        format(
            "%,d inputs, %,d predictions, %,d dead letters: %d lost, %d duplicated, %d different;"
                + " %s",
            found.inputs(),
            found.predictions(),
            found.deadLetters(),
            found.lost(),
            found.duplicated(),
            found.different(),
            outcome.equality().isEmpty()
                ? "every byte of predictions and weights equals " + outcome.compared()
                : "DIFFERENT FROM " + outcome.compared()));
    found.first().forEach(what -> text.append("\n- ").append(what));
    outcome.equality().ifPresent(what -> text.append("\n- ").append(what));
    return text.toString();
  }

  Map<String, Object> data() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("seed", plan.seed());
    data.put("seconds", plan.seconds());
    data.put("rate", plan.rate());
    data.put("apps", plan.apps());
    List<Map<String, Object>> runs = new ArrayList<>();
    for (Campaign.Outcome outcome : outcomes) {
      Map<String, Object> run = new LinkedHashMap<>();
      run.put("ledger", outcome.ledger());
      run.put("clean", outcome.clean());
      run.put("answers", outcome.answers());
      run.put("difference", outcome.equality().orElse(null));
      run.put("incidents", outcome.incidents());
      run.put("ended_by_themselves", outcome.ends());
      run.put("skipped", outcome.skipped());
      runs.add(run);
    }
    data.put("runs", runs);
    return data;
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
