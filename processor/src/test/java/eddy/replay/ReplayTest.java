package eddy.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eddy.config.EddyConfig;
import eddy.event.CsvRows;
import eddy.event.CsvSource;
import eddy.event.Decoded;
import eddy.event.EventSource;
import eddy.event.PredictionRecord;
import eddy.event.PredictionWriter;
import eddy.event.TextSource;
import eddy.learn.KeyState;
import eddy.learn.Outcome;
import eddy.learn.Prequential;
import eddy.learn.Spread;
import eddy.learn.Weights;
import eddy.report.ClassScores;
import eddy.report.NumberScores;
import eddy.report.PredictionsCsv;
import eddy.report.PublishedScores;
import eddy.report.ScoredLine;
import eddy.report.ScoredTarget;
import eddy.report.Scores;
import eddy.surprise.KeyLosses;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {
  private static final EddyConfig STORMS =
      EddyConfig.of(
          Map.of(
              "eddy.features",
              "lat,long,wind,pressure,lat:diff(1),long:diff(1),status:category(16),timestamp:gap",
              "eddy.targets",
              "lat@+4,long@+4,wind@+4,pressure@+4,status:category@+1",
              "eddy.units",
              "8"));
  private static final EddyConfig WALK =
      EddyConfig.of(Map.of("eddy.features", "value", "eddy.targets", "value@+2"));

  private final List<ScoredLine> lines = new ArrayList<>();

  @TempDir Path folder;

  @Test
  void run_storms_scoresEveryForecastThatHasALabel() throws IOException {
    Scores board = Scores.of(STORMS.targets());
    ReplaySummary summary;
    try (EventSource storms = storms(STORMS)) {
      summary = replay(STORMS, board::add).run(List.of(storms));
    }
    assertThat(summary.run().events()).isEqualTo(11_840);
    assertThat(summary.run().rejected()).isZero();
    assertThat(summary.run().unlabelled()).isZero();
    assertThat(summary.run().cost().orElseThrow().keys()).isEqualTo(511);
    assertThat(summary.run().cost().orElseThrow().readingShare()).isBetween(0.0, 1.0);
    assertThat(board.scored()).isEqualTo(4 * 9804 + 11_840 - 511);

    // the persistence errors of this file are known from elsewhere, to three decimals
    double[] persistence = {2.219, 3.382, 13.219, 8.162};
    for (int i = 0; i < persistence.length; i++) {
      NumberScores scores = (NumberScores) board.board().targets().get(i);
      assertThat(scores.scored()).isEqualTo(9804);
      assertThat(Math.round(scores.of("persistence").mae() * 1000) / 1000.0)
          .isEqualTo(persistence[i]);
      assertThat(scores.skill()).as(scores.target()).isPositive();
    }
  }

  @Test
  void run_storms_writesTheFileThatItsPublishedRecordsGive() throws IOException {
    Path replayed = folder.resolve("replayed");
    Path published = folder.resolve("published");
    try (EventSource storms = storms(STORMS);
        PredictionsCsv csv = PredictionsCsv.in(replayed, STORMS.targets())) {
      replay(STORMS, csv::write).run(List.of(storms));
      csv.complete();
    }
    try (EventSource storms = storms(STORMS);
        PredictionsCsv csv = PredictionsCsv.in(published, STORMS.targets())) {
      scoreRecords(STORMS, storms, csv::write);
      csv.complete();
    }
    assertThat(published.resolve("predictions.csv"))
        .hasSameBinaryContentAs(replayed.resolve("predictions.csv"));
    assertThat(Files.readAllLines(published.resolve("predictions.csv")))
        .hasSizeGreaterThan(9804 + 11_329);
  }

  @ParameterizedTest
  @ValueSource(strings = {"quantile(0.1,0.5,0.9)", "gaussian"})
  void run_lossesThatSayHowUncertain_writeTheFileThatTheirRecordsGive(String loss)
      throws IOException {
    EddyConfig config =
        EddyConfig.of(
            Map.of(
                "eddy.features", "wind,pressure",
                "eddy.targets", "wind@+4",
                "eddy.units", "4",
                "eddy.panel", "single",
                "eddy.loss", loss));
    Spread form = config.learnerSpec().spread();
    Path replayed = folder.resolve("replayed");
    Path published = folder.resolve("published");
    try (EventSource storms = storms(config);
        PredictionsCsv csv = PredictionsCsv.in(replayed, config.targets(), form, List.of())) {
      replay(config, csv::write).run(List.of(storms));
      csv.complete();
    }
    try (EventSource storms = storms(config);
        PredictionsCsv csv = PredictionsCsv.in(published, config.targets(), form, List.of())) {
      scoreRecords(config, storms, csv::write);
      csv.complete();
    }
    assertThat(published.resolve("predictions.csv"))
        .hasSameBinaryContentAs(replayed.resolve("predictions.csv"));
    assertThat(Files.readAllLines(published.resolve("predictions.csv")).get(0))
        .endsWith(
            loss.equals("gaussian")
                ? "wind@+4.source,wind@+4.deviation,wind@+4.surprise"
                : "wind@+4.source,wind@+4.q0.1,wind@+4.q0.5,wind@+4.q0.9,wind@+4.surprise");
  }

  /** What an app publishes, read back from its bytes and scored without the learner. */
  private static PublishedScores scoreRecords(
      EddyConfig config, EventSource source, Consumer<ScoredLine> lines) throws IOException {
    Prequential learner = config.newPrequential();
    Weights weights = learner.newWeights();
    Map<String, KeyState> keys = new HashMap<>();
    List<String> names = config.targets().stream().map(target -> target.name()).toList();
    PredictionWriter writer = new PredictionWriter(learner.learner(), names, "storms", 0);
    PublishedScores scores =
        new PublishedScores(config.targets(), config.schema(), config.sequence(), lines);
    while (source.next()) {
      Decoded.Accepted accepted = (Decoded.Accepted) source.decoded();
      String key = source.key();
      Outcome outcome =
          learner.observe(
              accepted.event(),
              keys.computeIfAbsent(key, unseen -> learner.newKeyState()),
              weights);
      if (!outcome.predicted) {
        scores.accept(source.position(), key, accepted.event(), null);
        continue;
      }
      byte[] bytes =
          writer.write(
              source.position(),
              key.getBytes(StandardCharsets.UTF_8),
              source.timestamp(),
              outcome,
              (target, slot) -> learner.className(weights, target, slot));
      PredictionRecord record = PredictionRecord.parse(bytes);
      scores.accept(record.offset(), key, accepted.event(), record);
    }
    return scores;
  }

  /** Visits end; every one has pages and, at its end, whether something was bought. */
  static List<Map<String, String>> visits() {
    String page = "page:category(8)";
    String bought = "bought:category(2)";
    return List.of(
        Map.of("eddy.targets", bought, "eddy.sequence.output", "last"),
        Map.of("eddy.targets", bought, "eddy.sequence.output", "mean"),
        Map.of("eddy.targets", bought + "," + page + "@+2"),
        Map.of("eddy.targets", page + "@+1," + page + "@+3", "eddy.network", "encoder-decoder"),
        Map.of(
            "eddy.features",
            page + ":lag(3)",
            "eddy.targets",
            page,
            "eddy.network",
            "bidirectional",
            "eddy.lookahead",
            "2"));
  }

  @ParameterizedTest
  @MethodSource("visits")
  void run_sequencesAndLateLabels_givesTheLinesThatTheirRecordsGive(Map<String, String> settings)
      throws IOException {
    Map<String, String> properties = new HashMap<>();
    properties.put("eddy.features", "page:category(8)");
    properties.put("eddy.sequence.end.field", "last");
    properties.put("eddy.units", "4");
    properties.putAll(settings);
    EddyConfig config = EddyConfig.of(properties);
    Path visits = Path.of("../scripts/examples/visits.csv.gz");
    List<ScoredLine> published = new ArrayList<>();
    long unlabelled;
    try (EventSource source = CsvSource.open(visits, config.schema(), "visitor", null)) {
      unlabelled = scoreRecords(config, source, published::add).unlabelled();
    }
    try (EventSource source = CsvSource.open(visits, config.schema(), "visitor", null)) {
      ReplaySummary summary = replay(config, lines::add).run(List.of(source));
      assertThat(summary.run().unlabelled()).isEqualTo(unlabelled);
    }
    assertThat(lines).hasSizeGreaterThan(1500).isEqualTo(published);
  }

  @Test
  void run_rejectedRows_countAsRowsAndAreTold() throws IOException {
    try (EventSource source = csv(WALK, "value\n1\nx\n2\n3\nx\n\"\"\n4\n")) {
      ReplaySummary summary = replay(WALK, lines::add).run(List.of(source));
      assertThat(summary.run().events()).isEqualTo(7);
      assertThat(summary.run().rejected()).isEqualTo(3);
      assertThat(summary.rejections().reasons()).hasSize(2);
      assertThat(summary.rejections().reasons().get(0).count()).isEqualTo(2);
      assertThat(summary.rejections().reasons().get(0).firstRow()).isEqualTo(1);
      assertThat(summary.rejections().reasons().get(0).text()).contains("value", "x");
    }
    assertThat(lines).extracting(ScoredLine::originRow).containsExactly(0L, 2L);
    assertThat(lines).extracting(ScoredLine::labelRow).containsExactly(3L, 6L);
    assertThat(lines)
        .extracting(line -> ((ScoredTarget.OfNumber) line.targets().get(0)).label())
        .containsExactly(3.0, 4.0);
    assertThat(lines)
        .extracting(line -> ((ScoredTarget.OfNumber) line.targets().get(0)).baseline())
        .containsExactly(1.0, 2.0);
  }

  @Test
  void run_predictionsThatStillWait_areNeitherScoredNorUnlabelled() throws IOException {
    try (EventSource source = csv(WALK, "value\n1\n2\n3\n")) {
      ReplaySummary summary = replay(WALK, lines::add).run(List.of(source));
      assertThat(summary.run().unlabelled()).isZero();
    }
    assertThat(lines).hasSize(1);
  }

  @Test
  void run_twoPartitions_equalsEachAlone() throws IOException {
    String first = walk(1, 300);
    String second = walk(2, 300);
    List<ScoredTarget> apart = new ArrayList<>();
    for (String content : List.of(first, second)) {
      try (EventSource source = csv(WALK, content)) {
        replay(WALK, line -> apart.addAll(line.targets())).run(List.of(source));
      }
    }
    List<ScoredTarget> together = new ArrayList<>();
    try (EventSource one = csv(WALK, first);
        EventSource two = csv(WALK, second)) {
      ReplaySummary summary =
          replay(WALK, line -> together.addAll(line.targets())).run(List.of(one, two));
      assertThat(summary.run().events()).isEqualTo(600);
      assertThat(summary.run().cost().orElseThrow().keys()).isEqualTo(2);
    }
    assertThat(together).hasSize(2 * 298).isEqualTo(apart);
  }

  @Test
  void run_weightsPerKey_equalsEachKeyAlone() throws IOException {
    EddyConfig perKey =
        EddyConfig.of(
            Map.of("eddy.features", "value", "eddy.targets", "value@+2", "eddy.weights", "key"));
    String[] a = walk(1, 200).split("\n");
    String[] b = walk(2, 200).split("\n");
    StringBuilder mixed = new StringBuilder("key,value\n");
    for (int i = 1; i < a.length; i++) {
      mixed.append("a,").append(a[i]).append("\nb,").append(b[i]).append('\n');
    }
    Map<String, List<ScoredTarget>> byKey = new HashMap<>();
    try (EventSource source =
        CsvSource.open(file(mixed.toString()), perKey.schema(), "key", null)) {
      replay(
              perKey,
              line ->
                  byKey.computeIfAbsent(line.key(), k -> new ArrayList<>()).addAll(line.targets()))
          .run(List.of(source));
    }
    List<ScoredTarget> alone = new ArrayList<>();
    try (EventSource source = csv(perKey, walk(2, 200))) {
      replay(perKey, line -> alone.addAll(line.targets())).run(List.of(source));
    }
    assertThat(byKey).containsOnlyKeys("a", "b");
    assertThat(byKey.get("b")).hasSize(198).isEqualTo(alone);
  }

  @Test
  void run_laterRowsChanged_leavesEarlierPredictionsAsTheyWere() throws IOException {
    EddyConfig config =
        EddyConfig.of(
            Map.of(
                "eddy.features",
                "value,value:diff(1),kind:category(4):lag(1)",
                "eddy.targets",
                "value@+3,kind:category"));
    int changed = 200;
    List<ScoredLine> before = new ArrayList<>();
    List<ScoredLine> after = new ArrayList<>();
    try (EventSource source = csv(config, kinds(0, changed, 400))) {
      replay(config, before::add).run(List.of(source));
    }
    try (EventSource source = csv(config, kinds(1, changed, 400))) {
      replay(config, after::add).run(List.of(source));
    }
    assertThat(after).hasSameSizeAs(before);
    int differing = 0;
    for (int i = 0; i < before.size(); i++) {
      ScoredLine one = before.get(i);
      ScoredLine two = after.get(i);
      if (one.labelRow() < changed) {
        assertThat(two).isEqualTo(one);
      } else if (one.originRow() < changed) {
        assertThat(number(two).predicted()).isEqualTo(number(one).predicted());
        assertThat(number(two).label()).isNotEqualTo(number(one).label());
      } else if (one.originRow() == changed && one.labelRow() == changed) {
        // the class of the first changed row is predicted from that row's value and earlier labels
        assertThat(kind(two).label()).isNotEqualTo(kind(one).label());
      } else {
        differing += one.equals(two) ? 0 : 1;
      }
    }
    assertThat(differing).isGreaterThan(300);
  }

  @Test
  void run_ownLabelChanged_leavesItsPredictionAsItWas() throws IOException {
    EddyConfig config =
        EddyConfig.of(
            Map.of("eddy.features", "kind:category(4):lag(1)", "eddy.targets", "kind:category"));
    int row = 150;
    List<ScoredLine> before = new ArrayList<>();
    List<ScoredLine> after = new ArrayList<>();
    try (EventSource source = csv(config, kinds(0, row, 300))) {
      replay(config, before::add).run(List.of(source));
    }
    try (EventSource source = csv(config, kinds(1, row, 300))) {
      replay(config, after::add).run(List.of(source));
    }
    ScoredTarget.OfClass one = (ScoredTarget.OfClass) before.get(row).targets().get(0);
    ScoredTarget.OfClass two = (ScoredTarget.OfClass) after.get(row).targets().get(0);
    assertThat(before.get(row).originRow()).isEqualTo(row);
    assertThat(two.label()).isNotEqualTo(one.label());
    assertThat(two.predicted()).isEqualTo(one.predicted());
    assertThat(two.probability()).isNotEqualTo(one.probability());
  }

  private static ScoredTarget.OfNumber number(ScoredLine line) {
    return (ScoredTarget.OfNumber) line.targets().get(0);
  }

  private static ScoredTarget.OfClass kind(ScoredLine line) {
    return (ScoredTarget.OfClass) line.targets().get(1);
  }

  /** Values and classes that from one row on are others, where shift is not 0. */
  private static String kinds(int shift, int from, int rows) {
    Random random = new Random(11);
    StringBuilder text = new StringBuilder("value,kind\n");
    int value = 0;
    for (int i = 0; i < rows; i++) {
      int change = i < from ? 0 : shift;
      value += random.nextInt(11) - 5;
      text.append(value + 100 * change).append(",k").append((i * i / 5 + change) % 3).append('\n');
    }
    return text.toString();
  }

  @Test
  void run_twice_startsAfresh() throws IOException {
    String content = walk(3, 200);
    Replay replay = replay(WALK, lines::add);
    for (int pass = 0; pass < 2; pass++) {
      try (EventSource source = csv(WALK, content)) {
        replay.run(List.of(source));
      }
    }
    assertThat(lines.subList(198, 396)).isEqualTo(lines.subList(0, 198));
  }

  @Test
  void run_limited_readsSoManyEvents() throws IOException {
    List<Double> fractions = new ArrayList<>();
    try (EventSource source = csv(WALK, walk(1, 100))) {
      ReplaySummary summary =
          replay(WALK, lines::add)
              .limit(10)
              .progress((events, fraction) -> fractions.add(fraction))
              .run(List.of(source));
      assertThat(summary.run().events()).isEqualTo(10);
    }
    assertThat(lines).hasSize(8);
    assertThat(fractions).hasSize(10).allMatch(fraction -> fraction > 0 && fraction <= 1);
  }

  @Test
  void run_text_predictsTheNextCharacter() throws IOException {
    EddyConfig config =
        EddyConfig.of(Map.of("eddy.features", "char:category", "eddy.targets", "char:category@+1"));
    Scores board = Scores.of(config.targets());
    try (EventSource source = TextSource.open(file("ab\n".repeat(300)), config.schema())) {
      replay(config, board::add).run(List.of(source));
    }
    ClassScores scores = (ClassScores) board.board().targets().get(0);
    assertThat(scores.scored()).isEqualTo(899);
    assertThat(scores.of("eddy").accuracy()).isGreaterThan(0.9);
  }

  @Test
  void run_moreKeysThanMemory_endsWithTheRemedy() throws IOException {
    Prequential learner = WALK.newPrequential();
    long bytesPerKey = learner.bytesPerKey() + new KeyLosses(1).heapBytes();
    Replay replay = new Replay(learner, WALK.learnerSpec(), lines::add).heapBytes(2L * bytesPerKey);
    try (EventSource source =
        CsvSource.open(file("key,value\na,1\nb,1\nb,2\nc,1\n"), WALK.schema(), "key", null)) {
      assertThatThrownBy(() -> replay.run(List.of(source)))
          .isInstanceOf(ReplayException.class)
          .hasMessageContaining("3 keys of " + bytesPerKey + " bytes")
          .hasMessageContaining("-Xmx");
    }
  }

  private static Replay replay(EddyConfig config, Consumer<ScoredLine> lines) {
    return new Replay(config.newPrequential(), config.learnerSpec(), lines);
  }

  private static EventSource storms(EddyConfig config) throws IOException {
    InputStream stored = ReplayTest.class.getResourceAsStream("/eddy/demo/storms.csv.gz");
    return CsvSource.of(
        CsvRows.open("storms.csv.gz", stored, -1, "storm", "timestamp"), config.schema());
  }

  private EventSource csv(EddyConfig config, String content) throws IOException {
    return CsvSource.open(file(content), config.schema(), null, null);
  }

  private Path file(String content) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "input", ".csv"), content);
  }

  private static String walk(long seed, int rows) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder("value\n");
    int value = 0;
    for (int i = 0; i < rows; i++) {
      value += random.nextInt(11) - 5;
      text.append(value).append('\n');
    }
    return text.toString();
  }
}
