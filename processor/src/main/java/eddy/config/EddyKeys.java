package eddy.config;

import eddy.cell.Cells;
import eddy.cell.Gates;
import eddy.cell.Init;
import eddy.config.Checks.AtLeast;
import eddy.config.Checks.Between;
import eddy.config.Checks.Bias;
import eddy.config.Checks.CellName;
import eddy.config.Checks.DurationText;
import eddy.config.Checks.LearningRateSchedule;
import eddy.config.Checks.LossName;
import eddy.config.Checks.Named;
import eddy.config.Checks.OneOf;
import eddy.config.Checks.Panel;
import eddy.config.Checks.TopicName;
import eddy.drift.Detection;
import eddy.drift.DriftAction;
import eddy.feature.FeatureSpec;
import eddy.feature.SequenceSpec;
import eddy.feature.TargetSpec;
import eddy.learn.LabelDeadline;
import eddy.learn.LearnerSpec;
import eddy.learn.MemberSpec;
import eddy.network.NetworkSpec;
import eddy.optim.Optimizers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Every {@code eddy.} key with its type, default, bounds and meaning. */
final class EddyKeys {
  static final String PREFIX = "eddy.";

  static final String INPUT_TOPIC = "eddy.input.topic";
  static final String INPUT_FORMAT = "eddy.input.format";
  static final String INPUT_COLUMNS = "eddy.input.columns";
  static final String AVRO_DESERIALIZER = "eddy.avro.deserializer";
  static final String OUTPUT_TOPIC = "eddy.output.topic";
  static final String DEAD_LETTER_TOPIC = "eddy.dead.letter.topic";
  static final String LABELS_TOPIC = "eddy.labels.topic";
  static final String LABELS_FORMAT = "eddy.labels.format";
  static final String LABELS_COLUMNS = "eddy.labels.columns";
  static final String LABEL_DEADLINE = "eddy.label.deadline";
  static final String LABEL_DEADLINE_TIME = "eddy.label.deadline.time";
  static final String SCORES_TOPIC = "eddy.scores.topic";
  static final String DRIFT = "eddy.drift";
  static final String DRIFT_ACTION = "eddy.drift.action";
  static final String DRIFT_TOPIC = "eddy.drift.topic";
  static final String CONTROL_TOPIC = "eddy.control.topic";
  static final String LEDGER_RETENTION = "eddy.ledger.retention";
  static final String SNAPSHOT_BYTES = "eddy.snapshot.bytes";
  static final String KEY = "eddy.key";
  static final String EVENT_MAX_BYTES = "eddy.event.max.bytes";
  static final String FEATURES = "eddy.features";
  static final String READOUT_FEATURES = "eddy.readout.features";
  static final String TARGETS = "eddy.targets";
  static final String CELL = "eddy.cell";
  static final String UNITS = "eddy.units";
  static final String LAYERS = "eddy.layers";
  static final String RESIDUAL = "eddy.residual";
  static final String GATES = "eddy.gates";
  static final String INIT = "eddy.init";
  static final String FORGET_BIAS = "eddy.forget.bias";
  static final String NETWORK = "eddy.network";
  static final String LOOKAHEAD = "eddy.lookahead";
  static final String SEQUENCE_END_FIELD = "eddy.sequence.end.field";
  static final String SEQUENCE_OUTPUT = "eddy.sequence.output";
  static final String SEQUENCE_GAP = "eddy.sequence.gap";
  static final String OUT_OF_ORDER = "eddy.out.of.order";
  static final String EVENT_ID_FIELD = "eddy.event.id.field";
  static final String DUPLICATES = "eddy.duplicates";
  static final String DUPLICATES_WINDOW = "eddy.duplicates.window";
  static final String GATE = "eddy.gate";
  static final String GATE_WINDOW = "eddy.gate.window";
  static final String LEARNER = "eddy.learner";
  static final String WINDOW = "eddy.window";
  static final String BLOCK = "eddy.block";
  static final String WEIGHTS = "eddy.weights";
  static final String WEIGHTS_EVERY = "eddy.weights.every";
  static final String WEIGHTS_INITIAL = "eddy.weights.initial";
  static final String PANEL = "eddy.panel";
  static final String OPTIMIZER = "eddy.optimizer";
  static final String LEARNING_RATE = "eddy.learning.rate";
  static final String LEARNING_RATE_SCHEDULE = "eddy.learning.rate.schedule";
  static final String READOUT_OPTIMIZER = "eddy.readout.optimizer";
  static final String READOUT_LEARNING_RATE = "eddy.readout.learning.rate";
  static final String READOUT_HIDDEN = "eddy.readout.hidden";
  static final String CLIP = "eddy.clip";
  static final String CLIP_AT = "eddy.clip.at";
  static final String LOSS = "eddy.loss";
  static final String SEED = "eddy.seed";
  static final String BUDGET_KEY_BYTES = "eddy.budget.key.bytes";
  static final String BUDGET_EVENT_MACS = "eddy.budget.event.macs";
  static final String HEAP_BYTES = "eddy.heap.bytes";
  static final String TRACE_DURABLE = "eddy.trace.durable";
  static final String EXPECTED_KEYS = "eddy.expected.keys";
  static final String STATE_TTL = "eddy.state.ttl";
  static final String ROCKSDB_BYTES = "eddy.rocksdb.bytes";
  static final String WARMUP_MS = "eddy.warmup.ms";
  static final String WEB_HOST = "eddy.web.host";
  static final String WEB_PORT = "eddy.web.port";
  static final String WEB_TOKEN = "eddy.web.token";
  static final String WEB_RATE = "eddy.web.rate";
  static final String WEB_RECENT_BYTES = "eddy.web.recent.bytes";

