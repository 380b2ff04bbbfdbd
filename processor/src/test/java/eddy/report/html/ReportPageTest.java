package eddy.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eddy.feature.TargetSpec;
import eddy.learn.Outcome.Source;
import eddy.report.MetricsJson;
import eddy.report.RunSummary;
import eddy.report.ScoredLine;
import eddy.report.ScoredTarget;
import eddy.report.Scores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
  private static final String HOSTILE =
      "</script><script>alert(1)</script><!-- <script> ]]> & ' \" \u2028 \0 \ud83c\udf00";

  private static final List<TargetSpec> TARGETS =
      List.of(
          new TargetSpec(
              "kind", 8, new TargetSpec.Horizon.SameEvent(), new TargetSpec.Reference.None()));

  private static final RunSummary RUN =
      new RunSummary(20, 0, 20, 0, 1, 1, 1, "mixed/unit-traces", Optional.empty());

  @TempDir Path folder;

  private static ReportFacts facts(String text) {
    TreeMap<String, String> configuration = new TreeMap<>();
    configuration.put("eddy.features", text);
    configuration.put("ssl.key.password", "sesame");
    return new ReportFacts(
        text,
        List.of("replay", text),
        configuration,
        1,
        "0.1.0",
        Instant.EPOCH,
        true,
        List.of(new ReportFacts.Rejection(text, 1, 0)));
  }

  private String page() throws IOException {
    ReportData data = new ReportData(TARGETS, List.of());
    Scores board = Scores.of(TARGETS);
    for (int i = 0; i < 20; i++) {
      ScoredTarget said =
          new ScoredTarget.OfClass(HOSTILE, HOSTILE, null, HOSTILE, Source.MODEL, 0.5, 1);
      ScoredLine line = new ScoredLine(i, i, HOSTILE, i, List.of(said));
      data.add(line);
      board.add(line);
    }
    ReportPage.write(folder, facts(HOSTILE), MetricsJson.text(RUN, board), data);
    return Files.readString(folder.resolve("report.html"));
  }

  private static JsonNode data(String page) throws IOException {
    Matcher matcher = Pattern.compile("id=\"data\">(.*?)</script>", Pattern.DOTALL).matcher(page);
    assertThat(matcher.find()).isTrue();
    return new ObjectMapper().readTree(matcher.group(1));
  }

  @Test
  void write_hostileText_endsNoElementAndIsReadBackAsItIs() throws IOException {
    String page = page();
    // data, library and script: one end tag each
    assertThat(page.split("</script", -1)).hasSize(4);
    JsonNode data = data(page);
    JsonNode target = data.path("targets").path(0);
    assertThat(data.path("title").asText()).isEqualTo(HOSTILE);
    assertThat(target.path("classes").path(0).asText()).isEqualTo(HOSTILE);
    assertThat(target.path("traces").path(0).path("key").asText()).isEqualTo(HOSTILE);
    assertThat(data.path("command").path(1).asText()).isEqualTo(HOSTILE);
    assertThat(page).contains("<title>&lt;/script&gt;");
  }

  @Test
  void write_anyPage_namesNothingToFetch() throws IOException {
    assertThat(page())
        .contains("default-src 'none'")
        .doesNotContainPattern("(?i)\\b(src|href|action|poster)\\s*=\\s*[\"']?\\s*(https?:|//)")
        .doesNotContainPattern("(?i)@import|url\\s*\\(|\\bfetch\\s*\\(|XMLHttpRequest|WebSocket");
  }

  /** The library lies here as its package has it; see docs/decisions/0180-report-page.md. */
  @Test
  void library_itsFiles_areThoseOfThePackage() throws Exception {
    Map<String, String> sums =
        Map.of(
            "uPlot.iife.min.js", "19c8d4c6ad88929a79f4ae49d6f7161566dfd0ba3d15cc495e974f787eb78f1f",
            "uPlot.min.css", "df630c6a8d6f8eeaff264b50f73ce5b114f646ffd9a0bb74f049b0a00135fa04",
            "LICENSE", "8f989229699b4fe2f1a0432d0e9edc338a8a911e250e2d1b01ecd770a5f5b1bd");
    for (Map.Entry<String, String> file : sums.entrySet()) {
      try (InputStream in =
          getClass().getResourceAsStream("/eddy/web/common/uplot/" + file.getKey())) {
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
        assertThat(HexFormat.of().formatHex(sum)).as(file.getKey()).isEqualTo(file.getValue());
      }
    }
  }

  @Test
  void write_secrets_areHidden() throws IOException {
    assertThat(page()).doesNotContain("sesame").contains("ssl.key.password");
  }

  @Test
  void write_nothingScored_isAPageStill() throws IOException {
    ReportData data = new ReportData(TARGETS, List.of());
    ReportPage.write(folder, facts("t"), MetricsJson.text(RUN, Scores.of(TARGETS)), data);
    String page = Files.readString(folder.resolve("report.html"));
    assertThat(data(page).path("targets").path(0).path("labels").asLong()).isZero();
  }

  @Test
  void hide_secretsByNameAndInAddresses_leavesTheRest() {
    assertThat(Secrets.hide("sasl.jaas.config", "x")).isEqualTo("(hidden)");
    assertThat(Secrets.hide("basic.auth.user.info", "u:p")).isEqualTo("(hidden)");
    assertThat(Secrets.hide("schema.registry.url", "https://me:pw@host:8081"))
        .isEqualTo("https://(hidden)@host:8081");
    assertThat(Secrets.hide("eddy.features", "lat,long")).isEqualTo("lat,long");
  }
}
