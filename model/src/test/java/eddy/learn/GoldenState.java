package eddy.learn;

import eddy.cell.LayerSpec;
import eddy.feature.ArrivalSpec;
import eddy.feature.Encoders;
import eddy.feature.Event;
import eddy.feature.FeatureSpec;
import eddy.feature.FieldKind;
import eddy.feature.SequenceSpec;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import eddy.learn.LearnerSpec.Estimator;
import eddy.learn.LearnerSpec.Scope;
import eddy.network.NetworkSpec;
import eddy.network.NetworkSpec.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * State of format 1, by configurations that together store everything that can be stored, and what
 * the learner said when it went on from there.
 *
 * <p>The files in {@code src/test/resources/eddy/golden/1} were written by {@link #main} and are
 * not to be written anew: a later version must read them. A change of the format gets a folder of
 * its own.
 */
enum GoldenState {
  /** The whole panel, numbers and classes, hashed features, shared between partitions. */
  PANEL {
    @Override
    LearnerSpec spec() {
      return LearnerSpec.of(
              Streams.FEATURES, List.of(Streams.AHEAD, Streams.NEXT_KIND, Streams.OWN))
          .readoutFeatures(Streams.HASHED.subList(0, 2))
          .units(4)
          .global(16)
          .build();
    }
  },
  /** Carries in parts, folded from one block to the next, for two horizons. */
  BLOCKS {
    @Override
    LearnerSpec spec() {
      LayerSpec layer = new LayerSpec("gru", 4);
      return LearnerSpec.of(Streams.FEATURES, List.of(Streams.AHEAD, Streams.NEXT_KIND))
          .network(NetworkSpec.of(layer).withLayers(2, true))
          .estimator(Estimator.RTRL)
          .block(4)
          .panel("recurrent-gradient")
          .budget(new LearnerSpec.Budget(4_000_000, 20_000_000))
          .build();
    }
  },
  /** A ring of the last steps. */
  WINDOW {
    @Override
    LearnerSpec spec() {
      return LearnerSpec.of(Streams.FEATURES, List.of(Streams.FAR))
          .cell("lstm-peephole")
          .units(4)
          .estimator(Estimator.TBPTT)
          .window(6)
          .panel("recurrent-gradient")
          .build();
    }
  },
  /** Events that wait to be labelled, before a network that reads its window both ways. */
  LATE {
    @Override
    LearnerSpec spec() {
      return LearnerSpec.of(Streams.FEATURES, List.of(Streams.OWN, Streams.OWN_KIND))
          .readoutFeatures(Streams.HASHED.subList(0, 2))
          .window(6)
          .network(
              new NetworkSpec(Kind.BIDIRECTIONAL, new LayerSpec("elstm", 4), 1, false, 3, false))
          .panel("recurrent-gradient")
          .build();
    }
  },
  /** Sequences, ids of events, time between them, and weights of the key's own. */
  SEQUENCES {
    @Override
    LearnerSpec spec() {
      return LearnerSpec.of(Streams.FEATURES, List.of(Streams.AHEAD, Streams.OWN))
          .network(NetworkSpec.of(new LayerSpec("rtu-time", 4)))
          .sequence(
              new SequenceSpec(SequenceSpec.Output.EVERY, "end", false, Duration.ofSeconds(30)))
          .arrivals(new ArrivalSpec(false, false, "id", 4))
          .panel("recurrent-gradient", "recurrent-second-order")
          .scope(Scope.KEY)
          .build();
    }
  },
  /** Sequences of categories, shared between partitions. */
  CONTEXTS {
    @Override
    LearnerSpec spec() {
      List<FeatureSpec> features = new ArrayList<>(Streams.FEATURES);
      features.add(
          new FeatureSpec(
              "kind",
              false,
              List.of(Encoders.of("category", List.of("8")), Encoders.of("lag", List.of("1..2")))));
      return LearnerSpec.of(features, List.of(Streams.AHEAD, Streams.NEXT_KIND))
          .readoutFeatures(Streams.HASHED.subList(0, 1))
          .units(4)
          .global(16)
          .build();
    }

    @Override
    String oldest() {
      return "1.1";
    }
  },
  /** Origins that wait for labels of a topic, and of a later time. */
  LABELS {
    @Override
    LearnerSpec spec() {
      return LearnerSpec.of(
              Streams.FEATURES,
              List.of(
                  new TargetSpec("label", 0, new Horizon.LabelTopic(), new Reference.None()),
                  new TargetSpec("outcome", 4, new Horizon.LabelTopic(), new Reference.None()),
                  new TargetSpec(
                      "a",
                      0,
                      new Horizon.TimeAhead(Duration.ofSeconds(4)),
                      new Reference.Past("a", 0))))
          .arrivals(new ArrivalSpec(true, true, "id", 4))
          .deadline(new LabelDeadline(8, Long.MAX_VALUE))
          .cell("mixed")
          .units(4)
          .panel("recurrent-gradient")
          .build();
    }
  };

  static final int STORED_AFTER = 40;
  static final int CONTINUED = 12;

  private static final String OLDEST = "1";

  /** The same format by the sums of today. */
  static final String TODAY = "1.2";

  private static final String WEIGHTS = "weights";
  private static final String KEY = "key";
  private static final String HEAD = "head";
  private static final String SAID = "said";

  abstract LearnerSpec spec();

  /** Folder of what was stored first. */
  String oldest() {
    return OLDEST;
  }

  /**
   * What is in a file.
   *
   * @param weights as stored
   * @param key as one
   * @param head of the key as stored
   * @param parts of the key as stored, by their number
   * @param said by the next events and labels
   */
  record Contents(
      byte[] weights, byte[] key, byte[] head, Map<Integer, byte[]> parts, List<String> said) {}

  /** What the learner says of events, and of labels that come two events later. */
  static List<String> run(Prequential learner, int from, int to, KeyState key, Weights weights) {
    Streams.Row[] rows = Streams.rows(9, to);
    List<String> said = new ArrayList<>();
    for (int i = from; i < to; i++) {
      Event event = rows[i].into(learner, i);
      name(learner, event, i);
      said.add(Streams.text(learner.observe(event, key, weights)));
      if (i >= 2 && learner.takesLabels()) {
        Event label = rows[i - 2].into(learner, i);
        Outcome outcome =
            learner.label(Prequential.eventId("e" + (i - 2)), label, event.timestamp, key, weights);
        said.add(outcome.fate + " " + Streams.text(outcome));
      }
    }
    return said;
  }

  private static void name(Prequential learner, Event event, int number) {
    boolean named = learner.schema().fields().stream().anyMatch(f -> f.path().equals("id"));
    if (named) {
      event.categories[learner.schema().index("id", FieldKind.CATEGORY)] = "e" + number;
    }
  }

  /** What a learner of today makes of it. */
  Contents compute() {
    Prequential learner = Prequential.of(spec());
    KeyState key = learner.newKeyState();
    Weights weights = learner.newWeights();
    run(learner, 0, STORED_AFTER, key, weights);
    Map<Integer, byte[]> parts = new LinkedHashMap<>();
    for (int part = 0; part < learner.parts().count(); part++) {
      if (learner.parts().needed(key, part)) {
        parts.put(part, learner.parts().encode(key, part));
      }
    }
    return new Contents(
        learner.encode(weights),
        learner.encode(key),
        learner.encodeHead(key),
        parts,
        run(learner, STORED_AFTER, STORED_AFTER + CONTINUED, key, weights));
  }

  /** Reads the file of a folder. */
  Contents read(String folder) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    String name = "/eddy/golden/" + folder + "/" + file();
    try (ZipInputStream zip = new ZipInputStream(GoldenState.class.getResourceAsStream(name))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    Map<Integer, byte[]> parts = new LinkedHashMap<>();
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      if (Character.isDigit(entry.getKey().charAt(0))) {
        parts.put(Integer.valueOf(entry.getKey()), entry.getValue());
      }
    }
    String said = new String(entries.get(SAID), StandardCharsets.UTF_8);
    return new Contents(
        entries.get(WEIGHTS), entries.get(KEY), entries.get(HEAD), parts, said.lines().toList());
  }

  private String file() {
    return name().toLowerCase(Locale.ROOT) + ".zip";
  }

  private byte[] zipped() throws IOException {
    Contents contents = compute();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      add(zip, WEIGHTS, contents.weights);
      add(zip, KEY, contents.key);
      add(zip, HEAD, contents.head);
      for (Map.Entry<Integer, byte[]> part : contents.parts.entrySet()) {
        add(zip, part.getKey().toString(), part.getValue());
      }
      add(zip, SAID, String.join("\n", contents.said).getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    // the same file whenever it is written
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  /** Writes all files into the folder that is named. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    for (GoldenState state : values()) {
      Files.write(folder.resolve(state.file()), state.zipped());
    }
  }
}
