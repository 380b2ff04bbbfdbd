package eddy.stream;

import eddy.event.CsvRows;
import eddy.event.CsvToJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;

/** The storm fixes of the demo as events, and a configuration that learns them. */
final class Storms {
  static final int EVENTS = 11_840;

  /** A topic that keeps events of 1975, and does not begin a segment for every week since. */
  static final Map<String, String> KEPT =
      Map.of("retention.ms", "-1", "segment.ms", String.valueOf(Long.MAX_VALUE));

  private Storms() {}

  /**
   * One fix.
   *
   * @param key the storm
   * @param value JSON
   */
  record Fix(byte[] key, byte[] value, long timestamp) {
    /** For a topic; the header is the fix's own. */
    ProducerRecord<byte[], byte[]> record(String topic, int row) {
      byte[] rowText = Integer.toString(row).getBytes(StandardCharsets.UTF_8);
      return new ProducerRecord<>(
          topic, null, timestamp, key, value, List.of(new RecordHeader("row", rowText)));
    }
  }

  /** All fixes in the order of the file. */
  static List<Fix> fixes() throws IOException {
    List<Fix> fixes = new ArrayList<>();
    InputStream resource = Storms.class.getResourceAsStream("/eddy/demo/storms.csv.gz");
    try (CsvRows rows = CsvRows.open("storms.csv.gz", resource, -1, "storm", "timestamp")) {
      CsvToJson json = new CsvToJson(rows);
      while (rows.next()) {
        byte[] key = rows.key().getBytes(StandardCharsets.UTF_8);
        fixes.add(new Fix(key, json.json(), rows.time()));
      }
    }
    return fixes;
  }

  /** A configuration of topics {@code storms}, {@code NAME.predictions}, {@code NAME.rejected}. */
  static Map<String, String> configuration(String name, String bootstrapServers) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("application.id", name);
    properties.put("bootstrap.servers", bootstrapServers);
    properties.put("eddy.input.topic", "storms");
    properties.put("eddy.output.topic", name + ".predictions");
    properties.put("eddy.dead.letter.topic", name + ".rejected");
    properties.put(
        "eddy.features",
        "lat,long,wind,pressure,lat:diff(1),long:diff(1),wind:diff(4),status:category(16),"
            + "timestamp:day-of-year,timestamp:gap");
    properties.put("eddy.targets", "lat@+4,long@+4,wind@+4,pressure@+4");
    properties.put("eddy.units", "16");
    // the first events may take their time
    properties.put("eddy.warmup.ms", "0");
    return properties;
  }
}
