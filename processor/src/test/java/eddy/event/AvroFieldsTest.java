package eddy.event;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.feature.Event;
import eddy.feature.EventSchema;
import eddy.feature.FieldKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a field of an Avro record is to the learner. The oracle is the decoder of JSON. */
class AvroFieldsTest {
  static {
    // as in an app: Avro keeps the bound that it first finds, for all tests of this JVM
    AvroDeserializer.boundItems(1 << 20);
  }

  private static final long NOON = Instant.parse("2024-02-29T12:00:00.123Z").toEpochMilli();

  private static Schema schema(String... fields) {
    return new Schema.Parser()
        .parse(
            "{\"type\":\"record\",\"name\":\"Reading\",\"fields\":["
                + String.join(",", fields)
                + "]}");
  }

  private static String field(String name, String type) {
    return "{\"name\":\"" + name + "\",\"type\":" + type + "}";
  }

  /** The record as it comes out of its bytes, as from a topic. */
  private static GenericRecord read(GenericRecord record) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
      encoder.flush();
      return new GenericDatumReader<GenericRecord>(record.getSchema())
          .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static GenericRecord record(Schema schema, Object... values) {
    GenericRecord record = new GenericData.Record(schema);
    for (int i = 0; i < values.length; i++) {
      record.put(i, values[i]);
    }
    return record;
  }

  private static Decoded decode(EventSchema learner, GenericRecord record) {
    FieldReader reader = new FieldReader(learner);
    reader.begin(1, 2);
    new AvroFields(learner, reader).read(record);
    return reader.finish();
  }

  private static Event accept(EventSchema learner, GenericRecord record) {
    Decoded decoded = decode(learner, record);
    assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
    return ((Decoded.Accepted) decoded).event();
  }

  private static Event json(EventSchema learner, String value) {
    return ((Decoded.Accepted)
            new JsonEventDecoder(learner).decode(value.getBytes(StandardCharsets.UTF_8), 1, 2))
        .event();
  }

  private static String reason(EventSchema learner, GenericRecord record) {
    return ((Decoded.Rejected) decode(learner, record)).reason();
  }