  static final String AUTO = "auto";
  static final String SINGLE = "single";
  static final String GLOBAL = "global";
  static final String OFF = "off";
  static final String NONE = "none";

  /** Settings that mean nothing without a server. */
  static final List<String> OF_WEB = List.of(WEB_HOST, WEB_TOKEN, WEB_RATE, WEB_RECENT_BYTES);

  /** Settings of layers of cells. */
  static final List<String> OF_LAYERS =
      List.of(NETWORK, LAYERS, RESIDUAL, GATES, INIT, FORGET_BIAS);

  /** Settings of the learner that `eddy.panel=single` runs. */
  static final List<String> OF_SINGLE =
      List.of(
          OPTIMIZER,
          LEARNING_RATE,
          LEARNING_RATE_SCHEDULE,
          READOUT_OPTIMIZER,
          READOUT_LEARNING_RATE,
          READOUT_HIDDEN,
          CLIP,
          CLIP_AT,
          LOSS);

  private static final String TOPICS = "Topics and events";
  private static final String LEARNED = "What is learned";
  private static final String HOW = "How it is learned";
  private static final String BOUNDS = "Bounds";
  private static final String WEB = "Dashboard and queries";

  private static final Object REQUIRED = ConfigDef.NO_DEFAULT_VALUE;
  private static final Validator ANY = null;
  private static final Validator TOPIC = new TopicName();
  private static final Validator RATE = new Between(1e-9, 1e3);
  private static final Validator FORMAT = new OneOf(lower(ValueFormat.Kind.values()));
  private static final Validator STEPS = new Between(1, 65_536);

  /** In the order in which a reference shows them. */
  static final ConfigDef DEFINITION = definition();

  private EddyKeys() {}

