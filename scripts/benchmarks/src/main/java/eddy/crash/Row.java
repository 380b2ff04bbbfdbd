package eddy.crash;

import eddy.config.EddyConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One row of the matrix: what happens to which app. */
public record Row(Scenario scenario, Weights weights, Labels labels) {
  static final String APPLICATION = "crash";
  public static final String EVENTS = "events";
  public static final String LABELS = "labels";
  public static final String PREDICTIONS = "predictions";
  public static final String REJECTED = "rejected";

  /** Every combination of these. */
  public static List<Row> all(Set<Scenario> scenarios, Set<Weights> weights, Set<Labels> labels) {
    List<Row> rows = new ArrayList<>();
    for (Labels label : labels) {
      for (Weights weight : weights) {
        for (Scenario scenario : scenarios) {
          rows.add(new Row(scenario, weight, label));
        }
      }
    }
    return rows;
  }

  /** Whether what arrives has no order of its own, so that the ledger decides it. */
  public boolean usesLedger() {
    return labels == Labels.TOPIC;
  }

  /** Topics that must be there before the app is. */
  public List<String> topics() {
    return usesLedger()
        ? List.of(EVENTS, PREDICTIONS, REJECTED, LABELS)
        : List.of(EVENTS, PREDICTIONS, REJECTED);
  }

  /** Settings of the learner and of the app around it, the same for all instances. */
  public Map<String, String> settings(String bootstrapServers) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("application.id", APPLICATION);
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("eddy.input.topic", EVENTS);
    settings.put("eddy.output.topic", PREDICTIONS);
    settings.put("eddy.dead.letter.topic", REJECTED);
    settings.put("eddy.features", labels.features());
    settings.put("eddy.targets", labels.targets());
    settings.put("eddy.weights", weights.toString());
    settings.put("eddy.units", "8");
    if (usesLedger()) {
      settings.put("eddy.labels.topic", LABELS);
      settings.put("eddy.event.id.field", "id");
      // a label comes five events after its own
      settings.put("eddy.label.deadline", "100");
    }
    // a life is too short for it
    settings.put("eddy.warmup.ms", "0");
    // transactions stand open for most of the time, and are not waited for long
    settings.put("commit.interval.ms", "400");
    settings.put("producer.transaction.timeout.ms", "3000");
    settings.put("session.timeout.ms", "3000");
    settings.put("heartbeat.interval.ms", "500");
    if (scenario == Scenario.STANDBY) {
      settings.put("num.standby.replicas", "1");
    }
    if (scenario == Scenario.BROKER) {
      settings.put("replication.factor", "3");
    }
    return settings;
  }

  /** The configuration, to look at the app's topics from outside. */
  public EddyConfig config(String bootstrapServers) {
    return EddyConfig.of(settings(bootstrapServers));
  }

  @Override
  public String toString() {
    return scenario.title() + ", " + weights + " weights, labels " + labels;
  }
}
