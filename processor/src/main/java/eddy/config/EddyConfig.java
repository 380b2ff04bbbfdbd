package eddy.config;

import eddy.cell.ForgetBias;
import eddy.cell.Gates;
import eddy.cell.Init;
import eddy.cell.LayerSpec;
import eddy.cell.Start;
import eddy.drift.Detection;
import eddy.drift.DriftAction;
import eddy.drift.DriftSpec;
import eddy.feature.ArrivalSpec;
import eddy.feature.EventSchema;
import eddy.feature.FeatureSpec;
import eddy.feature.SequenceSpec;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.learn.LabelDeadline;
import eddy.learn.LearnerSpec;
import eddy.learn.LearnerSpec.Budget;
import eddy.learn.LearnerSpec.Descent;
import eddy.learn.LearnerSpec.Estimator;
import eddy.learn.LearnerSpec.Scope;
import eddy.learn.MemberSpec;
import eddy.learn.Plan;
import eddy.learn.Prequential;
import eddy.learn.StartingWeights;
import eddy.learn.UnfitWeightsException;
import eddy.network.NetworkSpec;
import eddy.optim.Clip;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The configuration of one app: checked as a whole when it is made, so that whatever holds one need
 * not check it again.
 *
 * <p>Keys with the {@code eddy.} prefix are Eddy's and listed in docs/configuration.md; all others
 * are passed to Kafka Streams. Every way to make one throws {@link ConfigurationException} with all
 * problems found.
 */
public final class EddyConfig extends AbstractConfig {
  private static final int HEAP_SHARE = 4;

  /** Bytes of state that are written in a millisecond at exactly-once, or restored. */
  private static final long WRITTEN_PER_MS = 66_000;

  /** Bytes of a record beside its value: key, headers, and what frames them. */
  private static final int MARGIN = 1 << 18;

  /** Weights of more bytes are not told to other partitions. */
  private static final long MOST_WEIGHTS = 1 << 26;

  private final Problems problems;
  private final List<FeatureSpec> features;
  private final List<FeatureSpec> readoutFeatures;
  private final List<TargetSpec> targets;
  private final SequenceSpec sequence;
  private final ArrivalSpec arrivals;
  private final LearnerSpec learnerSpec;
  private final EventSchema schema;

  /** Negative until it is asked for, since a learner is made to know it. */
  private volatile long weightsBytes = -1;

  private EddyConfig(ConfigSource source) {
    super(EddyKeys.DEFINITION, source.values(), false);
    problems = new Problems(source.overridden());
    features = features(EddyKeys.FEATURES);
    readoutFeatures = features(EddyKeys.READOUT_FEATURES);
    targets =
        problems.attempt(
            () -> TargetSyntax.parse(problems.name(EddyKeys.TARGETS), getString(EddyKeys.TARGETS)),
            List.of());
    SequenceSettings settings = new SequenceSettings(this, problems);
    sequence = problems.attempt(settings::sequence, SequenceSpec.ENDLESS);
    arrivals = problems.attempt(settings::arrivals, ArrivalSpec.ANY);
    problems.throwIfAny();
    new CrossCheck(this, problems).check();
    problems.throwIfAny();
    learnerSpec = newLearnerSpec();
    List<FeatureSpec> all = new ArrayList<>(features);
    all.addAll(readoutFeatures);
    schema = EventSchema.of(all, targets, getInt(EddyKeys.LOOKAHEAD), sequence, arrivals);
    new FormatCheck(this, problems).check();
    problems.throwIfAny();
  }

  /** Reads a properties file; the environment of this process overrides it. */
  public static EddyConfig load(Path file) {
    return load(file, System.getenv());
  }

  /** Reads a properties file, overridden by an environment. */
  public static EddyConfig load(Path file, Map<String, String> environment) {
    return of(ConfigSource.file(file), environment);
  }

  /** The same with settings, by key, that override both. */
  public static EddyConfig load(
      Path file, Map<String, String> environment, Map<String, String> settings) {
    Map<String, String> properties = new HashMap<>(ConfigSource.file(file));
    properties.putAll(settings);
    Map<String, String> variables = new HashMap<>(environment);
    settings.keySet().forEach(key -> variables.remove(ConfigSource.variable(key)));
    return of(properties, variables);
  }

