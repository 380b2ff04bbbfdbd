package eddy.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eddy.learn.Candidate;
import eddy.learn.LearnerSpec;
import eddy.learn.Plan;
import eddy.learn.WaitingPlan;
import eddy.task.StateBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What each estimator of a plan costs, for people and for programs.
 *
 * @param plan what the configuration can choose among
 * @param budget what it stays within
 * @param microseconds by candidate: measured time of an event, empty where it was not measured
 * @param state what state takes by the chosen one; empty where it does not fit
 */
public record PlanTable(
    Plan plan,
    LearnerSpec.Budget budget,
    List<OptionalDouble> microseconds,
    Optional<StateBudget> state) {
  public PlanTable {
    microseconds = List.copyOf(microseconds);
    if (microseconds.size() != plan.candidates().size()) {
      throw new IllegalArgumentException(
          "one time for each of "
              + plan.candidates().size()
              + " candidates, not "
              + microseconds.size());
    }
  }

  /** A table, the budget, and the choice. */
  public String text() {
    List<String[]> rows = new ArrayList<>();
    for (int i = 0; i < plan.candidates().size(); i++) {
      Candidate each = plan.candidates().get(i);
      OptionalDouble time = microseconds.get(i);
      rows.add(
          new String[] {
            each.estimator(),
            each.kind().name().toLowerCase(Locale.ROOT),
            each.exact() ? "yes" : "no",
            String.format(Locale.ROOT, "%,d", each.keyBytes()),
            String.format(Locale.ROOT, "%,d", each.eventMacs()),
            time.isEmpty() ? "-" : String.format(Locale.ROOT, "%,.1f", time.getAsDouble()),
            each.fits() ? "yes" : "no",
            isChosen(each) ? "<-" : ""
          });
    }
    StringBuilder table = new StringBuilder();
    TextTable.append(
        table,
        rows,
        "estimator",
        "learner",
        "exact",
        "bytes per key",
        "multiply-adds",
        "us per event",
        "fits",
        "chosen");
    table.append(
        String.format(
            Locale.ROOT,
            "%nbudget: %,d bytes per key (eddy.budget.key.bytes), %,d multiply-adds per event"
                + " (eddy.budget.event.macs)%n",
            budget.keyBytes(),
            budget.eventMacs()));
    WaitingPlan waiting = plan.chosen().waiting();
    if (waiting.events() > 0) {
      table.append(
          String.format(
              Locale.ROOT,
              "waiting for labels at no fixed count: up to %,d events of a key"
                  + " (eddy.label.deadline, or what the budget holds), %,d bytes each and %,d"
                  + " besides, by %s%n",
              waiting.events(),
              waiting.originBytes(),
              waiting.fixedBytes(),
              waiting.form()));
    }
    if (!plan.chosen().fits()) {
      table.append(
          String.format(
              "%s does not fit: raise the budget, or lower eddy.units or eddy.window%n",
              plan.chosen().estimator()));
    }
    state.ifPresent(
        known -> {
          table.append('\n').append(String.join("\n", known.lines())).append('\n');
          known.problems().forEach(problem -> table.append(problem).append('\n'));
        });
    return table.toString();
  }

  /** The same as JSON. */
  public String json() {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    root.putObject("budget")
        .put("key_bytes", budget.keyBytes())
        .put("event_macs", budget.eventMacs());
    ArrayNode candidates = root.putArray("estimators");
    for (int i = 0; i < plan.candidates().size(); i++) {
      Candidate each = plan.candidates().get(i);
      ObjectNode node =
          candidates
              .addObject()
              .put("estimator", each.estimator())
              .put("learner", each.kind().name().toLowerCase(Locale.ROOT))
              .put("exact", each.exact())
              .put("key_bytes", each.keyBytes())
              .put("event_macs", each.eventMacs());
      WaitingPlan waiting = each.waiting();
      if (waiting.events() > 0) {
        node.putObject("waiting")
            .put("form", waiting.form())
            .put("events", waiting.events())
            .put("event_bytes", waiting.originBytes())
            .put("fixed_bytes", waiting.fixedBytes());
      }
      microseconds.get(i).ifPresent(time -> node.put("event_microseconds", time));
      node.put("fits", each.fits()).put("chosen", isChosen(each));
    }
    state.ifPresent(known -> json(known, root.putObject("state")));
    return root.toPrettyString();
  }

  private static void json(StateBudget state, ObjectNode node) {
    node.put("expected_keys", state.expectedKeys())
        .put("key_bytes", state.keyBytes())
        .put("event_bytes", state.eventBytes())
        .put("weights_bytes", state.weightsBytes())
        .put("stored_bytes", state.storedBytes())
        .put("live_bytes", state.liveBytes())
        .put("live_keys", state.liveKeys())
        .put("heap_bytes", state.heapBytes())
        .put("rocksdb_bytes", state.rocksBytes())
        .put("commit_bytes", state.commitBytesExpected())
        .put("restore_seconds", state.restoreSeconds()[1]);
    for (StateBudget.Beside each : state.beside()) {
      node.put(each.name() + "_bytes", each.bytes());
    }
    state.problems().forEach(node.putArray("problems")::add);
  }

  private boolean isChosen(Candidate candidate) {
    return candidate.kind() == plan.chosen().kind();
  }
}
