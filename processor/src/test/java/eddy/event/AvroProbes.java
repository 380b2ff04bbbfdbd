package eddy.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import eddy.config.EddyConfig;
import eddy.fuzz.Probe;
import eddy.fuzz.Refusal;
import io.apicurio.registry.rest.client.RegistryClient;
import io.apicurio.registry.rest.client.exception.ArtifactNotFoundException;
import io.apicurio.registry.rest.v2.beans.Error;
import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * Shows hostile Avro to what reads it: Apicurio's deserializer, whose registry stands in this
 * process and always answers, so that nothing may be blamed on it.
 */
public final class AvroProbes {
  private static final int HEADER = 1 + Long.BYTES;
  private static final int MOST_BYTES = 1 << 13;

  /** As the default of eddy.event.max.bytes has it. */
  private static final int MOST_ITEMS = 1 << 20;

  /** Schemas that a deserializer may remember before another takes its place. */
  private static final int REMEMBERED = 1000;

  /** Each with a record of it, in the JSON of Avro. */
  private static final String[][] RECORDS = {
    {
      "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"at\",\"type\":{\"type\":\"long\","
          + "\"logicalType\":\"timestamp-micros\"}},{\"name\":\"x\",\"type\":\"double\"},"
          + "{\"name\":\"y\",\"type\":[\"null\",\"float\"]},{\"name\":\"kind\",\"type\":[\"string\","
          + "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\"]},\"long\"]},"
          + "{\"name\":\"place\",\"type\":[\"null\",{\"type\":\"record\",\"name\":\"P\",\"fields\":["
          + "{\"name\":\"lat\",\"type\":{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":"
          + "9,\"scale\":3}}]}]},{\"name\":\"more\",\"type\":{\"type\":\"array\",\"items\":\"int\"}}]}",
      "{\"at\":1700000000000000,\"x\":1.5,\"y\":{\"float\":2.5},\"kind\":{\"string\":\"a\"},"
          + "\"place\":{\"P\":{\"lat\":\"\\u0012\\u0034\"}},\"more\":[1,2,3]}"
    },
    {
      "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"x\",\"type\":\"long\"},{\"name\":"
          + "\"at\",\"type\":{\"type\":\"int\",\"logicalType\":\"date\"}},{\"name\":\"place\",\"type\":"
          + "{\"type\":\"map\",\"values\":[\"double\",\"string\",{\"type\":\"array\",\"items\":"
          + "\"null\"}]}},{\"name\":\"kind\",\"type\":{\"type\":\"fixed\",\"name\":\"F\",\"size\":4,"
          + "\"logicalType\":\"decimal\",\"precision\":8,\"scale\":-2}}]}",
      "{\"x\":7,\"at\":19000,\"place\":{\"lat\":{\"double\":3.5},\"lon\":{\"array\":[null,null]}},"
          + "\"kind\":\"\\u0000\\u0001\\u0002\\u0003\"}"
    },
    {
      "{\"type\":\"record\",\"name\":\"Node\",\"fields\":[{\"name\":\"x\",\"type\":\"int\"},{\"name\":"
          + "\"at\",\"type\":\"string\"},{\"name\":\"next\",\"type\":[\"null\",\"Node\"]}]}",
      "{\"x\":1,\"at\":\"2024-02-29\",\"next\":{\"Node\":{\"x\":2,\"at\":\"\",\"next\":null}}}"
    },
    {
      "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"x\",\"type\":\"float\"},{\"name\":"
          + "\"at\",\"type\":{\"type\":\"long\",\"logicalType\":\"local-timestamp-nanos\"}},{\"name\":"
          + "\"kind\",\"type\":{\"type\":\"string\",\"logicalType\":\"uuid\"}},{\"name\":\"y\",\"type\":"
          + "[{\"type\":\"int\",\"logicalType\":\"time-millis\"},\"boolean\",\"bytes\"]}]}",
      "{\"x\":-0.25,\"at\":1700000000000000000,\"kind\":\"6a2f41a3-c54c-fce8-32d2-0324e1c32e22\","
          + "\"y\":{\"int\":17}}"
    }
  };

  /** What the registry holds for the thread that asks. */
  private static final ThreadLocal<Map<Long, byte[]>> SCHEMAS =
      ThreadLocal.withInitial(AvroProbes::known);

  static {
    // before anything is read, by which Avro's own bound would stay
    AvroDeserializer.boundItems(MOST_ITEMS);
  }

