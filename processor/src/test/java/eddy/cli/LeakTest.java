package eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.math.RandomStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No example configuration lets a prediction see what comes later: made-up rows with the columns of
 * the example's data are replayed twice, the second time with other values in all rows after one.
 */
class LeakTest {
  private static final Path FOLDER = Path.of("..", "scripts", "examples");
  private static final Pattern SAID =
      Pattern.compile("^# quality\\.(\\w+) = (.*)$", Pattern.MULTILINE);
  private static final Pattern TARGETS =
      Pattern.compile("^eddy\\.targets=(.*)$", Pattern.MULTILINE);

  /** More than the lags of a week of half-hours. */
  private static final int LAST = 380;

  private static final int ROWS = 420;

  /** By file: its columns, and what stands in them. */
  private static final Map<String, String> COLUMNS =
      Map.of(
          "nyc_taxi.csv.gz",
          "timestamp=time value=number",
          "nab_shared.csv.gz",
          "key=key timestamp=time value=number",
          "ETTh1.csv.gz",
          "date=time HUFL=number HULL=number MUFL=number MULL=number LUFL=number LULL=number"
              + " OT=number",
          "elec2.csv.gz",
          "period=number nswprice=number nswdemand=number vicprice=number vicdemand=number"
              + " transfer=number class=class",
          "bpi13_incidents.csv.gz",
          "case=key activity=class timestamp=time",
          "storms.csv.gz",
          "timestamp=time storm=key lat=number long=number wind=number pressure=number"
              + " status=class");

  @TempDir Path folder;

  static Stream<String> examples() throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".properties")).sorted().toList()) {
        if (Files.readString(file).contains("# quality.file = ")) {
          names.add(file.getFileName().toString());
        }
      }
    }
    assertThat(names).hasSizeGreaterThan(10);
    return names.stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void replay_laterRowsAndLabelChanged_predictsTheSameUpToThere(String example) throws IOException {
    String properties = Files.readString(FOLDER.resolve(example));
    Map<Integer, String> before = predictions(example, properties, false);
    Map<Integer, String> after = predictions(example, properties, true);
    before.forEach(
        (origin, said) -> {
          if (origin <= LAST) {
            assertThat(after.get(origin)).as("prediction of row " + origin).isEqualTo(said);
          }
        });
    // the change is one that can be seen
    assertThat(before.keySet())
        .anyMatch(origin -> origin > LAST && !before.get(origin).equals(after.get(origin)));
  }

  private Map<Integer, String> predictions(String example, String properties, boolean changed)
      throws IOException {
    Map<String, String> said = new TreeMap<>();
    SAID.matcher(properties).results().forEach(line -> said.put(line.group(1), line.group(2)));
    boolean text = said.get("file").endsWith(".txt.gz");
    Matcher targets = TARGETS.matcher(properties);
    assertThat(targets.find()).isTrue();
    boolean sameEvent = !targets.group(1).contains("@");
    Path data = folder.resolve(text ? "rows.txt" : "rows.csv");
    Files.writeString(
        data, text ? text(changed) : table(COLUMNS.get(said.get("file")), changed, sameEvent));
    List<String> arguments = new ArrayList<>(List.of("replay", "--config"));
    arguments.addAll(List.of(FOLDER.resolve(example).toString(), text ? "--text" : "--csv"));
    arguments.addAll(List.of(data.toString(), "--output", folder.toString()));
    for (String option : List.of("key", "time")) {
      if (said.containsKey(option)) {
        arguments.addAll(List.of("--" + option, said.get(option)));
      }
    }
    StringWriter error = new StringWriter();
    int code =
        Eddy.commandLine()
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(error, true))
            .execute(arguments.toArray(String[]::new));
    assertThat(code).as(error.toString()).isZero();
    return said();
  }

  /** By row of the origin: what was published, what the model and the baseline said. */
  private Map<Integer, String> said() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("predictions.csv"));
    String[] head = lines.get(0).split(",");
    Map<Integer, String> result = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      StringBuilder said = new StringBuilder();
      for (int column = 0; column < head.length; column++) {
        if (head[column].matches(".*\\.(predicted|model|baseline)")) {
          said.append(head[column]).append('=').append(cells[column]).append(' ');
        }
      }
      result.put(Integer.parseInt(cells[0]), said.toString());
    }
    return result;
  }

  private static String text(boolean changed) {
    RandomStream random = new RandomStream(1);
    RandomStream other = new RandomStream(2);
    StringBuilder result = new StringBuilder();
    for (int row = 0; row < ROWS; row++) {
      int letter = (int) (5 * random.nextDouble());
      int changedTo = (int) (5 * other.nextDouble());
      result.append((char) ('a' + (changed && row > LAST ? changedTo : letter)));
    }
    return result.toString();
  }

  private static String table(String columns, boolean changed, boolean sameEvent) {
    RandomStream random = new RandomStream(1);
    RandomStream other = new RandomStream(2);
    String[] names = columns.split(" ");
    StringBuilder result = new StringBuilder(columns.replaceAll("=\\w+", "").replace(' ', ','));
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < names.length; column++) {
        boolean later = changed && row > LAST;
        // of the row itself its label, and a time that may tell of it
        boolean own = changed && row == LAST && sameEvent;
        double number = random.nextGaussian();
        double changedTo = other.nextGaussian();
        int symbol = (int) (2 * random.nextDouble());
        int shift = later || own ? 1 : 0;
        result
            .append(column == 0 ? '\n' : ',')
            .append(
                switch (names[column].replaceAll(".*=", "")) {
                  case "time" -> Instant.ofEpochSecond(1_400_000_000L + 1800L * row + 7200 * shift);
                  case "key" -> "k" + row % 3;
                  case "class" -> symbol ^ shift;
                  default -> 10 * Math.sin(row) + (later ? changedTo : number);
                });
      }
    }
    return result.append('\n').toString();
  }
}
