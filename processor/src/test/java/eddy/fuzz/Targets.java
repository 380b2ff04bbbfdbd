package eddy.fuzz;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import eddy.config.FeatureSyntax;
import eddy.config.TargetSyntax;
import eddy.config.WeightsFile;
import eddy.event.AvroProbes;
import eddy.event.CsvSource;
import eddy.event.Decoded;
import eddy.event.EventSource;
import eddy.event.JsonEventDecoder;
import eddy.event.JsonLinesSource;
import eddy.event.PredictionRecord;
import eddy.event.TextSource;
import eddy.event.TimeText;
import eddy.learn.IncompatibleStateException;
import eddy.learn.KeyState;
import eddy.learn.Prequential;
import eddy.learn.Weights;
import eddy.ledger.LedgerCodec;
import eddy.ledger.LedgerEntry;
import eddy.state.StoreProbes;
import eddy.task.Command;
import eddy.task.CommandReader;
import eddy.task.DriftStateCodec;
import eddy.task.KeyLossesCodec;
import eddy.task.TaskProbes;
import eddy.task.TaskStateCodec;
import eddy.web.WebProbes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** All parsers of what comes from outside, each with good inputs. */
final class Targets {
  private static final String FEATURES =
      "x,y?,place.lat:diff(1),kind:category(8),`odd, name`:log:lag(1..3),at:hour-of-day,at:gap";
  private static final String TARGETS = "x@+2,kind:category(8)@+1,place.lat@+PT1H - 0";
  private static final String LABELLED = "y@label,kind:category@label";
  private static final String EVENT =
      "{\"x\":1.5,\"y\":null,\"place\":{\"lat\":-12.25e1},\"kind\":\"a b\",\"odd, name\":3,"
          + "\"on\":true,\"at\":\"2024-02-29T12:30:15.123Z\",\"more\":[1,{\"a\":[]}]}";
  private static final String ROWS =
      "key,at,x,y,place.lat,kind,\"odd, name\",on\n"
          + "k,2024-02-29 12:30:15,1.5,,2,a,3,true\nk,1700000000000,-1e3,2,3,\"b \"\"c\"\"\",4,0\n";

  private Targets() {}

  /** All of them. */
  static List<Target> all() {
    List<Target> all = new ArrayList<>(events());
    all.addAll(avro());
    all.addAll(configuration());
    all.addAll(records());
    all.addAll(stored());
    all.addAll(WebProbes.targets());
    return all;
  }

  private static Map<String, String> properties(String... more) {
    Map<String, String> properties = new HashMap<>();
    properties.put("application.id", "app");
    properties.put("bootstrap.servers", "localhost:1");
    properties.put("eddy.input.topic", "in");
    properties.put("eddy.output.topic", "out");
    properties.put("eddy.dead.letter.topic", "dead");
    properties.put("eddy.features", FEATURES);
    properties.put("eddy.targets", TARGETS);
    properties.put("eddy.units", "4");
    properties.put("eddy.sequence.end.field", "on");
    for (int i = 0; i < more.length; i += 2) {
      properties.put(more[i], more[i + 1]);
    }
    properties.values().removeIf(String::isEmpty);
    return properties;
  }

  static EddyConfig config(String... more) {
    return EddyConfig.of(properties(more));
  }

  static EddyConfig labelled() {
    return config("eddy.features", "x", "eddy.targets", LABELLED, "eddy.labels.topic", "labels");
  }

  private static List<Target> events() {
    EddyConfig config = config();
    List<String> names = List.of("\"x\":", "\"kind\":", "\"place\":{", "\"lat\":", "\"at\":");
    List<String> cells = List.of("key", "at", "x", "place.lat", "\"\"", "\r\n", ",,", "\n\n");
    return List.of(
        Target.text("json-event", 200, names, () -> json(config), EVENT),
        Target.text(
            "time",
            300,
            List.of("T", "Z", "+02:00"),
            () -> Targets::time,
            "2024-02-29T12:30:15.123Z",
            "2024-02-29 12:30+0200",
            "2024-02-29",
            "+12345-01-01T00:00:00Z",
            "2024-02-29T12:30:15.123456789-18:00"),
        Target.text(
            "json-lines",
            4,
            names,
            () -> file(path -> open(() -> JsonLinesSource.open(path, config, "kind", "at"))),
            EVENT + "\n" + EVENT + "\r\n\n" + EVENT),
        Target.text(
            "csv",
            10,
            cells,
            () -> file(path -> open(() -> CsvSource.open(path, config.schema(), "key", "at"))),
            ROWS,
            ROWS.replace("\n", "\r\n"),
            "\ufeff" + ROWS),
        Target.text(
            "text",
            6,
            List.of(),
            () -> {
              EddyConfig text =
                  config(
                      "eddy.features",
                      "char:category",
                      "eddy.targets",
                      "char:category@+1",
                      "eddy.sequence.end.field",
                      "");
              return file(path -> open(() -> TextSource.open(path, text.schema())));
            },
            "Some text, \u00e9\ud83c\udf00\n"));
  }