  private static ConfigDef definition() {
    Section section = new Section(new ConfigDef(), TOPICS);
    section.high(INPUT_TOPIC, Type.STRING, null, TOPIC, "Topic of the events. `run` needs it.");
    formats(section);
    section.high(
        OUTPUT_TOPIC, Type.STRING, null, TOPIC, "Topic of the predictions. `run` needs it.");
    section.high(
        DEAD_LETTER_TOPIC,
        Type.STRING,
        null,
        TOPIC,
        "Topic of the events that were rejected, with the reason in their headers. `run` needs it.");
    section.medium(
        SCORES_TOPIC,
        Type.STRING,
        null,
        TOPIC,
        "Topic of scores: how surprising it is what became of every prediction, as the probability"
            + " of a loss as large for that key. A store of its own keeps what this is judged by;"
            + " without the topic there is none. docs/surprise.md says how to use it.");
    section.medium(
        DRIFT_TOPIC,
        Type.STRING,
        null,
        TOPIC,
        "Topic that is told where drift was found, with `eddy.drift`: a record a drift, with the"
            + " mean loss before and after. docs/drift.md says how to read it.");
    ledger(section);
    section.medium(
        KEY,
        Type.STRING,
        null,
        ANY,
        "Column that holds an event's key, where `replay --csv` and `feed` are not given `--key`."
            + " Records of a topic have their own.");
    section.low(
        EVENT_MAX_BYTES,
        Type.INT,
        1 << 20,
        new Between(1, 1 << 30),
        "Largest value of an event; a larger one is rejected.");
    learned(section.next(LEARNED));
    how(section.next(HOW), defaults());
    bounds(section.next(BOUNDS));
    web(section.next(WEB));
    return section.definition;
  }

  private static void formats(Section section) {
    section.medium(
        INPUT_FORMAT,
        Type.STRING,
        "json",
        FORMAT,
        "How the values of events are written: `json` objects, lines of `csv`, or `avro` records"
            + " whose schemas a registry knows. Predictions, scores and drift are JSON whatever it"
            + " is. docs/formats.md has them all.");
    section.medium(
        INPUT_COLUMNS,
        Type.LIST,
        null,
        ANY,
        "Names of the cells of an event that is a line of CSV, in their order.");
    section.medium(
        AVRO_DESERIALIZER,
        Type.STRING,
        "io.apicurio.registry.serde.avro.AvroKafkaDeserializer",
        ANY,
        "Class of Kafka's `Deserializer` that makes Avro records of values, such as"
            + " `io.confluent.kafka.serializers.KafkaAvroDeserializer`. Its own settings, such as"
            + " `apicurio.registry.url` or `schema.registry.url`, stand beside as they are.");
  }

  private static void ledger(Section section) {
    section.medium(
        LABELS_TOPIC,
        Type.STRING,
        null,
        TOPIC,
        "Topic of labels that come apart from their events, with the input's keys and partitions,"
            + " for targets written `field@label`. A label is a JSON object with the fields of the"
            + " targets and the id of its event: the field that "
            + EVENT_ID_FIELD
            + " names, or without it the `id` of its prediction.");
    section.medium(
        LABELS_FORMAT,
        Type.STRING,
        null,
        FORMAT,
        "How labels are written; as events are, unless set.");
    section.low(
        LABELS_COLUMNS,
        Type.LIST,
        null,
        ANY,
        "Names of the cells of a label that is a line of CSV, in their order.");
    section.medium(
        CONTROL_TOPIC,
        Type.STRING,
        null,
        TOPIC,
        "Topic of commands to a running app: pause and resume learning, change its rate, reset a"
            + " key, take a snapshot, go back to one. docs/control.md has them all.");
    section.low(
        LEDGER_RETENTION,
        Type.STRING,
        null,
        new DurationText(),
        "How long the ledger keeps what it has taken, from when it came in; for ever unless set."
            + " Counts when the ledger is created, at the first start. The ledger is the topic"
            + " `APPLICATION.ID-ledger`, where events, labels, commands and the weights of other"
            + " partitions stand in the order in which they met; there is one where a labels or"
            + " control topic is set, or `eddy.weights=global`.");
  }

