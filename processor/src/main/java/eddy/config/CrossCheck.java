package eddy.config;

import eddy.cell.Cells;
import eddy.cell.Delays;
import eddy.cell.ForgetBias;
import eddy.cell.Init;
import eddy.cell.LayerSpec;
import eddy.cell.Start;
import eddy.drift.Detection;
import eddy.drift.DriftAction;
import eddy.feature.Chain;
import eddy.feature.EventSchema;
import eddy.feature.FeatureSpec;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import eddy.network.NetworkSpec.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks settings against each other: features and targets, loss and kind, cell and units. */
final class CrossCheck {
  private final EddyConfig config;
  private final Problems problems;

  CrossCheck(EddyConfig config, Problems problems) {
    this.config = config;
    this.problems = problems;
  }

  void check() {
    if (config.features().isEmpty()) {
      problems.add(EddyKeys.FEATURES, "", "a learner needs at least one feature; name a field");
    }
    if (config.targets().isEmpty()) {
      problems.add(EddyKeys.TARGETS, "", "a learner needs at least one target; write value@+1");
    }
    Set<String> names = new HashSet<>();
    for (TargetSpec target : config.targets()) {
      sequence(target);
      loss(target);
      if (!names.add(target.name())) {
        target(target, "two targets have this name; remove one");
      }
    }
    features(EddyKeys.FEATURES, config.features());
    features(EddyKeys.READOUT_FEATURES, config.readoutFeatures());
    layer();
    network();
    weights();
    panel();
    labels();
    gate();
    drift();
    topics();
    web();
  }

  private void target(TargetSpec target, String problem) {
    problems.add(problems.name(EddyKeys.TARGETS) + ": target " + target.name() + ": " + problem);
  }

  /** Settings of labels mean nothing where no target waits for one. */
  private void labels() {
    boolean byThemselves = config.usesLabels();
    if (config.labelsTopic() != null && !byThemselves) {
      problems.add(
          EddyKeys.LABELS_TOPIC,
          config.labelsTopic(),
          "no target waits for its labels; write one as field@label in " + EddyKeys.TARGETS);
    }
    boolean waits =
        byThemselves
            || config.targets().stream()
                .anyMatch(target -> target.horizon() instanceof Horizon.TimeAhead);
    for (String key : List.of(EddyKeys.LABEL_DEADLINE, EddyKeys.LABEL_DEADLINE_TIME)) {
      Object value = config.originals().get(key);
      if (value != null && !waits) {
        problems.add(
            key, value, "no target is written field@label or field@+PT24H; remove the line");
      }
    }
  }

  private void loss(TargetSpec target) {
    String loss = config.getString(EddyKeys.LOSS);
    if (loss.equals(EddyKeys.AUTO)) {
      return;
    }
    boolean ofClasses = loss.equals("softmax");
    String name = target.name();
    if (target.category() && !ofClasses) {
      problems.add(
          EddyKeys.LOSS, loss, "target " + name + " is a class and needs softmax; write auto");
    } else if (!target.category() && ofClasses) {
      problems.add(
          EddyKeys.LOSS,
          loss,
          "target " + name + " is a number; write auto, or the target as a :category");
    } else if (loss.equals("logistic") && !(target.reference() instanceof Reference.None)) {
      problems.add(
          EddyKeys.LOSS,
          loss,
          "target "
              + name
              + " is learned as a change, which is not 0 or 1; write \""
              + name
              + " - 0\"");
    }
  }

  private void features(String key, List<FeatureSpec> features) {
    for (FeatureSpec feature : features) {
      try {
        EventSchema.of(List.of(feature), config.targets(), lookahead(), config.sequence());
        if (key.equals(EddyKeys.FEATURES) && Chain.of(feature).sparse()) {
          problems.add(
              problems.name(key)
                  + ": feature "
                  + feature
                  + ": hash and context are for readouts only; move it to "
                  + EddyKeys.READOUT_FEATURES
                  + ", or write category(64)");
        }
      } catch (IllegalArgumentException e) {
        problems.add(problems.name(key) + ": " + e.getMessage());
      }
    }
  }

  /** Checks one setting of the layer after the other, so that a problem names its own key. */
  private void layer() {
    LayerSpec layer = config.layerSpec();
    if (Delays.of(layer.cell()) != null) {
      delayLine(layer.cell());
      return;
    }
    LayerSpec plain = new LayerSpec(layer.cell(), layer.units());
    if (layer(EddyKeys.UNITS, plain)) {
      layer(EddyKeys.GATES, plain.withGates(layer.gates()));
      layer(EddyKeys.INIT, plain.withStart(new Start(layer.start().init(), ForgetBias.AUTO)));
      layer(
          EddyKeys.FORGET_BIAS, plain.withStart(new Start(Init.AUTO, layer.start().forgetBias())));
    }
    if (config.getBoolean(EddyKeys.RESIDUAL) && config.getInt(EddyKeys.LAYERS) == 1) {
      problems.add(
          EddyKeys.RESIDUAL,
          true,
          "the lowest layer reads features and has nothing to add; write eddy.layers=2 or more");
    }
  }

  private void delayLine(String cell) {
    for (String key : EddyKeys.OF_LAYERS) {
      Object value = config.values().get(key);
      if (!value.equals(EddyKeys.DEFINITION.defaultValues().get(key))) {
        problems.add(key, value, cell + " has no layers of cells; remove the line");
      }
    }
    String output = config.getString(EddyKeys.SEQUENCE_OUTPUT);
    if (output.equals("mean")) {
      problems.add(EddyKeys.SEQUENCE_OUTPUT, output, cell + " has no state to average; write last");
    } else if (output.equals("last") && Delays.of(cell).targets() > 0) {
      String remedy = "tdnn(" + Delays.of(cell).inputs() + ")";
      problems.add(
          EddyKeys.CELL,
          cell,
          "a sequence with one label has no earlier ones to look back at; write " + remedy);
    }
  }