  private AvroProbes() {}

  /** A deserializer of Apicurio that asks no server. */
  public static final class WithoutServer extends AvroKafkaDeserializer<Object> {
    public WithoutServer() {
      super(registry());
    }
  }

  private static Map<Long, byte[]> known() {
    Map<Long, byte[]> schemas = new HashMap<>();
    for (int i = 0; i < RECORDS.length; i++) {
      schemas.put((long) i, RECORDS[i][0].getBytes(StandardCharsets.UTF_8));
    }
    return schemas;
  }

  private static RegistryClient registry() {
    return (RegistryClient)
        Proxy.newProxyInstance(
            AvroProbes.class.getClassLoader(),
            new Class<?>[] {RegistryClient.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getContentByGlobalId" -> content((Long) arguments[0]);
                  case "getArtifactReferencesByGlobalId" -> List.of();
                  case "close" -> null;
                  default -> throw new IllegalStateException(method.toString());
                });
  }

  private static ByteArrayInputStream content(long id) {
    byte[] schema = SCHEMAS.get().get(id);
    if (schema == null) {
      Error error = new Error();
      error.setMessage("No artifact with global ID '" + id + "' was found.");
      throw new ArtifactNotFoundException(error);
    }
    return new ByteArrayInputStream(schema);
  }

  private static AvroEventDecoder decoder(EddyConfig config) {
    return new AvroEventDecoder(
        config.schema(),
        AvroDeserializer.of(config.eventFormat(), config.deserializerSettings(), List.of()),
        MOST_BYTES);
  }

  /** Of records, each after the number of a schema that is known. */
  public static Probe records(EddyConfig config, ToIntFunction<Decoded> judge) {
    AvroEventDecoder decoder = decoder(config);
    return input -> judge.applyAsInt(decoder.decode(input, 17, 4));
  }

  /** Of a schema, a zero, and a record that is read by it. */
  public static Probe schemas(EddyConfig config, ToIntFunction<Decoded> judge) {
    return new Probe() {
      private AvroEventDecoder decoder = decoder(config);
      private long last = RECORDS.length;

      @Override
      public int show(byte[] input) {
        int end = 0;
        while (end < input.length && input[end] != 0) {
          end++;
        }
        byte[] record = Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length);
        if (++last % REMEMBERED == 0) {
          decoder.close();
          decoder = decoder(config);
        }
        SCHEMAS.get().put(last, Arrays.copyOf(input, end));
        try {
          return judge.applyAsInt(decoder.decode(framed(last, record), 17, 4));
        } catch (SchemaRegistryException e) {
          // a page of a proxy, say: asked for again, since the record may be good
          if (isJson(Arrays.copyOf(input, end))) {
            throw e;
          }
          return Refusal.shape(e.getMessage());
        } finally {
          SCHEMAS.get().remove(last);
        }
      }
    };
  }

  private static boolean isJson(byte[] text) {
    try (JsonParser parser =
        new JsonFactory().createParser(new String(text, StandardCharsets.UTF_8))) {
      while (parser.nextToken() != null) {
        // to its end
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static byte[] framed(long id, byte[] record) {
    return ByteBuffer.allocate(HEADER + record.length)
        .put((byte) 0)
        .putLong(id)
        .put(record)
        .array();
  }

  /** Good records with the number of their schema. */
  public static List<byte[]> framedRecords() {
    byte[][] framed = new byte[RECORDS.length][];
    for (int i = 0; i < framed.length; i++) {
      framed[i] = framed(i, record(i));
    }
    return List.of(framed);
  }

  /** Good records after their schema. */
  public static List<byte[]> schemasWithRecords() {
    byte[][] both = new byte[RECORDS.length][];
    for (int i = 0; i < both.length; i++) {
      byte[] schema = RECORDS[i][0].getBytes(StandardCharsets.UTF_8);
      byte[] record = record(i);
      both[i] = Arrays.copyOf(schema, schema.length + 1 + record.length);
      System.arraycopy(record, 0, both[i], schema.length + 1, record.length);
    }
    return List.of(both);
  }

  private static byte[] record(int of) {
    Schema schema = new Schema.Parser().parse(RECORDS[of][0]);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
    try {
      Object record =
          new GenericDatumReader<>(schema)
              .read(null, DecoderFactory.get().jsonDecoder(schema, RECORDS[of][1]));
      new GenericDatumWriter<>(schema).write(record, out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