  private static List<Target> avro() {
    EddyConfig config =
        config(
            "eddy.features",
            "x,y?,place.lat?:diff(1),kind?:category(8),at:hour-of-day,at:gap",
            "eddy.targets",
            "x@+2",
            "eddy.sequence.end.field",
            "",
            "eddy.input.format",
            "avro",
            "eddy.avro.deserializer",
            AvroProbes.WithoutServer.class.getName());
    List<String> words =
        List.of(
            "\"double\"",
            "\"Node\"",
            "{\"type\":",
            "\"logicalType\":\"decimal\"",
            "\"precision\":",
            "\"default\":",
            "\"namespace\":\"a.b\"",
            "\"aliases\":[\"x\"]",
            "[\"null\",",
            "\"fields\":[]",
            "\u0000");
    return List.of(
        new Target(
            "avro-record",
            20,
            AvroProbes.framedRecords(),
            // a node, nothing, a node
            List.of("\u0002\u0000\u0002", "\u0000", "\u0002"),
            false,
            () -> AvroProbes.records(config, Targets::shape)),
        new Target(
            "avro-schema",
            8,
            AvroProbes.schemasWithRecords(),
            words,
            false,
            () -> AvroProbes.schemas(config, Targets::shape)));
  }

  private static Probe json(EddyConfig config) {
    JsonEventDecoder decoder = new JsonEventDecoder(config.schema(), 1 << 13);
    return input -> shape(decoder.decode(input, 17, 4));
  }

  /** Of what became of an event; what is taken must be finite. */
  private static int shape(Decoded decoded) {
    if (decoded instanceof Decoded.Rejected rejected) {
      if (rejected.reason().lines().count() != 1 || rejected.reason().length() > 1000) {
        throw new AssertionError("a reason is one line: " + rejected.reason());
      }
      return Refusal.shape(rejected.reason());
    }
    if (decoded instanceof Decoded.Accepted accepted) {
      for (double number : accepted.event().numbers) {
        if (Double.isInfinite(number)) {
          throw new AssertionError("an event holds " + number);
        }
      }
    }
    return 0;
  }

  private static int time(byte[] input) {
    long time = TimeText.parse(new String(input, StandardCharsets.UTF_8));
    if (time != TimeText.NONE && TimeText.parse(TimeText.iso(time)) != time) {
      throw new AssertionError(TimeText.iso(time) + " is not read as it was written");
    }
    return time == TimeText.NONE ? 1 : 0;
  }

  /** What reads a file and throws what it is documented to throw. */
  private interface Opening<T> {
    T open() throws IOException;
  }

  private static int open(Opening<? extends EventSource> opening) throws IOException {
    int shape = 0;
    try (EventSource source = opening.open()) {
      while (source.next()) {
        shape |= shape(source.decoded());
      }
    }
    return shape;
  }

  private interface FileProbe {
    int show(Path file) throws Exception;
  }