  private boolean layer(String key, LayerSpec layer) {
    try {
      Cells.layer(layer, 1);
      return true;
    } catch (IllegalArgumentException e) {
      problems.add(key, config.values().get(key), e.getMessage());
      return false;
    }
  }

  private int lookahead() {
    return config.getInt(EddyKeys.LOOKAHEAD);
  }

  /** Labels must come where predictions are made. */
  private void sequence(TargetSpec target) {
    try {
      config.sequence().requireFit(target, lookahead());
    } catch (IllegalArgumentException e) {
      target(target, e.getMessage());
    }
  }

  private void network() {
    Kind kind = Kind.of(config.getString(EddyKeys.NETWORK));
    if (lookahead() > 0 && kind != Kind.BIDIRECTIONAL) {
      problems.add(
          EddyKeys.LOOKAHEAD,
          lookahead(),
          "only events that are read backward too can wait for others to follow; write "
              + EddyKeys.NETWORK
              + "="
              + Kind.BIDIRECTIONAL.text());
    }
    String learner = config.getString(EddyKeys.LEARNER);
    if (kind.readsWindow() && !List.of(EddyKeys.AUTO, "tbptt").contains(learner)) {
      problems.add(
          EddyKeys.LEARNER,
          learner,
          EddyKeys.NETWORK
              + "="
              + kind.text()
              + " reads its window anew at every event, which only back-propagation through it can"
              + " learn; write auto");
    }
  }

  private void weights() {
    Object every = config.originals().get(EddyKeys.WEIGHTS_EVERY);
    if (every != null && !config.getString(EddyKeys.WEIGHTS).equals(EddyKeys.GLOBAL)) {
      problems.add(
          EddyKeys.WEIGHTS_EVERY,
          every,
          "counts for weights that partitions share; add eddy.weights=global");
    }
  }

  private void gate() {
    Object window = config.originals().get(EddyKeys.GATE_WINDOW);
    if (window != null && config.getString(EddyKeys.GATE).equals(EddyKeys.OFF)) {
      problems.add(EddyKeys.GATE_WINDOW, window, "there is no gate; write eddy.gate=on");
    }
  }

  /** Settings of what becomes of drift mean nothing where it is not looked for. */
  private void drift() {
    String action = config.getString(EddyKeys.DRIFT_ACTION);
    boolean looks = !(Detection.of(config.getString(EddyKeys.DRIFT)) instanceof Detection.None);
    boolean acts = !(DriftAction.of(action) instanceof DriftAction.None);
    String remedy = "drift is not looked for; add " + EddyKeys.DRIFT + "=adwin, or remove the line";
    if (acts && !looks) {
      problems.add(EddyKeys.DRIFT_ACTION, action, remedy);
    }
    if (config.driftTopic() != null && !looks) {
      problems.add(EddyKeys.DRIFT_TOPIC, config.driftTopic(), remedy);
    }
    if (DriftAction.of(action) instanceof DriftAction.Reset
        && config.getString(EddyKeys.WEIGHTS).equals(EddyKeys.GLOBAL)) {
      problems.add(
          EddyKeys.DRIFT_ACTION,
          action,
          "with eddy.weights=global the other partitions would tell what was forgotten; write"
              + " boost, or eddy.weights=partition");
    }
  }

  /** Settings of one learner mean nothing to a panel, whose members have their own. */
  private void panel() {
    List<String> panel = config.getList(EddyKeys.PANEL);
    if (panel.equals(List.of(EddyKeys.SINGLE))) {
      return;
    }
    for (String key : EddyKeys.OF_SINGLE) {
      Object value = config.originals().get(key);
      if (value != null && !value.equals(EddyKeys.AUTO)) {
        problems.add(key, value, "belongs to one learner alone; add eddy.panel=single");
      }
    }
    boolean onlyClasses = config.targets().stream().allMatch(TargetSpec::category);
    if (onlyClasses && panel.equals(List.of("reference"))) {
      problems.add(EddyKeys.PANEL, "reference", "cannot predict a class; add another member");
    }
  }

  private void web() {
    if (config.web().isEmpty()) {
      for (String key : EddyKeys.OF_WEB) {
        if (config.originals().get(key) != null) {
          problems.add(
              problems.name(key) + ": nothing is served; add " + EddyKeys.WEB_PORT + "=8080");
        }
      }
      return;
    }
    WebSettings web = config.web().get();
    if (web.token().filter(String::isBlank).isPresent()) {
      problems.add(problems.name(EddyKeys.WEB_TOKEN) + ": is empty; write a long random text");
    } else if (!web.isLoopback() && web.token().isEmpty()) {
      problems.add(
          EddyKeys.WEB_HOST,
          web.host(),
          "whoever reaches this address could read everything; add "
              + EddyKeys.WEB_TOKEN
              + ", or write 127.0.0.1");
    }
  }

  private void topics() {
    Map<String, String> keys = new HashMap<>();
    for (String key :
        List.of(
            EddyKeys.INPUT_TOPIC,
            EddyKeys.OUTPUT_TOPIC,
            EddyKeys.DEAD_LETTER_TOPIC,
            EddyKeys.LABELS_TOPIC,
            EddyKeys.SCORES_TOPIC,
            EddyKeys.DRIFT_TOPIC,
            EddyKeys.CONTROL_TOPIC)) {
      String topic = config.getString(key);
      String other = topic == null ? null : keys.put(topic, key);
      if (other != null) {
        problems.add(key, topic, "is the topic of " + other + " already; name another one");
      }
    }
  }
}