  private static void learned(Section section) {
    section.high(
        FEATURES,
        Type.STRING,
        REQUIRED,
        ANY,
        "What the learner sees of every event, such as `lat,lat:diff(1),status:category`.");
    section.medium(
        READOUT_FEATURES,
        Type.STRING,
        "",
        ANY,
        "Features that only the readout sees. Long lists of lags belong here, and `hash` and"
            + " `context`.");
    section.high(
        TARGETS,
        Type.STRING,
        REQUIRED,
        ANY,
        "What is predicted, such as `lat@+4` (four events ahead), `activity:category@+1`, or"
            + " `class` (of the event itself, before it is seen).");
    section.medium(
        SEQUENCE_END_FIELD,
        Type.STRING,
        "",
        ANY,
        "Field that is true, or 1, at the last event of a sequence, and false or 0 at all others;"
            + " written `field?` where events may lack it, which then are no end. After the end a"
            + " key starts anew: its recurrent state, lags and predictions that wait for labels"
            + " are dropped, what was learned stays. Without it, and without "
            + SEQUENCE_GAP
            + ", the events of a key are one sequence.");
    section.medium(
        SEQUENCE_GAP,
        Type.STRING,
        null,
        new DurationText(),
        "Time without an event after which a key's next event starts a new sequence, such as"
            + " `PT6H`: where it is more than so much later than the newest before it, by the"
            + " times of the events. May be set beside the end field.");
    section.medium(
        SEQUENCE_OUTPUT,
        Type.STRING,
        lower(SequenceSpec.Output.EVERY),
        new OneOf(lower(SequenceSpec.Output.values())),
        "Where predictions are made: at `every` event, or once for a whole sequence, at its end,"
            + " from the `last` state or the `mean` of its states (of the window, where the network"
            + " reads one). `last` and `mean` need "
            + SEQUENCE_END_FIELD
            + " and targets of the"
            + " same event, whose labels count at the end only; other events publish nothing.");
    arrivals(section);
    deadline(section);
  }

  private static void deadline(Section section) {
    section.medium(
        LABEL_DEADLINE,
        Type.INT,
        LabelDeadline.DEFAULT.events(),
        new Between(1, 1_000_000),
        "Events of a key that may follow a prediction before its label comes, where that is no"
            + " fixed count: `@label`, and durations such as `@+PT24H`. Less where "
            + BUDGET_KEY_BYTES
            + " does not hold as many; `eddy plan` shows how many it holds. A prediction that waits"
            + " longer stays unlabelled, and its label is late.");
    section.medium(
        LABEL_DEADLINE_TIME,
        Type.STRING,
        null,
        new DurationText(),
        "Time of events that may pass before such a label comes; any time unless set.");
  }

  private static void gate(Section section, LearnerSpec number) {
    section.medium(
        GATE,
        Type.STRING,
        "on",
        new OneOf(List.of("on", OFF)),
        "Whether the baseline (the last value, or the last class) is published in the model's"
            + " place until the model has beaten it, and again when it has become worse;"
            + " each target on its own. `source` in a prediction says which it was, `model` what"
            + " the model said; the distribution of a class, quantiles and deviations are the"
            + " model's either way.");
    section.low(
        GATE_WINDOW,
        Type.INT,
        number.gate(),
        new Between(1, 1_000_000),
        "Labels over which both are compared, by mean squared error or by wrong classes. The gate"
            + " opens where the model's is smaller, not before an eighth of them have come, and"
            + " closes where the root of its mean squared error, or its share of wrong classes,"
            + " is a quarter above the baseline's.");
  }

