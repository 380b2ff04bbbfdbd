package eddy.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesSourceTest {
  private static final EddyConfig CONFIG =
      EddyConfig.of(
          Map.of(
              "eddy.features",
              "pos.lat",
              "eddy.targets",
              "pos.lat@+1",
              "eddy.event.max.bytes",
              "1000"));

  @TempDir Path folder;

  @Test
  void next_pathsOfKeyAndTime_areReadFromWithinObjects() throws IOException {
    List<String> rows =
        rows(
            """
            {"pos":{"lat":1.5},"device":{"id":"a"},"at":"2026-01-01T00:00:01Z"}
            {"device":{"id":7},"at":1000,"pos":{"lat":2}}
            """,
            "device.id",
            "at");
    assertThat(rows).containsExactly("0 a 1767225601000 1.5", "1 7 1000 2.0");
  }

  @Test
  void next_withoutKeyAndTime_givesTheNumberOfTheLine() throws IOException {
    assertThat(rows("{\"pos\":{\"lat\":1}}\n\n \t\n{\"pos\":{\"lat\":2}}", null, null))
        .containsExactly("0 null 0 1.0", "1 null 1 2.0");
  }

  @Test
  void next_timeFieldOfAFeature_isTheTimeWhereNoneIsNamed() throws IOException {
    EddyConfig timed = EddyConfig.of(Map.of("eddy.features", "v,at:gap", "eddy.targets", "v@+1"));
    Path file = Files.writeString(folder.resolve("timed.jsonl"), "{\"v\":1,\"at\":5000}\n");
    try (JsonLinesSource source = JsonLinesSource.open(file, timed, null, null)) {
      assertThat(source.next()).isTrue();
      assertThat(source.timestamp()).isEqualTo(5000);
      assertThat(((Decoded.Accepted) source.decoded()).event().timestamp).isEqualTo(5000);
    }
  }

  @Test
  void next_linesThatAreNoEvents_areRejectedInTheirPlace() throws IOException {
    String tooLong =
        "{\"pos\":{\"lat\":1},\"k\":\"a\",\"t\":1,\"x\":\"" + "x".repeat(100_000) + "\"}";
    List<String> rows =
        rows(
            String.join(
                "\r\n",
                "{\"pos\":{\"lat\":1},\"k\":\"a\",\"t\":1}",
                "no json",
                "{\"pos\":{\"lat\":1},\"t\":1}",
                "{\"pos\":{\"lat\":1},\"k\":\"\",\"t\":1}",
                "{\"pos\":{\"lat\":1},\"k\":\"a\"}",
                "{\"pos\":{\"lat\":\"x\"},\"k\":\"a\",\"t\":1}",
                tooLong,
                "{\"pos\":{\"lat\":2},\"k\":\"b\",\"t\":2}"),
            "k",
            "t");
    assertThat(rows).hasSize(8);
    assertThat(rows.get(0)).isEqualTo("0 a 1 1.0");
    assertThat(rows.get(1)).contains("expected JSON");
    assertThat(rows.get(2)).contains("expected a key");
    assertThat(rows.get(3)).contains("expected a key");
    assertThat(rows.get(4)).contains("field t: expected a time");
    assertThat(rows.get(5)).contains("field pos.lat: expected a number, got \"x\"");
    assertThat(rows.get(6)).contains("expected at most 1000 bytes, got " + tooLong.length());
    assertThat(rows.get(7)).isEqualTo("7 b 2 2.0");
  }

  @Test
  void next_gzippedWithByteOrderMark_isTheSame() throws IOException {
    String text = "\uFEFF{\"pos\":{\"lat\":1}}\n{\"pos\":{\"lat\":2}}\n";
    Path file = folder.resolve("packed");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(rows(file, null, null)).containsExactly("0 null 0 1.0", "1 null 1 2.0");
  }

  /** As what {@code cat} makes of packed files, or a writer that is opened again. */
  @Test
  void next_severalPackedOnesInOneFile_areReadToTheEnd() throws IOException {
    Path file = folder.resolve("packed");
    int members = 200;
    try (OutputStream all = Files.newOutputStream(file)) {
      for (int i = 0; i < members; i++) {
        ByteArrayOutputStream one = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(one)) {
          for (int j = 0; j < 100; j++) {
            out.write(("{\"pos\":{\"lat\":" + (100 * i + j) + "}}\n").getBytes());
          }
        }
        one.writeTo(all);
      }
    }
    List<String> rows = rows(file, null, null);
    assertThat(rows).hasSize(100 * members);
    assertThat(rows.get(rows.size() - 1)).endsWith(" " + (100.0 * members - 1));
  }

  @Test
  void open_missingFile_isToldByName() {
    assertThatThrownBy(() -> JsonLinesSource.open(folder.resolve("none"), CONFIG, null, null))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("there is no such file");
  }

  private List<String> rows(String text, String key, String time) throws IOException {
    return rows(Files.writeString(folder.resolve("rows.jsonl"), text), key, time);
  }

  private static List<String> rows(Path file, String key, String time) throws IOException {
    List<String> rows = new ArrayList<>();
    try (JsonLinesSource source = JsonLinesSource.open(file, CONFIG, key, time)) {
      while (source.next()) {
        String value =
            source.decoded() instanceof Decoded.Accepted accepted
                ? Double.toString(accepted.event().numbers[0])
                : ((Decoded.Rejected) source.decoded()).reason();
        rows.add(source.position() + " " + source.key() + " " + source.timestamp() + " " + value);
      }
      assertThat(source.bytesRead()).isEqualTo(source.bytesTotal());
    }
    return rows;
  }
}
