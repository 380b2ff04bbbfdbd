package eddy.event;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import eddy.feature.Event;
import eddy.feature.EventSchema;
import eddy.feature.FieldKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvLineTest {
  private static final EventSchema SCHEMA = Schemas.of("wind,note?,status:category", "wind@+1");
  private static final List<String> COLUMNS = List.of("status", "wind", "unused", "note");

  private final CsvLineDecoder decoder = new CsvLineDecoder(SCHEMA, COLUMNS, 100);

  private Decoded decode(String line) {
    return decoder.decode(line.getBytes(StandardCharsets.UTF_8), 17, 3);
  }

  private String reject(String line) {
    return ((Decoded.Rejected) decode(line)).reason();
  }

  @Test
  void decode_line_isTheEventOfItsCells() {
    Event event =
        ((Decoded.Accepted) decode("\"a \"\"storm\"\", no less\",25.5,\"x\ny\",\r\n")).event();

    assertThat(event.numbers[SCHEMA.index("wind", FieldKind.NUMBER)]).isEqualTo(25.5);
    assertThat(event.numbers[SCHEMA.index("note", FieldKind.NUMBER)]).isNaN();
    assertThat(event.categories[SCHEMA.index("status", FieldKind.CATEGORY)])
        .isEqualTo("a \"storm\", no less");
    assertThat(event.timestamp).isEqualTo(17);
    assertThat(event.position).isEqualTo(3);
  }

  @Test
  void decode_nothing_deletesTheKey() {
    assertThat(decoder.decode(null, 0, 0)).isEqualTo(Decoded.Deleted.KEY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a,1,x             | expected 4 cells as in the header, got 3",
        "a,1,x,2,3         | expected 4 cells as in the header, got 5",
        "status,wind,x,2   | field wind: expected a number, got \"wind\"",
        "a,,x,2            | field wind: expected a number, but it is missing or null",
        "a,1,\"x,2         | expected a line of CSV: cell 3: its quote does not end",
        "a,1,\"x\"y,2      | expected a line of CSV: cell 3: text follows its closing quote"
      })
  void decode_noEvent_saysWhatIsWrong(String line, String reason) {
    assertThat(reject(line)).isEqualTo(reason);
  }

  @Test
  void decode_twoRowsOrOtherBytes_areRejected() {
    assertThat(reject("a,1,x,2\nb,1,x,2"))
        .isEqualTo("expected a line of CSV: a second row follows");
    assertThat(((Decoded.Rejected) decoder.decode(new byte[] {'a', (byte) 0xff}, 0, 0)).reason())
        .isEqualTo("expected a line of CSV in UTF-8, got what is none at byte 1");
    assertThat(reject("x".repeat(101)))
        .isEqualTo("expected at most 100 bytes, got 101; raise eddy.event.max.bytes");
  }

  @Provide
  Arbitrary<String> rows() {
    return Arbitraries.strings().withChars(",\"ab1 \r\n\u20ac").ofMinLength(1).ofMaxLength(30);
  }

  /** Whatever FastCSV, which files are read with, makes of one row, is what is made here. */
  @Property(tries = 5000)
  void read_anyRow_hasTheCellsThatFilesHave(@ForAll("rows") String row) {
    CsvLine line = new CsvLine();
    char[] text = row.toCharArray();
    List<String> cells = null;
    String problem = line.read(text, text.length);
    // the end of a file ends a cell whose quote does not; a record without its end is no line
    Assume.that(problem == null || !problem.contains("quote does not end"));
    if (problem == null) {
      cells = new ArrayList<>();
      for (int i = 0; i < line.cells(); i++) {
        cells.add(new String(line.text(), line.start(i), line.length(i)));
      }
    }
    List<List<String>> expected = expected(row);
    if (cells == null) {
      assertThat(expected)
          .satisfiesAnyOf(o -> assertThat(o).isNull(), o -> assertThat(o.size()).isNotEqualTo(1));
    } else if (expected != null && !expected.isEmpty()) {
      assertThat(expected).containsExactly(cells);
    } else {
      // an empty line is no row of a file
      assertThat(cells).containsExactly("");
    }
  }

  /** Rows that FastCSV reads; null where it says that this is no CSV. */
  private static List<List<String>> expected(String rows) {
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .skipEmptyLines(false)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(rows)) {
      return reader.stream().map(CsvRecord::getFields).toList();
    } catch (CsvParseException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