  private static void drift(Section section) {
    section.medium(
        DRIFT,
        Type.STRING,
        NONE,
        new Named(Detection.SYNTAX, Detection::of),
        "What looks for drift, that is for a rise of the learner's loss that lasts, for each target"
            + " and set of weights. `adwin` compares the means of the older and the newer part of a"
            + " window that adapts, DELTA (0.002) bounding the probability of a false alarm at a"
            + " look; `page-hinkley` sums what losses exceed their mean by, less TOLERANCE (0.005),"
            + " up to THRESHOLD (50). docs/drift.md says which to choose.");
    section.medium(
        DRIFT_ACTION,
        Type.STRING,
        NONE,
        new Named(DriftAction.SYNTAX, DriftAction::of),
        "What becomes of the learner where `eddy.drift` finds drift: nothing (`none`), FACTOR (4)"
            + " times as large steps of gradient descent for LABELS (500) labels (`boost`), or"
            + " weights that start anew (`reset`). Other than `none` it is part of the model's"
            + " identity.");
  }

  private static void arrivals(Section section) {
    Validator policy = new OneOf(List.of("accept", "reject"));
    section.medium(
        OUT_OF_ORDER,
        Type.STRING,
        "accept",
        policy,
        "What becomes of an event that is earlier than the newest of its key: it is taken in where"
            + " it comes, or rejected. It is counted either way.");
    section.medium(
        EVENT_ID_FIELD,
        Type.STRING,
        "",
        ANY,
        "Field that names an event among those of its key; an event without it is rejected.");
    section.medium(
        DUPLICATES,
        Type.STRING,
        "accept",
        policy,
        "What becomes of an event whose id its key has seen lately: it is taken in once more, or"
            + " rejected. Without "
            + EVENT_ID_FIELD
            + " events are told apart by their time where duplicates are rejected, and not at all"
            + " where they are accepted. Duplicates that are noticed are counted either way.");
    section.low(
        DUPLICATES_WINDOW,
        Type.INT,
        64,
        new Between(1, 4096),
        "Ids that every key remembers to notice duplicates, 8 bytes each: those of its newest"
            + " events.");
  }

  private static void how(Section section, LearnerSpec number) {
    section.high(
        CELL,
        Type.STRING,
        number.network().cell(),
        new CellName(),
        "Cell of every recurrent layer; or a delay line of the last p inputs (`tdnn(8)`), of the last"
            + " p inputs and the last q values of the targets' own fields (`narx(8,4)`), which"
            + " learns nothing itself and has a readout with hidden units.");
    section.high(
        UNITS,
        Type.INT,
        number.network().units(),
        new Between(1, 4096),
        "Outputs of each recurrent layer; hidden units of the readout of `tdnn` and `narx`.");
    layers(section, number.network());
    section.medium(
        NETWORK,
        Type.STRING,
        number.network().kind().text(),
        new OneOf(NetworkSpec.Kind.texts()),
        "How recurrent layers are put together. `recurrent`: one step an event, through all of a"
            + " sequence. The others read the last "
            + WINDOW
            + " events anew at every event and"
            + " learn by full back-propagation through them: `bidirectional` reads them in both"
            + " directions; `encoder-decoder` reads them, then makes one decoder step for every"
            + " horizon of the targets, the nearest first; `encoder-decoder-attention` lets every"
            + " decoder step attend to all of them.");
    section.medium(
        LOOKAHEAD,
        Type.INT,
        number.network().lookahead(),
        new Between(0, 4096),
        "Events that follow before an event is labelled, with `eddy.network=bidirectional` and"
            + " targets of the same event: a prediction made at one event is for the one so many"
            + " before it. Features over a target then need a lag greater than this. The last"
            + " events of a key, which so many never follow, are not labelled.");
    section.medium(
        LEARNER,
        Type.STRING,
        AUTO,
        new OneOf(List.of(AUTO, "rtrl", "snap1", "tbptt")),
        "How gradients are obtained: `rtrl` exactly, `snap1` from each unit's own sensitivities,"
            + " `tbptt` over a window; `auto` takes the most exact one inside the budget.");
    section.medium(
        WINDOW,
        Type.INT,
        number.window(),
        STEPS,
        "Events that `tbptt`, and networks other than `recurrent`, look back.");
    section.low(
        BLOCK,
        Type.INT,
        number.block(),
        new Between(0, 65_536),
        "Events between two folds of block RTRL, 0 for the planner's choice. Part of the model's"
            + " identity.");
    section.high(
        WEIGHTS,
        Type.STRING,
        "partition",
        new OneOf(List.of("partition", "key", GLOBAL)),
        "Which keys share weights: all of an input `partition`, none (`key`), or all of a partition,"
            + " which takes in what the other partitions have learned (`global`).");
    section.medium(
        WEIGHTS_EVERY,
        Type.INT,
        100,
        new AtLeast(1),
        "Updates after which a partition tells the others its weights, with `eddy.weights=global`."
            + " What others have learned comes sooner with fewer; each time a record of twice the"
            + " bytes of the weights is written for every partition.");
    gate(section, number);
    drift(section);
    section.medium(
        WEIGHTS_INITIAL,
        Type.STRING,
        null,
        ANY,
        "File that `export` has written, or another safetensors file with the same names: weights"
            + " that are learned on from, in place of random ones. Part of the model's identity;"
            + " an app that has learned already needs a `reset` first.");
    section.low(SEED, Type.LONG, number.seed(), ANY, "Seed of the initial weights.");
    section.medium(
        PANEL,
        Type.LIST,
        AUTO,
        new Panel(),
        "Learners that run side by side, mixed by their recent loss: `auto` for all of "
            + String.join(", ", MemberSpec.names())
            + ", but for the second-order ones where a class target would cost one of them more than"
            + " 40,000 multiply-adds an event, and for `contexts`, which learns classes from a"
            + " category's last values, where there are none among the features"
            + " (`kind:category:lag(1..3)`) or each key has its own weights; a list of some of them, or `single` for one recurrent learner as the keys below"
            + " describe it.");
    singleLearner(section, MemberSpec.of("recurrent-gradient", false));
  }