  @Property(tries = 300)
  void read_sameValues_isTheEventOfTheJsonObject(
      @ForAll int whole,
      @ForAll long large,
      @ForAll double number,
      @ForAll boolean truth,
      @ForAll @StringLength(max = 20) String text) {
    boolean fits = Math.abs(number) <= Event.LARGEST;
    double value = fits ? number : 1.5;
    String status = text.chars().anyMatch(c -> Character.isSurrogate((char) c)) ? "s" : text;
    EventSchema learner =
        Schemas.of("i,l,d,b:category,s:category,i:category,l:category,d:category,p.q", "i@+1");
    Schema schema =
        schema(
            field("i", "\"int\""),
            field("l", "[\"null\",\"long\"]"),
            field("d", "\"double\""),
            field("b", "\"boolean\""),
            field("s", "\"string\""),
            field(
                "p",
                "{\"type\":\"record\",\"name\":\"P\",\"fields\":["
                    + field("q", "\"long\"")
                    + "]}"));
    GenericRecord record =
        record(
            schema,
            whole,
            large,
            value,
            truth,
            status,
            record(schema.getField("p").schema(), large));
    String json =
        String.format(
            "{\"i\":%d,\"l\":%d,\"d\":%s,\"b\":%s,\"s\":%s,\"p\":{\"q\":%d}}",
            whole, large, new BigDecimal(value), truth, quoted(status), large);

    Event read = accept(learner, read(record));

    Event expected = json(learner, json);
    assertThat(read.numbers).isEqualTo(expected.numbers);
    assertThat(read.categories[learner.index("s", FieldKind.CATEGORY)]).isEqualTo(status);
    for (String name : List.of("b", "i", "l")) {
      int at = learner.index(name, FieldKind.CATEGORY);
      assertThat(read.categories[at]).isEqualTo(expected.categories[at]);
    }
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.chars().forEach(c -> quoted.append(String.format("\\u%04x", c)));
    return quoted.append('"').toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timestamp-millis       | 1       | 0",
        "timestamp-micros       | 1000    | 999",
        "timestamp-nanos        | 1000000 | 999999",
        "local-timestamp-millis | 1       | 0",
        "local-timestamp-micros | 1000    | 1"
      })
  void read_timestamp_isItsMillisecondWhateverItsUnit(String type, long perMilli, long more) {
    EventSchema learner = Schemas.of("t:gap,x", "x@+1");
    Schema schema =
        schema(
            field("t", "{\"type\":\"long\",\"logicalType\":\"" + type + "\"}"),
            field("x", "\"float\""));

    // before 1970 too: the part of a millisecond is cut downwards
    for (long millis : new long[] {NOON, -NOON}) {
      Event event = accept(learner, read(record(schema, millis * perMilli + more, 0.5f)));
      assertThat(event.numbers[learner.index("t", FieldKind.TIME)]).isEqualTo(millis);
    }
  }

  @Test
  void read_dateAndDecimal_areMidnightAndTheNearestNumber() {
    EventSchema learner = Schemas.of("day:gap,price,fixed,price:category", "price@+1");
    String decimal = "\"logicalType\":\"decimal\",\"precision\":9,\"scale\":2}";
    Schema schema =
        schema(
            field("day", "{\"type\":\"int\",\"logicalType\":\"date\"}"),
            field("price", "[\"null\",{\"type\":\"bytes\"," + decimal + "]"),
            field("fixed", "{\"type\":\"fixed\",\"name\":\"F\",\"size\":4," + decimal));
    byte[] cents = BigInteger.valueOf(-1230).toByteArray();
    GenericRecord record =
        record(
            schema,
            (int) LocalDate.parse("2024-02-29").toEpochDay(),
            ByteBuffer.wrap(cents),
            new GenericData.Fixed(schema.getField("fixed").schema(), new byte[] {0, 0, 0, 7}));

    Event event = accept(learner, read(record));

    assertThat(event.numbers[learner.index("day", FieldKind.TIME)])
        .isEqualTo(Instant.parse("2024-02-29T00:00:00Z").toEpochMilli());
    assertThat(event.numbers[learner.index("price", FieldKind.NUMBER)]).isEqualTo(-12.3);
    assertThat(event.numbers[learner.index("fixed", FieldKind.NUMBER)]).isEqualTo(0.07);
    assertThat(event.categories[learner.index("price", FieldKind.CATEGORY)]).isEqualTo("-12.3");
  }

  @Test
  void read_logicalTypesThatWereConverted_areTheSame() {
    EventSchema learner = Schemas.of("t:gap,day:gap,price", "price@+1");
    Schema schema =
        schema(
            field(
                "t",
                "[\"null\",\"string\",{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}]"),
            field("day", "{\"type\":\"int\",\"logicalType\":\"date\"}"),
            field("price", "\"bytes\""));
    GenericRecord record =
        record(
            schema,
            Instant.ofEpochMilli(NOON),
            LocalDate.parse("2024-02-29"),
            new BigDecimal("12.30"));

    Event event = accept(learner, record);

    assertThat(event.numbers[learner.index("t", FieldKind.TIME)]).isEqualTo(NOON);
    assertThat(event.numbers[learner.index("price", FieldKind.NUMBER)]).isEqualTo(12.3);
  }

  @Test
  void read_enumUnionAndMap_areTextPartAndPath() {
    EventSchema learner =
        Schemas.of("kind:category,either,either:category,tags.size,gone?,x", "x@+1");
    Schema schema =
        schema(
            field("kind", "{\"type\":\"enum\",\"name\":\"Kind\",\"symbols\":[\"CALM\",\"STORM\"]}"),
            field("either", "[\"null\",\"string\",\"double\"]"),
            field("tags", "{\"type\":\"map\",\"values\":[\"null\",\"int\"]}"),
            field("gone", "[\"null\",\"double\"]"),
            field("x", "\"float\""));
    Schema kinds = schema.getField("kind").schema();
    GenericRecord record =
        record(
            schema, new GenericData.EnumSymbol(kinds, "STORM"), 2.5, Map.of("size", 3), null, 0.1f);

    Event event = accept(learner, read(record));

    assertThat(event.categories[learner.index("kind", FieldKind.CATEGORY)]).isEqualTo("STORM");
    assertThat(event.numbers[learner.index("either", FieldKind.NUMBER)]).isEqualTo(2.5);
    assertThat(event.categories[learner.index("either", FieldKind.CATEGORY)]).isEqualTo("2.5");
    assertThat(event.numbers[learner.index("tags.size", FieldKind.NUMBER)]).isEqualTo(3);
    assertThat(event.numbers[learner.index("gone", FieldKind.NUMBER)]).isNaN();
    assertThat(event.numbers[learner.index("x", FieldKind.NUMBER)]).isEqualTo((double) 0.1f);
  }

  @Test
  void read_singleAsClass_hasTheDigitsOfTheSingle() {
    EventSchema learner = Schemas.of("x:category", "x:category@+1");

    Event event = accept(learner, record(schema(field("x", "\"float\"")), 0.1f));

    assertThat(event.categories[0]).isEqualTo("0.1");
  }

  @Test
  void read_fieldThatCameLaterOrIsGone_isMissingWhereItIsOptional() {
    EventSchema learner = Schemas.of("x,later?", "x@+1");
    GenericRecord before = record(schema(field("x", "\"double\"")), 1.0);
    GenericRecord after =
        record(schema(field("later", "[\"null\",\"double\"]"), field("x", "\"double\"")), 2.0, 3.0);
    GenericRecord without = record(schema(field("later", "\"double\"")), 2.0);

    int later = learner.index("later", FieldKind.NUMBER);
    assertThat(accept(learner, read(before)).numbers[later]).isNaN();
    assertThat(accept(learner, read(after)).numbers[later]).isEqualTo(2.0);
    assertThat(reason(learner, read(without)))
        .isEqualTo("field x: expected a number, but it is missing or null");
  }

  @Test
  void read_whatIsNoValue_isNamed() {
    EventSchema learner = Schemas.of("x", "x@+1");
    assertThat(reason(learner, record(schema(field("x", "\"double\"")), Double.NaN)))
        .isEqualTo("field x: expected a number, got NaN");
    assertThat(reason(learner, record(schema(field("x", "\"double\"")), 1e300)))
        .startsWith("field x: expected a number between")
        .endsWith("got 1.0E300");
    assertThat(reason(learner, record(schema(field("x", "\"bytes\"")), ByteBuffer.allocate(2))))
        .isEqualTo("field x: expected a number, got bytes");
    assertThat(
            reason(
                learner,
                record(
                    schema(field("x", "{\"type\":\"array\",\"items\":\"int\"}")), List.of(1, 2))))
        .isEqualTo("field x: expected a number, got an array");
    assertThat(reason(learner, record(schema(field("x", "\"string\"")), "far")))
        .isEqualTo("field x: expected a number, got \"far\"");
  }
}
