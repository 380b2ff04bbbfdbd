package eddy.replay;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.config.EddyConfig;
import eddy.event.Decoded;
import eddy.event.EventSource;
import eddy.event.JsonEventDecoder;
import eddy.report.ScoredLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records without a value in a replay: they delete their key, as in an app. */
class DeletedKeyReplayTest {
  /** A record; without a value where it deletes its key. */
  private record Entry(String key, String value) {}

  /** Records that are read like those of a topic, one a second. */
  private static final class Records implements EventSource {
    private final List<Entry> records;
    private final JsonEventDecoder decoder;
    private int at = -1;

    Records(List<Entry> records, EddyConfig config) {
      this.records = records;
      decoder = new JsonEventDecoder(config.schema());
    }

    @Override
    public boolean next() {
      at++;
      return at < records.size();
    }

    @Override
    public String key() {
      return records.get(at).key;
    }

    @Override
    public long timestamp() {
      return 1000L * at;
    }

    @Override
    public long position() {
      return at;
    }

    @Override
    public Decoded decoded() {
      String value = records.get(at).value;
      byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
      return decoder.decode(bytes, timestamp(), position());
    }

    @Override
    public long bytesRead() {
      return at;
    }

    @Override
    public long bytesTotal() {
      return -1;
    }

    @Override
    public void close() {}
  }

  private static List<Entry> records(String afterwards) {
    List<Entry> records = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      records.add(new Entry("a", "{\"x\":" + i * i % 11 + "}"));
      records.add(new Entry("b", "{\"x\":" + i * i % 7 + "}"));
    }
    records.add(new Entry("a", null));
    for (int i = 0; i < 30; i++) {
      records.add(new Entry(afterwards, "{\"x\":" + i * i % 11 + "}"));
      records.add(new Entry("b", "{\"x\":" + i * i % 7 + "}"));
    }
    return records;
  }

  @ParameterizedTest
  @ValueSource(strings = {"partition", "key"})
  void run_keyThatWasDeleted_beginsAnew(String weights) throws IOException {
    EddyConfig config =
        EddyConfig.of(
            Map.of(
                "eddy.features", "x",
                "eddy.targets", "x@+1,x@+3",
                "eddy.units", "4",
                "eddy.weights", weights));
    List<List<ScoredLine>> lines = List.of(new ArrayList<>(), new ArrayList<>());
    List<String> names = List.of("a", "new");
    for (int run = 0; run < 2; run++) {
      ReplaySummary summary =
          new Replay(config.newPrequential(), config.learnerSpec(), lines.get(run)::add)
              .run(List.of(new Records(records(names.get(run)), config)));
      // one label of the next event, three of the third next
      assertThat(summary.run().unlabelled()).isEqualTo(4);
      assertThat(summary.run().rejected()).isZero();
    }
    assertThat(lines.get(0)).hasSameSizeAs(lines.get(1)).hasSizeGreaterThan(300);
    for (int i = 0; i < lines.get(0).size(); i++) {
      assertThat(lines.get(0).get(i).targets()).isEqualTo(lines.get(1).get(i).targets());
    }
  }
}