  private static void layers(Section section, NetworkSpec number) {
    section.medium(
        LAYERS,
        Type.INT,
        number.layers(),
        new Between(1, 16),
        "Recurrent layers, each reading the outputs of the one below. `rtrl` is exact for several"
            + " too, as for one layer of all their states and weights: it keeps states times"
            + " weights of all layers together, and not even layers of element-wise cells learn"
            + " apart. `tbptt` is exact within its window and costs what its layers cost one by"
            + " one. `auto` falls back to it where the budget does not hold the other.");
    section.low(
        RESIDUAL,
        Type.BOOLEAN,
        number.residual(),
        ANY,
        "Whether a layer adds its input to its output, where the widths agree: of a recurrent network"
            + " every layer but the lowest, which reads features. Needs two layers or more.");
    section.low(
        GATES,
        Type.STRING,
        lower(Gates.SMOOTH),
        new OneOf(lower(Gates.values())),
        "Functions of the gates of "
            + String.join(", ", Cells.gated())
            + ": logistic and tanh (`smooth`), or clamp(x/6 + 1/2, 0, 1) and clamp(x, -1, 1)"
            + " (`hard`).");
    section.low(
        INIT,
        Type.STRING,
        lower(Init.AUTO),
        new OneOf(lower(Init.values())),
        "How matrices start: as the cell's authors say (`auto`), recurrent ones `orthogonal` or the"
            + " `identity`, with input weights of variance 1/inputs, or all with variance"
            + " 2/(inputs + outputs) (`glorot`); a category counts as one input.");
    section.low(
        FORGET_BIAS,
        Type.STRING,
        AUTO,
        new Bias(),
        "Where the bias of the gate that keeps a memory starts, of "
            + String.join(", ", Cells.gated())
            + ": a number, or `chrono(T)` for memories of all lengths up to T events.");
  }