  /** A configuration of these properties alone. */
  public static EddyConfig of(Map<String, ?> properties) {
    return of(properties, Map.of());
  }

  /**
   * A configuration of these properties, overridden by an environment.
   *
   * @param environment variables by name: {@code EDDY_CELL} overrides {@code eddy.cell}
   */
  public static EddyConfig of(Map<String, ?> properties, Map<String, String> environment) {
    ConfigSource source = ConfigSource.of(properties, environment);
    KeyCheck.check(source);
    return new EddyConfig(source);
  }

  private List<FeatureSpec> features(String key) {
    return problems.attempt(
        () -> FeatureSyntax.parse(problems.name(key), getString(key)), List.of());
  }

  /** How the events of a key make up sequences. */
  public SequenceSpec sequence() {
    return sequence;
  }

  /** What the cells and the readout see; at least one. */
  public List<FeatureSpec> features() {
    return features;
  }

  /** What only the readout sees. */
  public List<FeatureSpec> readoutFeatures() {
    return readoutFeatures;
  }

  /** What is predicted; at least one, with different names. */
  public List<TargetSpec> targets() {
    return targets;
  }

  /** What to decode of every event. */
  public EventSchema schema() {
    return schema;
  }

  /** Topic of the events; null unless {@link #requireStreams} has passed or it is set. */
  public String inputTopic() {
    return getString(EddyKeys.INPUT_TOPIC);
  }

  /** How events are written. */
  public ValueFormat eventFormat() {
    return format(
        EddyKeys.INPUT_FORMAT,
        getString(EddyKeys.INPUT_FORMAT),
        inputTopic(),
        EddyKeys.INPUT_COLUMNS);
  }

  /** How labels are written that come by themselves. */
  public ValueFormat labelFormat() {
    String own = getString(EddyKeys.LABELS_FORMAT);
    return format(
        own == null ? EddyKeys.INPUT_FORMAT : EddyKeys.LABELS_FORMAT,
        own == null ? getString(EddyKeys.INPUT_FORMAT) : own,
        labelsTopic(),
        EddyKeys.LABELS_COLUMNS);
  }

  private ValueFormat format(String key, String kind, String topic, String columns) {
    List<String> names = getList(columns);
    return new ValueFormat(
        ValueFormat.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
        topic,
        names == null ? List.of() : names,
        getString(EddyKeys.AVRO_DESERIALIZER).strip(),
        key);
  }

  /** What to decode of every label that comes by itself. */
  public EventSchema labelSchema() {
    return EventSchema.ofLabels(
        eventIdField().isEmpty() ? EventSchema.LABEL_ID : eventIdField(), targets);
  }

  /** What a deserializer of events is configured with: all but Eddy's own settings. */
  public Map<String, Object> deserializerSettings() {
    Map<String, Object> settings = new HashMap<>(originals());
    settings.keySet().removeIf(key -> key.startsWith(EddyKeys.PREFIX));
    return settings;
  }

  /** Topic of the predictions; null unless {@link #requireStreams} has passed or it is set. */
  public String outputTopic() {
    return getString(EddyKeys.OUTPUT_TOPIC);
  }

  /** Topic of rejected events; null unless {@link #requireStreams} has passed or it is set. */
  public String deadLetterTopic() {
    return getString(EddyKeys.DEAD_LETTER_TOPIC);
  }

  /** Topic of labels that come apart from their events; null where there is none. */
  public String labelsTopic() {
    return getString(EddyKeys.LABELS_TOPIC);
  }

  /** Topic of how surprising matured predictions were; null where they are not scored. */
  public String scoresTopic() {
    return getString(EddyKeys.SCORES_TOPIC);
  }

  /** Topic that is told of drift; null where none is. */
  public String driftTopic() {
    return getString(EddyKeys.DRIFT_TOPIC);
  }

  /** Field that holds the id of an event; empty where events have none of their own. */
  public String eventIdField() {
    return arrivals.idField();
  }

