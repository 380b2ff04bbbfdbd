package eddy.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eddy.config.ConfigurationException;
import eddy.feature.Event;
import eddy.feature.EventSchema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvSourceTest {
  private static final EventSchema LAT = Schemas.of("lat", "lat@+1");

  private static CsvRows rows(String csv, String key, String time) throws IOException {
    byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
    return CsvRows.open("x.csv", new ByteArrayInputStream(bytes), bytes.length, key, time);
  }

  private static CsvSource source(String csv, EventSchema schema) throws IOException {
    return CsvSource.of(rows(csv, null, null), schema);
  }

  private static String describe(Decoded decoded, EventSchema schema) {
    if (decoded instanceof Decoded.Rejected rejected) {
      return rejected.reason();
    }
    Event event = ((Decoded.Accepted) decoded).event();
    StringBuilder text = new StringBuilder();
    for (int field = 0; field < schema.size(); field++) {
      text.append(Double.doubleToLongBits(event.numbers[field]))
          .append('|')
          .append(event.categories[field])
          .append('|');
    }
    return text.toString();
  }

  private static List<String> all(CsvSource source, EventSchema schema) throws IOException {
    List<String> all = new ArrayList<>();
    while (source.next()) {
      all.add(source.position() + ":" + describe(source.decoded(), schema));
    }
    return all;
  }

  @Test
  void next_quotedCells_areReadByRfc4180() throws IOException {
    EventSchema schema = Schemas.of("s:category", "s:category@+1");
    String csv = "x,s\r\n1,\"a, \"\"b\"\"\r\nc\"\r\n2,\" d\"\r\n";
    try (CsvSource source = source(csv, schema)) {
      assertThat(source.next()).isTrue();
      assertThat(((Decoded.Accepted) source.decoded()).event().categories[0])
          .isEqualTo("a, \"b\"\r\nc");
      assertThat(source.next()).isTrue();
      assertThat(((Decoded.Accepted) source.decoded()).event().categories[0]).isEqualTo(" d");
      assertThat(source.next()).isFalse();
    }
  }

  @Test
  void next_badCells_areRejectedAsInJsonAndCounted() throws IOException {
    try (CsvSource source = source("lat\n1\nn/a\n1e300\n\"\"\n.5\n-2e0\n", LAT)) {
      assertThat(all(source, LAT))
          .satisfiesExactly(
              row -> assertThat(row).startsWith("0:").contains("null"),
              row -> assertThat(row).isEqualTo("1:field lat: expected a number, got \"n/a\""),
              row -> assertThat(row).startsWith("2:field lat: expected a number between"),
              row -> assertThat(row).startsWith("3:field lat: expected a number, but it is mis"),
              row -> assertThat(row).isEqualTo("4:field lat: expected a number, got \".5\""),
              row -> assertThat(row).startsWith("5:" + Double.doubleToLongBits(-2.0)));
    }
  }

  @Test
  void next_rowsOfAnotherWidth_areRejected() throws IOException {
    try (CsvSource source = source("lat,x\n1\n1,2\n1,2,3\n", LAT)) {
      assertThat(all(source, LAT))
          .satisfiesExactly(
              row -> assertThat(row).isEqualTo("0:expected 2 cells as in the header, got 1"),
              row -> assertThat(row).startsWith("1:" + Double.doubleToLongBits(1.0)),
              row -> assertThat(row).isEqualTo("2:expected 2 cells as in the header, got 3"));
    }
  }

  @Test
  void open_fieldWithoutColumn_namesItAndTheColumns() {
    assertThatThrownBy(() -> source("long,wind\n1,2\n", LAT))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("x.csv: has no column \"lat\"; it has long, wind");
    assertThatThrownBy(() -> rows("long,wind\n1,2\n", "storm", null))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("\"storm\"");
    assertThatThrownBy(() -> rows("long,wind\n1,2\n", null, "when"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("\"when\"");
  }

  @Test
  void open_headerThatCannotServe_isAConfigurationProblem(@TempDir Path folder) {
    assertThatThrownBy(() -> rows("", null, null))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("x.csv: is empty; it needs a header row");
    assertThatThrownBy(() -> rows("a,b,a\n", null, null))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("x.csv: has two columns \"a\"; rename one");
    assertThatThrownBy(() -> CsvSource.open(folder.resolve("none.csv"), LAT, null, null))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageEndingWith("none.csv: there is no such file");
    assertThatThrownBy(() -> CsvSource.open(folder, LAT, null, null))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("is a folder");
  }

  @Test
  void next_textAfterAClosingQuote_namesFileAndLine() throws IOException {
    try (CsvSource source = source("lat\n1\n\"2\"x\n", LAT)) {
      assertThat(source.next()).isTrue();
      assertThatThrownBy(source::next)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("x.csv: ")
          .hasMessageContaining("line 3");
    }
  }

  @Test
  void key_keyColumn_isItsCellAndItsAbsenceRejects() throws IOException {
    try (CsvSource source = CsvSource.of(rows("k,lat\nAmy,1\n,2\n07,3\n", "k", null), LAT)) {
      source.next();
      assertThat(source.key()).isEqualTo("Amy");
      source.next();
      assertThat(source.key()).isNull();
      assertThat(source.decoded()).isEqualTo(Decoded.NO_KEY);
      source.next();
      assertThat(source.key()).isEqualTo("07");
    }
  }

  @Test
  void timestamp_timeColumn_isParsedAndItsAbsenceRejects() throws IOException {
    String csv = "t,lat\n1970-01-02,1\n86400001,2\nsoon,3\n,4\n";
    try (CsvSource source = CsvSource.of(rows(csv, null, "t"), LAT)) {
      source.next();
      assertThat(source.timestamp()).isEqualTo(86_400_000);
      assertThat(((Decoded.Accepted) source.decoded()).event().timestamp).isEqualTo(86_400_000);
      source.next();
      assertThat(source.timestamp()).isEqualTo(86_400_001);
      source.next();
      assertThat(source.decoded())
          .extracting(decoded -> ((Decoded.Rejected) decoded).reason())
          .asString()
          .startsWith("column t: expected a time")
          .endsWith("got \"soon\"");
      source.next();
      assertThat(source.decoded()).isInstanceOf(Decoded.Rejected.class);
    }
  }

  @Test
  void timestamp_noTimeColumn_isTheFirstTimeFieldElseTheRow() throws IOException {
    EventSchema timed = Schemas.of("lat,t?:gap", "lat@+1");
    try (CsvSource source = source("t,lat\n1970-01-02,1\n,2\n", timed)) {
      source.next();
      assertThat(source.timestamp()).isEqualTo(86_400_000);
      assertThat(((Decoded.Accepted) source.decoded()).event().timestamp).isEqualTo(86_400_000);
      source.next();
      assertThat(source.timestamp()).isEqualTo(1);
    }
    try (CsvSource source = source("t,lat\n1970-01-02,1\n1970-01-03,2\n", LAT)) {
      source.next();
      source.next();
      assertThat(source.timestamp()).isEqualTo(1);
    }
  }

  @Test
  void open_gzippedFile_isReadAsItIsAndItsBytesCounted(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("x.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("\ufefflat\n1\n2\n".getBytes(StandardCharsets.UTF_8));
    }
    try (CsvSource source = CsvSource.open(file, LAT, null, null)) {
      assertThat(all(source, LAT)).hasSize(2);
      assertThat(source.bytesTotal()).isEqualTo(Files.size(file));
      assertThat(source.bytesRead()).isEqualTo(Files.size(file));
    }
  }

  @Test
  void next_allStorms_areAccepted() throws IOException {
    EventSchema schema =
        Schemas.of("lat,long,wind,pressure,status:category,timestamp:gap", "lat@+4,wind@+4");
    int events = 0;
    try (CsvRows rows =
        CsvRows.open(
            "storms",
            getClass().getResourceAsStream("/eddy/demo/storms.csv.gz"),
            -1,
            "storm",
            null)) {
      CsvSource source = CsvSource.of(rows, schema);
      JsonEventDecoder decoder = new JsonEventDecoder(schema);
      CsvToJson json = new CsvToJson(rows);
      while (source.next()) {
        String fromCsv = describe(source.decoded(), schema);
        Decoded decoded = decoder.decode(json.json(), source.timestamp(), source.position());
        assertThat(describe(decoded, schema)).isEqualTo(fromCsv);
        assertThat(source.decoded()).isInstanceOf(Decoded.Accepted.class);
        events++;
      }
    }
    assertThat(events).isEqualTo(11_840);
  }

  @Test
  void json_row_keepsDigitsAndTellsNumbersFromText() throws IOException {
    try (CsvRows rows = rows("a,b,c,d.e,f\n1.50,007,,\"x\"\"\n\",-0\n", null, null)) {
      rows.next();
      assertThat(new String(new CsvToJson(rows).json(), StandardCharsets.UTF_8))
          .isEqualTo("{\"a\":1.50,\"b\":\"007\",\"c\":null,\"d.e\":\"x\\\"\\n\",\"f\":-0}");
    }
  }

  @Test
  void next_carriageReturnInsideQuotes_isDataAndEndsNoRow() throws IOException {
    try (CsvRows rows = rows("a,b\nx,\"1\r2\"\ny,\"\r\"\nz,\"\r\n\"\n", null, null)) {
      for (String expected : new String[] {"1\r2", "\r", "\r\n"}) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.cells()).isEqualTo(2);
        assertThat(rows.cell(1)).isEqualTo(expected);
      }
      assertThat(rows.next()).isFalse();
    }
  }

  /** Both ways into the app must give the same event, or the same reason. */
  @Property
  void decode_anyRow_isTheSameAsThatOfItsJson(@ForAll("tables") List<List<String>> table)
      throws IOException {
    EventSchema schema = Schemas.of("n,o?,pos.lat?,c?:category,t?:gap,n:position", "n@+1");
    String csv =
        "n,o,pos.lat,c,t\n"
            + table.stream().map(CsvSourceTest::line).collect(Collectors.joining("\n"))
            + "\n";
    try (CsvRows rows = rows(csv, null, null)) {
      CsvSource source = CsvSource.of(rows, schema);
      CsvToJson json = new CsvToJson(rows);
      JsonEventDecoder decoder = new JsonEventDecoder(schema);
      int count = 0;
      while (source.next()) {
        Decoded fromJson = decoder.decode(json.json(), 0, 0);
        if (rows.isRagged()) {
          assertThat(source.decoded()).isInstanceOf(Decoded.Rejected.class);
          assertThat(fromJson).isInstanceOf(Decoded.Rejected.class);
        } else {
          assertThat(describe(fromJson, schema)).isEqualTo(describe(source.decoded(), schema));
        }
        count++;
      }
      assertThat(count).isEqualTo(table.size());
    }
  }

  private static String line(List<String> cells) {
    return cells.stream()
        .map(cell -> "\"" + cell.replace("\"", "\"\"") + "\"")
        .collect(Collectors.joining(","));
  }

  @Provide
  Arbitrary<List<List<String>>> tables() {
    Arbitrary<String> cells =
        Arbitraries.oneOf(
            Arbitraries.of(
                "",
                "1",
                "1.0",
                "-0",
                "007",
                "+1",
                "1e300",
                "1e-300",
                "1e999",
                "NaN",
                "true",
                "n/a",
                " 1",
                "1970-01-02",
                "2020-02-30 10:00:00",
                "2020-02-29 10:00:00",
                "1234567890123",
                "\ud83c\udf00",
                "a\"b",
                "x\ny",
                "{\"a\":1}",
                "9".repeat(300),
                "z".repeat(300)),
            Arbitraries.doubles().map(String::valueOf),
            Arbitraries.strings().withChars("0123456789.eE+-").ofMaxLength(6),
            Arbitraries.strings().all().ofMaxLength(5).map(CsvSourceTest::encodable));
    return cells.list().ofMinSize(4).ofMaxSize(6).list().ofMinSize(1).ofMaxSize(3);
  }

  private static String encodable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