  private static List<String> lower(Enum<?>... values) {
    return Arrays.stream(values).map(EddyKeys::lower).toList();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void singleLearner(Section section, MemberSpec number) {
    MemberSpec symbol = MemberSpec.of("recurrent-gradient", true);
    section.medium(
        OPTIMIZER,
        Type.STRING,
        number.cells().optimizer(),
        new OneOf(Optimizers.names()),
        "Optimiser of the cells, with `eddy.panel=single`.");
    section.medium(
        LEARNING_RATE,
        Type.DOUBLE,
        null,
        RATE,
        "Step size of the cells, with `eddy.panel=single`; "
            + number.cells().learningRate()
            + " unless set, "
            + symbol.cells().learningRate()
            + " where a target is a class.");
    section.medium(
        LEARNING_RATE_SCHEDULE,
        Type.STRING,
        number.cells().schedule(),
        new LearningRateSchedule(),
        "Factor on both step sizes over the updates, with `eddy.panel=single`: `warm-up(N)` rises"
            + " to 1 over N updates, `inverse-square-root(N)` is 1 for N updates and then falls as"
            + " the root of N / update, `cosine(N,floor)` falls along half a wave to the floor (0"
            + " unless given). Several between colons are multiplied.");
    section.medium(
        READOUT_OPTIMIZER,
        Type.STRING,
        number.outputs().optimizer(),
        new OneOf(Optimizers.names()),
        "Optimiser of the readout, with `eddy.panel=single`.");
    section.medium(
        READOUT_LEARNING_RATE,
        Type.DOUBLE,
        null,
        RATE,
        "Step size of the readout, with `eddy.panel=single`; "
            + number.outputs().learningRate()
            + " unless set, "
            + symbol.outputs().learningRate()
            + " where a target is a class.");
    section.low(
        READOUT_HIDDEN,
        Type.INT,
        0,
        new Between(0, 4096),
        "Hidden units of the readout for classes, with `eddy.panel=single`.");
    section.low(
        CLIP,
        Type.STRING,
        "relative",
        new OneOf(List.of("relative", "norm", "value", "none")),
        "What bounds a gradient, with `eddy.panel=single`: its norm by a multiple of its own"
            + " running size (`relative`) or by a fixed one (`norm`), each of its elements by a"
            + " fixed `value`, nothing.");
    section.low(
        CLIP_AT,
        Type.DOUBLE,
        number.cells().clip().bound(),
        new Between(1e-9, 1e9),
        "That multiple, that norm, or that value.");
    section.medium(
        LOSS,
        Type.STRING,
        AUTO,
        new LossName(),
        "Loss of every target, with `eddy.panel=single`; `auto` is huber for numbers, softmax for classes. `logistic` is for"
            + " numbers that are 0 or 1. `quantile(...)` and `gaussian` also say how uncertain a"
            + " number is: the median is published with the other quantiles, the mean with the"
            + " standard deviation.");
  }

  private static void bounds(Section section) {
    section.medium(
        BUDGET_KEY_BYTES,
        Type.LONG,
        LearnerSpec.Budget.DEFAULT.keyBytes(),
        new AtLeast(1),
        "Bytes of state per key that `eddy.learner=auto` stays within.");
    section.medium(
        BUDGET_EVENT_MACS,
        Type.LONG,
        LearnerSpec.Budget.DEFAULT.eventMacs(),
        new AtLeast(1),
        "Multiply-adds per event that `eddy.learner=auto` stays within.");
    section.medium(
        HEAP_BYTES,
        Type.LONG,
        null,
        new AtLeast(1),
        "Heap for keys that are held as live objects; a quarter of the heap unless set. Does not"
            + " change what is learned.");
    section.medium(
        EXPECTED_KEYS,
        Type.LONG,
        1000L,
        new AtLeast(1),
        "Keys of all partitions together that the table of state at the start, and of `plan`, reckons"
            + " with. Decides nothing.");
    section.medium(
        STATE_TTL,
        Type.STRING,
        null,
        new DurationText(),
        "Time after which a key that no event or label came for is dropped, by the greatest timestamp"
            + " of the partition's events, such as `P30D`; never unless set. When it comes back it"
            + " starts anew; with `eddy.weights=key` its weights too.");
    section.low(
        TRACE_DURABLE,
        Type.BOOLEAN,
        true,
        ANY,
        "Whether sensitivities and windows are stored with a key's state. Without them the changelog"
            + " is far smaller, but a key that comes back from the store, after a failover or because"
            + " the heap was full, learns from a zero carry: learning is not exactly-once then, and"
            + " cannot be replayed bit for bit. Predictions say `not durable`, and how often it"
            + " happened is counted.");
    section.medium(
        ROCKSDB_BYTES,
        Type.LONG,
        128L << 20,
        new AtLeast(16 << 20),
        "Memory outside of the heap for all state stores of this process together: blocks that are"
            + " read, and up to half of it writes that are not on disk yet. Does not count where"
            + " `rocksdb.config.setter` is set.");
    section.low(
        SNAPSHOT_BYTES,
        Type.LONG,
        1L << 26,
        new AtLeast(1),
        "Bytes of the largest snapshot of a partition: it is copied on the heap, and written in one"
            + " transaction. A larger one is refused.");
    section.low(
        WARMUP_MS,
        Type.LONG,
        10_000L,
        new AtLeast(0),
        "Milliseconds at the most that an app runs its learner on made-up events before it joins its"
            + " group, until the JVM has compiled it; 0 for none, where the first events may take"
            + " their time. Does not change what is learned.");
  }

  private static void web(Section section) {
    section.medium(
        WEB_PORT,
        Type.INT,
        null,
        new Between(0, 65_535),
        "Port of the dashboard, the queries of docs/rest.md and `/metrics`; 0 takes a free one and"
            + " logs it. Without it there is no server, and nothing is kept for one.");
    section.medium(
        WEB_HOST,
        Type.STRING,
        "127.0.0.1",
        ANY,
        "Address that the server listens at. Other than that of this machine alone, it needs"
            + " `eddy.web.token`.");
    section.medium(
        WEB_TOKEN,
        Type.PASSWORD,
        null,
        ANY,
        "What a request must bear as `Authorization: Bearer TOKEN`, unless it asks for health, the"
            + " page itself or `/openapi.json`. All instances of an app have the same.");
    section.low(
        WEB_RATE,
        Type.INT,
        100,
        new AtLeast(0),
        "Requests a second that one client may make, twice as many at once; 0 for any number.");
    section.low(
        WEB_RECENT_BYTES,
        Type.LONG,
        16L << 20,
        new AtLeast(0),
        "Heap for the newest events of keys and what was predicted of them, of all tasks together;"
            + " those of keys that are silent for longest go first.");
  }

  private static LearnerSpec defaults() {
    List<FeatureSpec> features = FeatureSyntax.parse(FEATURES, "f");
    List<TargetSpec> targets = TargetSyntax.parse(TARGETS, "n");
    return LearnerSpec.of(features, targets).build();
  }

  /** Keys that a reference shows together. */
  private static final class Section {
    private final ConfigDef definition;
    private final String name;
    private int order;

    Section(ConfigDef definition, String name) {
      this.definition = definition;
      this.name = name;
    }

    Section next(String nextName) {
      return new Section(definition, nextName);
    }

    void high(String key, Type type, Object value, Validator check, String meaning) {
      define(key, type, value, check, Importance.HIGH, meaning);
    }

    void medium(String key, Type type, Object value, Validator check, String meaning) {
      define(key, type, value, check, Importance.MEDIUM, meaning);
    }

    void low(String key, Type type, Object value, Validator check, String meaning) {
      define(key, type, value, check, Importance.LOW, meaning);
    }

    private void define(
        String key, Type type, Object value, Validator check, Importance importance, String text) {
      order++;
      definition.define(key, type, value, check, importance, text, name, order, Width.MEDIUM, key);
    }
  }
}