  /** Whether some target's labels come by themselves. */
  public boolean usesLabels() {
    return targets.stream().anyMatch(target -> target.horizon() instanceof Horizon.LabelTopic);
  }

  /** Topic of commands to a running app; null where there is none. */
  public String controlTopic() {
    return getString(EddyKeys.CONTROL_TOPIC);
  }

  /**
   * Whether something other than events is learned from, so that their order must be written down.
   */
  public boolean usesLedger() {
    return labelsTopic() != null || controlTopic() != null || learnerSpec.scope() == Scope.GLOBAL;
  }

  /** Topic where partitions tell each other their weights; null where they do not. */
  public String weightsTopic() {
    return learnerSpec.scope() == Scope.GLOBAL
        ? originals().get(StreamsConfig.APPLICATION_ID_CONFIG) + "-weights"
        : null;
  }

  /** Most bytes of the weights that a partition tells; 0 where it does not. */
  public long weightsBytes() {
    if (weightsBytes < 0) {
      weightsBytes = weightsTopic() == null ? 0 : newPrequential().sharing().mostBytes();
    }
    return weightsBytes;
  }

  /** Topic where the order of all that is learned from stands, where it is used. */
  public String ledgerTopic() {
    return originals().get(StreamsConfig.APPLICATION_ID_CONFIG) + "-ledger";
  }

  /** How long the ledger keeps an entry; for ever where there is none. */
  public Optional<Duration> ledgerRetention() {
    return Optional.ofNullable(getString(EddyKeys.LEDGER_RETENTION))
        .map(text -> Duration.parse(text.strip()));
  }

  /** Bytes of the largest value that the ledger takes. */
  public int ledgerValueBytes() {
    return Math.min(eventMaxBytes(), StreamsSettings.requestBytes(streamsProperties()) - MARGIN);
  }

  /** Bytes of the largest record that the ledger takes. */
  public int ledgerRecordBytes() {
    return (int) Math.max(eventMaxBytes(), Math.min(MOST_WEIGHTS, weightsBytes())) + MARGIN;
  }

  /** Column that holds the key, for sources whose events have none of their own. */
  public Optional<String> key() {
    return Optional.ofNullable(getString(EddyKeys.KEY)).filter(column -> !column.isEmpty());
  }

  /** Largest value of an event in bytes. */
  public int eventMaxBytes() {
    return getInt(EddyKeys.EVENT_MAX_BYTES);
  }

  /** Bytes of heap for live objects; by default a quarter of this process's heap. */
  public long heapBytes() {
    Long bytes = getLong(EddyKeys.HEAP_BYTES);
    return bytes == null ? Runtime.getRuntime().maxMemory() / HEAP_SHARE : bytes;
  }

  /**
   * Bytes of state that may wait for a commit: what half of the time that a transaction has left
   * for it suffices to write.
   */
  public long commitBytes() {
    return Math.max(1, StreamsSettings.commitMs(streamsProperties()) / 2 * WRITTEN_PER_MS);
  }

  /** Keys of all partitions that are to be reckoned with. */
  public long expectedKeys() {
    return getLong(EddyKeys.EXPECTED_KEYS);
  }

  /** Bytes outside of the heap for all state stores of this process. */
  public long rocksBytes() {
    return getLong(EddyKeys.ROCKSDB_BYTES);
  }

  /** How long the learner is run on made-up events before an app joins its group, at most. */
  public long warmUpMillis() {
    return getLong(EddyKeys.WARMUP_MS);
  }

  /** Bytes of the largest snapshot of a partition. */
  public long snapshotBytes() {
    return getLong(EddyKeys.SNAPSHOT_BYTES);
  }

  /** How dashboard and queries are served; empty where they are not. */
  public Optional<WebSettings> web() {
    return Optional.ofNullable(getInt(EddyKeys.WEB_PORT))
        .map(
            port ->
                new WebSettings(
                    getString(EddyKeys.WEB_HOST).strip(),
                    port,
                    Optional.ofNullable(getPassword(EddyKeys.WEB_TOKEN)).map(Password::value),
                    getInt(EddyKeys.WEB_RATE),
                    getLong(EddyKeys.WEB_RECENT_BYTES)));
  }