  /** A probe of files; IOException and ConfigurationException are how they are refused. */
  private static Probe file(FileProbe probe) {
    Path file;
    try {
      file = Files.createTempFile("eddy-fuzz", ".in");
      file.toFile().deleteOnExit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return input -> {
      Files.write(file, input);
      try {
        return probe.show(file);
      } catch (IOException | ConfigurationException e) {
        return Refusal.shape(e.getMessage());
      }
    };
  }

  private static List<Target> configuration() {
    StringBuilder text = new StringBuilder();
    properties("eddy.cell", "lstm", "eddy.layers", "2", "eddy.panel", "single")
        .forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    List<String> keys =
        List.of(
            "eddy.units=",
            "eddy.window=",
            "eddy.block=",
            "eddy.layers=",
            "eddy.loss=quantile(0.1)",
            "eddy.learning.rate=",
            "eddy.budget.key.bytes=",
            "eddy.drift=adwin(0.01)",
            "eddy.sequence.gap=PT6H",
            "eddy.label.deadline=",
            "eddy.state.ttl=",
            "eddy.seed=",
            "eddy.cell=narx(3,4)",
            "eddy.network=attention",
            "eddy.heap.bytes=",
            "eddy.web.port=",
            "eddy.weights=global",
            "eddy.lookahead=",
            "eddy.gate.window=",
            "eddy.event.max.bytes=");
    List<String> encoders =
        List.of(
            ":lag(1..3)",
            ":diff(1)",
            ":category(8)",
            ":hash(64)",
            ":context(2)",
            ":clip(3)",
            ":gap",
            ":log",
            ":hour-of-day(+150m)",
            ":position",
            "?",
            "..",
            "`a``b`");
    List<String> targets =
        List.of("@+1", "@+PT24H", "@label", ":category", ":category(4)", " - 0", " - x@-3", "@0");
    return List.of(
        Target.text("configuration", 3, keys, () -> file(Targets::configuration), text.toString()),
        Target.text(
            "features",
            120,
            encoders,
            () -> grammar(input -> FeatureSyntax.text(FeatureSyntax.parse("eddy.features", input))),
            FEATURES),
        Target.text(
            "targets",
            120,
            targets,
            () -> grammar(input -> TargetSyntax.text(TargetSyntax.parse("eddy.targets", input))),
            TARGETS,
            LABELLED));
  }

  private static int configuration(Path file) {
    EddyConfig.load(file, Map.of());
    return 0;
  }

  /** What is read is written so that it is read again as the same. */
  private static Probe grammar(Function<String, String> rewrite) {
    return input -> {
      try {
        String text = rewrite.apply(new String(input, StandardCharsets.UTF_8));
        if (!rewrite.apply(text).equals(text)) {
          throw new AssertionError("not read as it was written: " + text);
        }
        return 0;
      } catch (ConfigurationException e) {
        return Refusal.shape(e.getMessage());
      }
    };
  }

  private static List<Target> records() {
    EddyConfig labelled = labelled();
    String prediction =
        "{\"id\":\"in-0-17\",\"key\":\"k\",\"timestamp\":\"2024-02-29T12:30:15Z\",\"labelled\":"
            + "\"in-0-16\",\"learner\":\"rtrl\",\"updates\":4,\"predictions\":{\"x@+2\":{\"value\":1,"
            + "\"model\":1.5,\"baseline\":null,\"source\":\"model\",\"quantiles\":{\"0.1\":0,"
            + "\"0.9\":2}},\"kind@+1\":{\"value\":\"a\",\"probability\":0.5,\"distribution\":"
            + "{\"a\":0.5},\"unassigned\":0.5},\"place.lat@+PT1H\":{\"value\":1,\"deviation\":2}}}";
    return List.of(
        Target.text(
            "control",
            160,
            List.of("\"command\":", "\"pause\"", "\"learning-rate\"", "\"factor\":", "\"name\":"),
            () -> Targets::command,
            "{\"command\":\"snapshot\",\"name\":\"before\",\"full\":true}",
            "{\"command\":\"learning-rate\",\"factor\":0.5}",
            "{\"command\":\"reset-key\",\"key\":\"k\"}"),
        Target.text(
            "label",
            140,
            List.of("in-0-17", "\"id\":", "\"kind\":"),
            () -> TaskProbes.label(labelled),
            "{\"id\":\"in-0-17\",\"y\":1.5,\"kind\":\"a\"}"),
        Target.text(
            "prediction",
            60,
            List.of("\"quantiles\":{", "\"distribution\":{"),
            () -> Targets::prediction,
            prediction));
  }

  private static int command(byte[] input) {
    return CommandReader.read(input) instanceof Command.Refused refused
        ? Refusal.shape(refused.reason())
        : 0;
  }

  private static int prediction(byte[] input) {
    try {
      PredictionRecord.parse(input);
      return 0;
    } catch (IllegalArgumentException e) {
      return Refusal.shape(e.getMessage());
    }
  }

  private static List<Target> stored() {
    Stored stored = new Stored(config("eddy.panel", "single", "eddy.cell", "lstm"));
    Stored waiting = new Stored(labelled());
    Stored shared = new Stored(config("eddy.weights", "global"));
    byte[] frame =
        LedgerCodec.encode(
            new LedgerEntry(
                LedgerEntry.Kind.LABEL, 3, 4, 5, null, new byte[] {1, 2}, new RecordHeaders()));
    List<Target> targets = new ArrayList<>();
    targets.add(
        Target.stored(
            "weights", 4, true, () -> state(stored.learner()::decodeWeights), stored.weights()));
    targets.add(Target.stored("published-weights", 1, true, shared::merging, shared.published()));
    targets.add(
        Target.stored(
            "key-state", 8, true, () -> state(stored.learner()::decodeKeyState), stored.key()));
    targets.add(
        Target.stored(
            "key-state-waiting",
            8,
            true,
            () -> state(waiting.learner()::decodeKeyState),
            waiting.key()));
    targets.add(
        Target.stored(
            "key-head", 8, true, () -> state(stored.learner()::decodeHead), stored.head()));
    TaskStateCodec task = new TaskStateCodec();
    targets.add(
        Target.stored("task-state", 80, true, () -> state(task::decode), TaskProbes.taskState()));
    targets.add(
        Target.stored(
            "snapshot-head", 40, true, TaskProbes::snapshotHead, TaskProbes.encodedHead()));
    targets.add(
        Target.stored(
            "drift", 30, true, () -> state(new DriftStateCodec()::decode), TaskProbes.drift()));
    targets.add(
        Target.stored(
            "losses", 30, true, () -> state(KeyLossesCodec.of(2)::decode), TaskProbes.losses()));
    targets.add(
        Target.stored(
            "ledger",
            80,
            true,
            () -> state(input -> LedgerCodec.decode(null, input, new RecordHeaders())),
            frame));
    targets.add(Target.stored("chunks", 20, false, StoreProbes::chunks, StoreProbes.seeds()));
    targets.add(
        Target.stored(
            "safetensors",
            3,
            false,
            () -> file(path -> WeightsFile.read(path) == null ? 1 : 0),
            stored.file()));
    return targets;
  }

  private static Probe state(Function<byte[], ?> decode) {
    return input -> {
      try {
        decode.apply(input);
        return 0;
      } catch (IncompatibleStateException e) {
        return Refusal.shape(e.getMessage());
      }
    };
  }

  /** What a learner has stored after some events. */
  private static final class Stored {
    private static final int EVENTS = 12;

    private final EddyConfig config;
    private final Prequential learner;
    private final KeyState key;
    private final Weights weights;

    Stored(EddyConfig config) {
      this.config = config;
      learner = learner();
      key = learner.newKeyState();
      weights = learner.newWeights();
      JsonEventDecoder decoder = new JsonEventDecoder(config.schema());
      for (int i = 0; i < EVENTS; i++) {
        byte[] event = Mutation.bytes(EVENT.replace("1.5", i + ".5").replace("true", "false"));
        Decoded decoded = decoder.decode(event, 1000L * i, i);
        if (!(decoded instanceof Decoded.Accepted accepted)) {
          throw new IllegalStateException(decoded.toString());
        }
        learner.observe(accepted.event(), key, weights);
      }
    }

    /** One for a thread. */
    Prequential learner() {
      return Prequential.of(config.learnerSpec());
    }

    byte[] weights() {
      return learner.encode(weights);
    }

    byte[] published() {
      return learner.sharing().publish(weights);
    }

    byte[] key() {
      return learner.encode(key);
    }

    byte[] head() {
      return learner.encodeHead(key);
    }

    byte[] file() {
      try {
        Path file = Files.createTempFile("eddy-fuzz", ".safetensors");
        WeightsFile.write(
            file,
            learner.tensors(weights),
            learner.encode(weights),
            Map.of(WeightsFile.FINGERPRINT, Long.toHexString(learner.specFingerprint())));
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        return bytes;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Probe merging() {
      Prequential own = learner();
      Weights into = own.newWeights();
      return state(input -> own.sharing().merge(into, input, 3));
    }
  }
}
