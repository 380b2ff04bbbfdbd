package eddy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eddy.cell.ForgetBias;
import eddy.cell.Gates;
import eddy.cell.Init;
import eddy.cell.LayerSpec;
import eddy.cell.Start;
import eddy.drift.Detection;
import eddy.drift.DriftAction;
import eddy.drift.DriftSpec;
import eddy.feature.Field;
import eddy.learn.LabelDeadline;
import eddy.learn.LearnerSpec;
import eddy.learn.MemberSpec;
import eddy.learn.Spread;
import eddy.network.NetworkSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EddyConfigTest {
  private static final Map<String, String> STORMS =
      Map.of(
          "eddy.features", "lat,long:diff(1),wind?,timestamp:gap",
          "eddy.targets", "lat@+4,wind@+4");

  private static Map<String, String> storms(String... settings) {
    Map<String, String> map = new HashMap<>(STORMS);
    for (int i = 0; i < settings.length; i += 2) {
      map.put(settings[i], settings[i + 1]);
    }
    return map;
  }

  private static List<String> problems(Map<String, String> properties) {
    return problems(properties, Map.of());
  }

  private static List<String> problems(
      Map<String, String> properties, Map<String, String> environment) {
    ConfigurationException thrown =
        catchThrowableOfType(
            ConfigurationException.class, () -> EddyConfig.of(properties, environment));
    assertThat(thrown).as("no problem was found").isNotNull();
    return thrown.problems();
  }

  @Test
  void learnerSpec_onlyFeaturesAndTargets_equalsTheDefaultsOfTheModel() {
    EddyConfig config = EddyConfig.of(STORMS);
    assertThat(config.learnerSpec())
        .isEqualTo(LearnerSpec.of(config.features(), config.targets()).build());
  }

  @Test
  void learnerSpec_classTarget_keepsTheLargerStepOfTheReadout() {
    EddyConfig config = EddyConfig.of(storms("eddy.targets", "status:category@+1"));
    assertThat(config.learnerSpec())
        .isEqualTo(LearnerSpec.of(config.features(), config.targets()).build());
  }

  @Test
  void learnerSpec_everySettingGiven_holdsThem() {
    LearnerSpec spec =
        EddyConfig.of(
                storms(
                    "eddy.readout.features", "lat:lag(1..3)",
                    "eddy.cell", "lstm",
                    "eddy.units", "7",
                    "eddy.learner", "tbptt",
                    "eddy.window", "9",
                    "eddy.block", "11",
                    "eddy.weights", "key",
                    "eddy.panel", "single",
                    "eddy.optimizer", "sgd",
                    "eddy.learning.rate", "0.25",
                    "eddy.learning.rate.schedule", "warm-up(10):cosine(100,0.5)",
                    "eddy.readout.optimizer", "adam",
                    "eddy.readout.learning.rate", "0.125",
                    "eddy.readout.hidden", "5",
                    "eddy.clip", "norm",
                    "eddy.clip.at", "2.5",
                    "eddy.loss", "squared",
                    "eddy.seed", "-3",
                    "eddy.budget.key.bytes", "1000",
                    "eddy.budget.event.macs", "2000"))
            .learnerSpec();
    assertThat(FeatureSyntax.text(spec.readoutFeatures())).isEqualTo("lat:lag(1..3)");
    assertThat(spec.network().cell()).isEqualTo("lstm");
    assertThat(spec.network().units()).isEqualTo(7);
    assertThat(spec.estimator()).isEqualTo(LearnerSpec.Estimator.TBPTT);
    assertThat(spec.window()).isEqualTo(9);
    assertThat(spec.block()).isEqualTo(11);
    assertThat(spec.scope()).isEqualTo(LearnerSpec.Scope.KEY);
    assertThat(spec.panel()).hasSize(1);
    MemberSpec single = spec.panel().get(0);
    assertThat(single.cells().optimizer()).isEqualTo("sgd");
    assertThat(single.cells().learningRate()).isEqualTo(0.25);
    assertThat(single.cells().schedule()).isEqualTo("warm-up(10):cosine(100,0.5)");
    assertThat(single.outputs().schedule()).isEqualTo(single.cells().schedule());
    assertThat(single.outputs().optimizer()).isEqualTo("adam");
    assertThat(single.outputs().learningRate()).isEqualTo(0.125);
    assertThat(single.hidden()).isEqualTo(5);
    assertThat(single.cells().clip()).isEqualTo(single.outputs().clip());
    assertThat(single.cells().clip().kind()).hasToString("NORM");
    assertThat(single.cells().clip().bound()).isEqualTo(2.5);
    assertThat(spec.loss()).isEqualTo("squared");
    assertThat(spec.seed()).isEqualTo(-3);
    assertThat(spec.budget()).isEqualTo(new LearnerSpec.Budget(1000, 2000));
  }

  @Test
  void schema_featuresReadoutFeaturesAndTargets_holdsTheirFields() {
    EddyConfig config =
        EddyConfig.of(
            storms("eddy.readout.features", "pressure", "eddy.targets", "status:category@+1"));
    assertThat(config.schema().fields())
        .extracting(Field::path)
        .containsExactly("lat", "long", "wind", "timestamp", "pressure", "status");
  }

  @Test
  void heapBytes_notSet_isAQuarterOfTheHeap() {
    assertThat(EddyConfig.of(STORMS).heapBytes()).isEqualTo(Runtime.getRuntime().maxMemory() / 4);
    assertThat(EddyConfig.of(storms("eddy.heap.bytes", "5")).heapBytes()).isEqualTo(5);
  }

  @Test
  void key_absentOrEmpty_isNone() {
    assertThat(EddyConfig.of(STORMS).key()).isEmpty();
    assertThat(EddyConfig.of(storms("eddy.key", "")).key()).isEmpty();
    assertThat(EddyConfig.of(storms("eddy.key", "storm")).key()).contains("storm");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "eddy.cel | lstm | eddy.cel: there is no such key, did you mean eddy.cell?",
        "eddy.feature | x | eddy.feature: there is no such key, did you mean eddy.features?",
        "edy.cell | lstm | edy.cell: there is no such key, did you mean eddy.cell?",
        "eddy.cell | ltsm | eddy.cell=ltsm: there is no such value, did you mean lstm? Known are",
        "eddy.cell | transformer | eddy.cell=transformer: there is no such value. Known are elman, elstm",
        "eddy.units | -5 | eddy.units=-5: must lie between 1 and 4096; the default is 32",
        "eddy.units | many | eddy.units=many: expected a whole number",
        "eddy.units | 3e9 | eddy.units=3e9: expected a whole number",
        "eddy.units | 30 | eddy.units=30: cell mixed needs units in multiples of 4 but was given 30",
        "eddy.units | 31 | eddy.units=31: cell mixed needs units in multiples of 4 but was given 31",
        "eddy.cell | tdnn | eddy.cell=tdnn: write tdnn(8) for the last 8 inputs; the default is mixed",
        "eddy.cell | tdnn(0) | eddy.cell=tdnn(0): a delay line looks back between 1 and 10000 events, such as tdnn(8)",
        "eddy.cell | narx(8) | eddy.cell=narx(8): write narx(8,4) for the last 8 inputs and the last 4 values",
        "eddy.cell | narx(8,0) | eddy.cell=narx(8,0): narx without values of the targets is a tdnn; write tdnn(8)",
        "eddy.layers | 0 | eddy.layers=0: must lie between 1 and 16; the default is 1",
        "eddy.residual | yes | eddy.residual=yes: expected true or false; the default is false",
        "eddy.residual | true | eddy.residual=true: the lowest layer reads features and has nothing to add; write eddy.layers=2",
        "eddy.gates | hrd | eddy.gates=hrd: there is no such value, did you mean hard?",
        "eddy.gates | hard | eddy.gates=hard: cell mixed has no such gates; write smooth, or a cell of elstm, gru,",
        "eddy.init | xavier | eddy.init=xavier: there is no such value. Known are auto, orthogonal,",
        "eddy.init | identity | eddy.init=identity: cell elstm has no recurrent matrix; write auto or glorot",
        "eddy.forget.bias | chrono | eddy.forget.bias=chrono: expected auto, a number such as 1, or chrono(100)",
        "eddy.forget.bias | chrono(2) | eddy.forget.bias=chrono(2): chrono needs a longest memory of at least 3",
        "eddy.forget.bias | 1 | eddy.forget.bias=1: cell mixed has no such gates; write auto, or a cell of",
        "eddy.learning.rate | 0 | eddy.learning.rate=0: must lie between 0.000000001 and 1000",
        "eddy.learning.rate | NaN | eddy.learning.rate=NaN: must lie between",
        "eddy.learning.rate | x | eddy.learning.rate=x: expected a number",
        "eddy.learner | bptt | eddy.learner=bptt: there is no such value, did you mean tbptt?",
        "eddy.features | lat,status:hash | eddy.features: feature status:hash(65536): hash and context are for readouts only;",
        "eddy.features | lat,status:context(0) | eddy.features: context(n): n must lie between 1 and 1000 but was 0",
        "eddy.panel | linar | eddy.panel=linar: there is no such value, did you mean linear?",
        "eddy.panel | linear,single | eddy.panel=linear,single: there is no such value",
        "eddy.panel | linear,linear | eddy.panel=linear,linear: must name different members",
        "eddy.optimizer | sgd | eddy.optimizer=sgd: belongs to one learner alone; add eddy.panel=",
        "eddy.learning.rate.schedule | cos(9) | eddy.learning.rate.schedule=cos(9): no schedule of",
        "eddy.learning.rate.schedule | warm-up(9) | eddy.learning.rate.schedule=warm-up(9): belongs",
        "eddy.weights.every | 9 | eddy.weights.every=9: counts for weights that partitions share; add eddy.weights=global",
        "eddy.weights.every | 0 | eddy.weights.every=0: must be at least 1",
        "eddy.ledger.retention | 7 days | eddy.ledger.retention=7 days: must be an ISO-8601 duration above zero",
        "eddy.ledger.retention | PT0S | eddy.ledger.retention=PT0S: must be an ISO-8601 duration",
        "eddy.heap.bytes | 0 | eddy.heap.bytes=0: must be at least 1",
        "eddy.input.topic | a b | eddy.input.topic=a b: a topic has 1 to 249 letters",
        "eddy.labels.topic | l | eddy.labels.topic=l: no target waits for its labels; write one as field@label",
        "eddy.label.deadline | 9 | eddy.label.deadline=9: no target is written field@label or field@+PT24H",
        "eddy.label.deadline | 0 | eddy.label.deadline=0: must lie between 1 and 1000000",
        "eddy.label.deadline.time | 9 | eddy.label.deadline.time=9: must be an ISO-8601 duration",
        "eddy.targets | lat@+4,lat@+4 - 0 | eddy.targets: target lat@+4: two targets have this name",
        "eddy.targets | lat | eddy.features: feature lat: lat is a target of the same event",
        "eddy.targets | \"\" | eddy.targets=: a learner needs at least one target",
        "eddy.features | \" \" | eddy.features=: a learner needs at least one feature",
        "eddy.features | lat:dif(1) | eddy.features: there is no encoder ~dif~, did you mean",
        "eddy.readout.features | lat:diff | eddy.readout.features: diff: it takes 1 argument",
        "eddy.loss | hubert | eddy.loss=hubert: there is no such value, did you mean huber?",
        "eddy.loss | quantile(0.1) | eddy.loss=quantile(0.1): the quantile 0.5, which is published",
        "eddy.loss | gaussian | eddy.loss=gaussian: belongs to one learner alone",
        "eddy.loss | softmax | eddy.loss=softmax: target lat@+4 is a number",
        "eddy.loss | logistic | eddy.loss=logistic: target lat@+4 is learned as a change",
        "eddy.web.port | 65536 | eddy.web.port=65536: must lie between 0 and 65535",
        "eddy.web.port | -1 | eddy.web.port=-1: must lie between 0 and 65535",
        "eddy.web.port | http | eddy.web.port=http: expected a whole number",
        "eddy.web.rate | -1 | eddy.web.rate=-1: must be at least 0",
        "eddy.web.rate | 5 | eddy.web.rate: nothing is served; add eddy.web.port=8080",
        "eddy.web.host | 0.0.0.0 | eddy.web.host: nothing is served; add eddy.web.port=8080",
        "eddy.web.token | abc | eddy.web.token: nothing is served; add eddy.web.port=8080",
        "eddy.web.recent.bytes | -1 | eddy.web.recent.bytes=-1: must be at least 0",
        "eddy.web.prot | 8080 | eddy.web.prot: there is no such key, did you mean eddy.web.port?",
      })
  void of_wrongSetting_namesKeyValueAndRemedyInItsFirstLine(
      String key, String value, String expected) {
    assertThat(problems(storms(key, value)).get(0).lines().findFirst().orElseThrow())
        .startsWith(expected.replace('~', '"'));
  }

  @Test
  void web_everySettingGiven_holdsThemAndKeepsTheToken() {
    WebSettings web =
        EddyConfig.of(
                storms(
                    "eddy.web.port", "8080",
                    "eddy.web.host", " 0.0.0.0 ",
                    "eddy.web.token", "a secret",
                    "eddy.web.rate", "7",
                    "eddy.web.recent.bytes", "9"))
            .web()
            .orElseThrow();
    assertThat(web).isEqualTo(new WebSettings("0.0.0.0", 8080, Optional.of("a secret"), 7, 9));
    assertThat(web.toString()).doesNotContain("secret");
    assertThat(EddyConfig.of(STORMS).web()).isEmpty();
    assertThat(EddyConfig.of(storms("eddy.web.port", "0")).web().orElseThrow().host())
        .isEqualTo("127.0.0.1");
  }

  @Test
  void of_webThatOthersCanReach_needsAToken() {
    assertThat(problems(storms("eddy.web.port", "8080", "eddy.web.host", "0.0.0.0")))
        .containsExactly(
            "eddy.web.host=0.0.0.0: whoever reaches this address could read everything; add"
                + " eddy.web.token, or write 127.0.0.1");
    assertThat(problems(storms("eddy.web.port", "8080", "eddy.web.token", " ")))
        .containsExactly("eddy.web.token= : expected a text; remove the line");
    for (String host : List.of("localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]")) {
      EddyConfig config = EddyConfig.of(storms("eddy.web.port", "0", "eddy.web.host", host));
      assertThat(config.web().orElseThrow().isLoopback()).as(host).isTrue();
    }
  }

  /** Where a token lies in a file of its own, and the file or its entry is missing. */
  @Test
  void of_webTokenOfAFileThatIsNotThere_isRefusedByItsKey(@TempDir Path folder) {
    String variable = "${file:" + folder.resolve("none.properties") + ":token}";
    List<String> problems =
        problems(
            storms(
                "eddy.web.port", "0",
                "eddy.web.token", variable,
                "config.providers", "file",
                "config.providers.file.class",
                    "org.apache.kafka.common.config.provider.FileConfigProvider"));
    assertThat(problems).singleElement().asString().contains("none.properties");
  }

  @Test
  void learnerSpec_everySettingOfTheLayers_isCarried() {
    NetworkSpec network =
        EddyConfig.of(
                storms(
                    "eddy.cell", "gru",
                    "eddy.units", "6",
                    "eddy.layers", "3",
                    "eddy.residual", "true",
                    "eddy.gates", "hard",
                    "eddy.init", "glorot",
                    "eddy.forget.bias", "chrono(50)"))
            .learnerSpec()
            .network();
    Start start = new Start(Init.GLOROT, new ForgetBias(ForgetBias.Kind.CHRONO, 50));
    assertThat(network)
        .isEqualTo(NetworkSpec.of(new LayerSpec("gru", 6, Gates.HARD, start)).withLayers(3, true));
  }

  @Test
  void of_settingsOfLayersForADelayLine_areRefused() {
    assertThat(
            problems(
                storms(
                    "eddy.cell", "tdnn(4)",
                    "eddy.network", "bidirectional",
                    "eddy.layers", "2",
                    "eddy.gates", "hard",
                    "eddy.sequence.end.field", "end",
                    "eddy.sequence.output", "mean")))
        .contains(
            "eddy.network=bidirectional: tdnn(4) has no layers of cells; remove the line",
            "eddy.sequence.output=mean: tdnn(4) has no state to average; write last",
            "eddy.layers=2: tdnn(4) has no layers of cells; remove the line",
            "eddy.gates=hard: tdnn(4) has no layers of cells; remove the line");
  }

  @Test
  void of_narxOfWholeSequences_isRefused() {
    assertThat(
            problems(
                storms(
                    "eddy.cell", "narx(4,2)",
                    "eddy.targets", "rain",
                    "eddy.sequence.end.field", "end",
                    "eddy.sequence.output", "last")))
        .containsExactly(
            "eddy.cell=narx(4,2): a sequence with one label has no earlier ones to look back at;"
                + " write tdnn(4)");
  }

  @Test
  void newPrequential_delayLines_readTheFieldsOfTheConfiguration() {
    for (String cell : List.of("tdnn(4)", "narx(4,2)")) {
      EddyConfig config = EddyConfig.of(storms("eddy.cell", cell));
      assertThat(config.learnerSpec().network().cell()).isEqualTo(cell);
      assertThat(config.newPrequential().schema().fields()).isEqualTo(config.schema().fields());
      assertThat(config.newPrequential().learner()).startsWith(cell + "/delay-line");
    }
  }

  @Test
  void of_wrongMemberOfThePanel_namesTheDefaultAsItIsWritten() {
    assertThat(problems(storms("eddy.panel", "linar")).get(0)).endsWith("the default is auto");
  }

  @Test
  void learnerSpec_panelOfSome_holdsThemInOrder() {
    LearnerSpec spec = EddyConfig.of(storms("eddy.panel", "linear, reference")).learnerSpec();
    assertThat(spec.panel()).extracting(MemberSpec::name).containsExactly("linear", "reference");
  }

  @Test
  void of_classUnderANumbersLoss_isRefused() {
    assertThat(
            problems(
                storms(
                    "eddy.targets", "s:category@+1", "eddy.panel", "single", "eddy.loss", "huber")))
        .containsExactly("eddy.loss=huber: target s@+1 is a class and needs softmax; write auto");
  }

  @Test
  void of_quantilesOfASingleLearner_isAccepted() {
    EddyConfig config =
        EddyConfig.of(storms("eddy.panel", "single", "eddy.loss", "quantile(0.1, 0.5)"));
    assertThat(config.learnerSpec().spread())
        .isEqualTo(new Spread.Quantiles(List.of(0.1, 0.5), List.of(Double.NaN, Double.NaN)));
    config.newPrequential();
  }

  @Test
  void of_logisticOnAPlainNumber_isAccepted() {
    assertThat(
            EddyConfig.of(
                    storms("eddy.targets", "rain", "eddy.panel", "single", "eddy.loss", "logistic"))
                .targets())
        .hasSize(1);
  }

  @Test
  void of_featuresAndTargetsMissing_saysSoForBoth() {
    assertThat(problems(Map.of()))
        .satisfiesExactly(
            first -> assertThat(first).startsWith("eddy.features: is missing"),
            second -> assertThat(second).startsWith("eddy.targets: is missing"));
  }

  @Test
  void of_severalProblems_listsThemAll() {
    assertThat(problems(storms("eddy.cel", "x", "eddy.units", "-1", "eddy.window", "0")))
        .hasSize(3)
        .allSatisfy(problem -> assertThat(problem.lines()).hasSize(1));
  }

  @Test
  void of_oneTopicTwice_isRefused() {
    assertThat(problems(storms("eddy.input.topic", "t", "eddy.dead.letter.topic", "t")))
        .containsExactly(
            "eddy.dead.letter.topic=t: is the topic of eddy.input.topic already; name another one");
  }

  @Test
  void of_environment_overridesTheProperties() {
    EddyConfig config =
        EddyConfig.of(
            storms("eddy.cell", "gru"),
            Map.of("EDDY_CELL", "lstm", "EDDY_READOUT_FEATURES", "lat:lag(2)", "PATH", "/bin"));
    assertThat(config.learnerSpec().network().cell()).isEqualTo("lstm");
    assertThat(FeatureSyntax.text(config.readoutFeatures())).isEqualTo("lat:lag(2)");
  }

  private static Map<String, String> labelled(String... settings) {
    Map<String, String> map = storms(settings);
    map.put("eddy.targets", "damage@label,lat@+PT24H");
    return map;
  }

  @Test
  void learnerSpec_deadlines_areCarried() {
    assertThat(EddyConfig.of(labelled()).learnerSpec().deadline()).isEqualTo(LabelDeadline.DEFAULT);
    EddyConfig config =
        EddyConfig.of(labelled("eddy.label.deadline", "7", "eddy.label.deadline.time", "P2D"));
    assertThat(config.learnerSpec().deadline()).isEqualTo(new LabelDeadline(7, 172_800_000));
  }

  @Test
  void schema_targetOfALabelTopic_isNoFieldOfEvents() {
    EddyConfig config = EddyConfig.of(labelled());
    assertThat(config.schema().fields()).extracting(Field::path).contains("damage", "lat");
    assertThat(config.schema().eventFields())
        .extracting(Field::path)
        .contains("lat")
        .doesNotContain("damage");
  }

  @Test
  void of_labelsWithLookahead_isRefused() {
    Map<String, String> map =
        labelled("eddy.network", "bidirectional", "eddy.lookahead", "2", "eddy.learner", "tbptt");
    assertThat(problems(map))
        .anyMatch(problem -> problem.contains("target damage@label: an event is labelled 2 events"))
        .anyMatch(problem -> problem.contains("target lat@+PT24H: an event is labelled 2 events"));
  }

  @Test
  void requireStreams_labelsWithoutTheirTopic_namesTheKey() {
    Map<String, String> map =
        labelled(
            "application.id", "a",
            "bootstrap.servers", "b:9092",
            "eddy.input.topic", "i",
            "eddy.output.topic", "o",
            "eddy.dead.letter.topic", "d");
    ConfigurationException thrown =
        catchThrowableOfType(
            ConfigurationException.class, () -> EddyConfig.of(map).requireStreams());
    assertThat(thrown.problems()).singleElement().asString().startsWith("eddy.labels.topic: is");
  }

  @Test
  void usesLedger_eventsAlone_isFalse() {
    assertThat(EddyConfig.of(storms()).usesLedger()).isFalse();
    assertThat(EddyConfig.of(storms("eddy.control.topic", "c")).usesLedger()).isTrue();
    assertThat(EddyConfig.of(labelled("eddy.labels.topic", "l")).usesLedger()).isTrue();
  }

  @Test
  void ledgerRecordBytes_anyEventThatIsAccepted_fitsIntoARequest() {
    EddyConfig config =
        EddyConfig.of(storms("eddy.control.topic", "c", "eddy.event.max.bytes", "3000000"));

    assertThat(config.ledgerValueBytes()).isEqualTo(3_000_000);
    assertThat(config.streamsProperties().get("max.request.size"))
        .isEqualTo(String.valueOf(config.ledgerRecordBytes()));
  }

  @Test
  void ledgerValueBytes_smallRequests_leavesRoomForTheRest() {
    EddyConfig config =
        EddyConfig.of(storms("eddy.control.topic", "c", "producer.max.request.size", "500000"));

    assertThat(config.ledgerValueBytes()).isEqualTo(500_000 - (1 << 18));
  }

  @Test
  void of_wrongValueFromTheEnvironment_namesTheVariable() {
    assertThat(problems(STORMS, Map.of("EDDY_UNITS", "-1")).get(0)).startsWith("EDDY_UNITS=-1: ");
    assertThat(problems(STORMS, Map.of("EDDY_TARGETS", "lat@")).get(0))
        .startsWith("EDDY_TARGETS: ");
  }

  @Test
  void of_variableThatIsNearlyAKey_isRefusedButOthersAreLeftAlone() {
    assertThat(problems(STORMS, Map.of("EDDY_CELS", "lstm")))
        .containsExactly("EDDY_CELS: no key has this variable, did you mean EDDY_CELL?");
    assertThat(
            EddyConfig.of(STORMS, Map.of("EDDY_SERVICE_HOST", "10.0.0.1", "EDDY_PORT_80_TCP", "x")))
        .isNotNull();
  }

  @Test
  void load_fileWithRemarks_readsTheValuesBeforeThem(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("app.properties");
    Files.writeString(
        file,
        """
        # storms
        client.id=a # b
        eddy.features=lat,`odd # name`:diff(1)   # two fields
        eddy.targets = lat@+4
        eddy.cell=elstm                # elman lstm
        """);
    EddyConfig config = EddyConfig.load(file, Map.of());
    assertThat(config.features().get(1).field()).isEqualTo("odd # name");
    assertThat(config.learnerSpec().network().cell()).isEqualTo("elstm");
    assertThat(config.streamsProperties()).containsEntry("client.id", "a # b");
  }

  @Test
  void load_missingFile_namesIt(@TempDir Path folder) {
    Path file = folder.resolve("none.properties");
    assertThat(
            catchThrowableOfType(
                ConfigurationException.class, () -> EddyConfig.load(file, Map.of())))
        .hasMessage(file + ": there is no such file");
  }

  @Test
  void newPrequential_budgetOfOneByte_isAConfigurationProblem() {
    EddyConfig config = EddyConfig.of(storms("eddy.budget.key.bytes", "1"));
    assertThat(catchThrowableOfType(ConfigurationException.class, config::newPrequential))
        .hasMessageStartingWith("eddy.learner=auto: ");
  }

  @Test
  void learnerSpec_drift_isWhatIsLookedForAndDone() {
    DriftSpec drift =
        EddyConfig.of(storms("eddy.drift", "adwin(0.01)", "eddy.drift.action", "boost(2,50)"))
            .learnerSpec()
            .drift();
    assertThat(drift.detection()).isEqualTo(new Detection.ByAdwin(0.01));
    assertThat(drift.action()).isEqualTo(new DriftAction.Boost(2, 50));
    assertThat(EddyConfig.of(STORMS).learnerSpec().drift()).isEqualTo(DriftSpec.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "eddy.drift.action | reset | eddy.drift.action=reset: drift is not looked for; add eddy.drift=adwin",
        "eddy.drift.topic | drifts | eddy.drift.topic=drifts: drift is not looked for; add eddy.drift=adwin",
        "eddy.drift | ddm | eddy.drift=ddm: no detector of drift is called ddm; write none, adwin,",
        "eddy.drift | adwin(2) | eddy.drift=adwin(2): a confidence must lie in (0, 1) but was 2.0",
        "eddy.drift.action | bost | eddy.drift.action=bost: no action on drift is called bost; write"
      })
  void of_driftThatDoesNotFit_isRefusedByName(String key, String value, String problem) {
    assertThat(problems(storms(key, value)))
        .singleElement()
        .satisfies(line -> assertThat(line).startsWith(problem));
  }

  @Test
  void of_resetOfWeightsThatPartitionsShare_isRefused() {
    assertThat(
            problems(
                storms(
                    "eddy.drift", "adwin",
                    "eddy.drift.action", "reset",
                    "eddy.weights", "global")))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("eddy.drift.action=reset", "eddy.weights"));
  }

  @Test
  void of_driftTopicOfAnotherKey_isRefused() {
    assertThat(
            problems(
                storms("eddy.drift", "adwin", "eddy.drift.topic", "t", "eddy.scores.topic", "t")))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("eddy.drift.topic=t", "eddy.scores.topic"));
  }

  @Test
  void requireReproducible_tracesNotDurable_isRefused() {
    assertThat(EddyConfig.of(storms()).requireReproducible().learnerSpec().traceDurable()).isTrue();
    EddyConfig volatileTraces = EddyConfig.of(storms("eddy.trace.durable", "false"));
    assertThat(volatileTraces.learnerSpec().traceDurable()).isFalse();
    assertThatThrownBy(volatileTraces::requireReproducible)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("eddy.trace.durable=false")
        .hasMessageContaining("nothing to verify");
  }
}