  /** Everything that decides what is learned. */
  public LearnerSpec learnerSpec() {
    return learnerSpec;
  }

  /**
   * A learner of {@link #learnerSpec}.
   *
   * @throws ConfigurationException where no estimator fits into the budget
   */
  public Prequential newPrequential() {
    return planned(Prequential::of);
  }

  /**
   * What a learner of {@link #learnerSpec} can choose among.
   *
   * @throws ConfigurationException where no estimator fits into the budget
   */
  public Plan plan() {
    return planned(Plan::of);
  }

  private <T> T planned(Function<LearnerSpec, T> factory) {
    try {
      return factory.apply(learnerSpec);
    } catch (UnfitWeightsException e) {
      throw new ConfigurationException(
          EddyKeys.WEIGHTS_INITIAL
              + "="
              + getString(EddyKeys.WEIGHTS_INITIAL)
              + ": "
              + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "eddy.learner=" + getString(EddyKeys.LEARNER) + ": " + e.getMessage());
    }
  }

  private LabelDeadline deadline() {
    String time = getString(EddyKeys.LABEL_DEADLINE_TIME);
    return new LabelDeadline(
        getInt(EddyKeys.LABEL_DEADLINE),
        time == null ? LabelDeadline.DEFAULT.millis() : Duration.parse(time.strip()).toMillis());
  }

  private LearnerSpec newLearnerSpec() {
    LearnerSpec.Draft draft =
        LearnerSpec.of(features, targets)
            .readoutFeatures(readoutFeatures)
            .network(
                NetworkSpec.of(layerSpec())
                    .withLayers(getInt(EddyKeys.LAYERS), getBoolean(EddyKeys.RESIDUAL))
                    .withKind(
                        NetworkSpec.Kind.of(getString(EddyKeys.NETWORK)),
                        getInt(EddyKeys.LOOKAHEAD)))
            .sequence(sequence)
            .arrivals(arrivals)
            .deadline(deadline())
            .gate(getString(EddyKeys.GATE).equals(EddyKeys.OFF) ? 0 : getInt(EddyKeys.GATE_WINDOW))
            .estimator(Estimator.valueOf(upper(EddyKeys.LEARNER)))
            .window(getInt(EddyKeys.WINDOW))
            .block(getInt(EddyKeys.BLOCK))
            .loss(getString(EddyKeys.LOSS))
            .drift(
                new DriftSpec(
                    Detection.of(getString(EddyKeys.DRIFT)),
                    DriftAction.of(getString(EddyKeys.DRIFT_ACTION))))
            .budget(
                new Budget(getLong(EddyKeys.BUDGET_KEY_BYTES), getLong(EddyKeys.BUDGET_EVENT_MACS)))
            .seed(getLong(EddyKeys.SEED));
    if (getString(EddyKeys.STATE_TTL) != null) {
      draft.ttlMillis(Duration.parse(getString(EddyKeys.STATE_TTL).strip()).toMillis());
    }
    if (!getBoolean(EddyKeys.TRACE_DURABLE)) {
      draft.withoutDurableTraces();
    }
    if (getString(EddyKeys.WEIGHTS_INITIAL) != null) {
      draft.start(initialWeights(Path.of(getString(EddyKeys.WEIGHTS_INITIAL))));
    }
    Scope scope = Scope.valueOf(upper(EddyKeys.WEIGHTS));
    draft =
        scope == Scope.GLOBAL ? draft.global(getInt(EddyKeys.WEIGHTS_EVERY)) : draft.scope(scope);
    List<String> panel = getList(EddyKeys.PANEL);
    if (panel.equals(List.of(EddyKeys.SINGLE))) {
      return draft.panel(List.of(single())).build();
    }
    return panel.equals(List.of(EddyKeys.AUTO))
        ? draft.build()
        : draft.panel(panel.toArray(String[]::new)).build();
  }

  private static StartingWeights initialWeights(Path file) {
    try {
      return WeightsFile.read(file);
    } catch (IOException e) {
      throw new ConfigurationException(
          EddyKeys.WEIGHTS_INITIAL + "=" + file + ": cannot be read: " + reason(e));
    }
  }

  /** The reason, where Java's own message would be no more than the name of the file. */
  private static String reason(IOException e) {
    return e instanceof NoSuchFileException ? "there is no such file" : e.getMessage();
  }

  /** What every recurrent layer consists of, by keys that each are in bounds. */
  LayerSpec layerSpec() {
    return new LayerSpec(
        getString(EddyKeys.CELL),
        getInt(EddyKeys.UNITS),
        Gates.valueOf(upper(EddyKeys.GATES)),
        new Start(
            Init.valueOf(upper(EddyKeys.INIT)), ForgetBias.of(getString(EddyKeys.FORGET_BIAS))));
  }

  private MemberSpec single() {
    Clip clip = new Clip(Clip.Kind.valueOf(upper(EddyKeys.CLIP)), getDouble(EddyKeys.CLIP_AT));
    String schedule = getString(EddyKeys.LEARNING_RATE_SCHEDULE);
    boolean classes = targets.stream().anyMatch(TargetSpec::category);
    MemberSpec standard = MemberSpec.of("recurrent-gradient", classes);
    double cellRate = rate(EddyKeys.LEARNING_RATE, standard.cells());
    double readoutRate = rate(EddyKeys.READOUT_LEARNING_RATE, standard.outputs());
    return new MemberSpec(
        EddyKeys.SINGLE,
        true,
        MemberSpec.Readout.GRADIENT,
        new Descent(getString(EddyKeys.OPTIMIZER), cellRate, clip, schedule),
        new Descent(getString(EddyKeys.READOUT_OPTIMIZER), readoutRate, clip, schedule),
        getInt(EddyKeys.READOUT_HIDDEN));
  }

  private double rate(String key, Descent standard) {
    Double set = getDouble(key);
    return set == null ? standard.learningRate() : set;
  }

  private String upper(String key) {
    return getString(key).toUpperCase(Locale.ROOT);
  }

  /**
   * Checks what only a stream app needs: topics, application.id, bootstrap.servers, handlers.
   *
   * @return this
   */
  public EddyConfig requireStreams() {
    Problems found = new Problems(problems.overridden());
    for (String key :
        List.of(EddyKeys.INPUT_TOPIC, EddyKeys.OUTPUT_TOPIC, EddyKeys.DEAD_LETTER_TOPIC)) {
      if (getString(key) == null) {
        found.add(key + ": is missing; write the name of a topic that exists");
      }
    }
    if (usesLabels() && labelsTopic() == null) {
      found.add(
          EddyKeys.LABELS_TOPIC
              + ": is missing; write the name of the topic that the labels of field@label come from");
    }
    int request = StreamsSettings.requestBytes(streamsProperties()) - MARGIN;
    if (weightsBytes() > Math.min(MOST_WEIGHTS, request)) {
      found.add(
          EddyKeys.WEIGHTS,
          EddyKeys.GLOBAL,
          "the weights of a partition may have "
              + weightsBytes()
              + " bytes, but a record that tells them at most "
              + Math.min(MOST_WEIGHTS, request)
              + "; lower eddy.units, the slots of categories, hash or context, or"
              + " raise max.request.size");
    }
    StreamsSettings.check(streamsProperties(), found);
    found.throwIfAny();
    return this;
  }

  /**
   * Checks that what an app has learned follows from its records alone, so that it can be verified.
   *
   * @return this
   */
  public EddyConfig requireReproducible() {
    if (!learnerSpec.traceDurable()) {
      throw new ConfigurationException(
          EddyKeys.TRACE_DURABLE
              + "=false: what was published depends on when keys left the heap and tasks moved, so"
              + " there is nothing to verify it by; run the app with true");
    }
    return this;
  }

  /** What Kafka Streams is started with. A copy. */
  public Properties streamsProperties() {
    Properties properties =
        usesLedger()
            ? StreamsSettings.of(originals(), ledgerRecordBytes())
            : StreamsSettings.of(originals());
    StreamsSettings.shareRocksMemory(properties, rocksBytes());
    return properties;
  }
}
