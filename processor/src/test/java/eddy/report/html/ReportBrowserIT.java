package eddy.report.html;

import static eddy.testing.Chromium.number;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import eddy.feature.TargetSpec;
import eddy.learn.Outcome.Source;
import eddy.learn.Spread;
import eddy.report.Drift;
import eddy.report.MetricsJson;
import eddy.report.RunSummary;
import eddy.report.ScoredLine;
import eddy.report.ScoredTarget;
import eddy.report.Scores;
import eddy.surprise.Assessment;
import eddy.testing.Chromium;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a reader sees it: in Chromium, wide and narrow, light and dark, and on paper. */
class ReportBrowserIT {
  private static final String HOSTILE = "</script><script>window.hostile=1</script><img src=x>";

  private static final int LABELS = 3000;
  private static final int DRIFT_AT = 1500;
  private static final int KEYS = 20;
  private static final long HOUR_MS = 3_600_000;
  private static final List<TargetSpec> TARGETS =
      List.of(
          new TargetSpec(
              "wind", 0, new TargetSpec.Horizon.EventsAhead(1), new TargetSpec.Reference.None()),
          new TargetSpec(
              "wind", 0, new TargetSpec.Horizon.EventsAhead(4), new TargetSpec.Reference.None()),
          new TargetSpec(
              "kind", 8, new TargetSpec.Horizon.SameEvent(), new TargetSpec.Reference.None()));
  private static final List<List<String>> RIVALS =
      List.of(List.of("running-mean"), List.of("running-mean"), List.of("prior-class"));

  @TempDir static Path folder;

  private static Chromium browser;

  private final List<String> troubles = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    Optional<Chromium> started = Chromium.start("report.html");
    if (started.isEmpty()) {
      return;
    }
    write();
    browser = started.get();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  /** A report with all that a page can show. */
  private static void write() throws IOException {
    ReportData data = new ReportData(TARGETS, RIVALS);
    Scores scores = Scores.of(TARGETS, RIVALS);
    Random random = new Random(1);
    for (int i = 0; i < LABELS; i++) {
      double label = 10 * Math.sin(i / 40.0) + random.nextGaussian();
      double said = label + random.nextGaussian();
      Source source = i < 200 ? Source.BASELINE : Source.MODEL;
      String kind = random.nextInt(3) == 0 ? HOSTILE : "kind " + i / 7 % 4;
      ScoredLine line =
          new ScoredLine(
              i,
              i + 4,
              i % KEYS == 0 ? HOSTILE : "key " + i % KEYS,
              i * HOUR_MS,
              List.of(
                  new ScoredTarget.OfNumber(
                      label,
                      said,
                      label + 4,
                      said,
                      source,
                      new Spread.Quantiles(
                          List.of(0.1, 0.5, 0.9), List.of(said - 1.3, said, said + 1.3)),
                      List.of(new ScoredTarget.Estimate(0))),
                  new ScoredTarget.OfNumber(
                      label,
                      said,
                      label + 4,
                      said,
                      source,
                      new Spread.Deviation(1),
                      List.of(new ScoredTarget.Estimate(0))),
                  new ScoredTarget.OfClass(
                      kind,
                      i % 5 == 0 ? "kind 1" : kind,
                      "kind 0",
                      kind,
                      source,
                      0.6,
                      1,
                      0.5 + i % 50 / 100.0,
                      List.of(new ScoredTarget.Opinion("kind 0", 0.2, 2)))),
              Collections.nCopies(TARGETS.size(), new Assessment(1, 0.5 / (i + 1), i)),
              i == DRIFT_AT - 1 ? List.of(new Drift(0, i * HOUR_MS, 1, 2)) : List.of());
      data.add(line);
      scores.add(line);
    }
    TreeMap<String, String> configuration = new TreeMap<>(Map.of("eddy.features", "wind"));
    ReportFacts facts =
        new ReportFacts(
            HOSTILE,
            List.of("replay", "--csv", "a b.csv"),
            configuration,
            1,
            "0.1.0",
            Instant.EPOCH,
            true,
            List.of(new ReportFacts.Rejection(HOSTILE, 3, 7)));
    RunSummary run =
        new RunSummary(
            LABELS, 3, 3 * LABELS, 0, 2, 4096, 1234, "mixed/unit-traces", Optional.empty());
    ReportPage.write(folder, facts, MetricsJson.text(run, scores), data);
  }

  private Page open(int width, ColorScheme scheme) {
    Page page = browser.page(width, scheme, troubles);
    String address = folder.resolve("report.html").toUri().toString();
    page.onRequest(
        request -> {
          if (!request.url().equals(address) && !request.url().startsWith("data:")) {
            troubles.add("asks for " + request.url());
          }
        });
    page.navigate(address);
    page.waitForFunction("document.querySelectorAll('.uplot canvas').length >= 3");
    page.waitForFunction("document.querySelectorAll('svg.drawn').length >= 8");
    return page;
  }

  /** For each chart of a series over time: its lines, its points, and its pixels drawn. */
  private static final String SERIES =
      """
      [...document.querySelectorAll('.plot')].filter((plot) => plot.chart).map((plot) => {
        const { u } = plot.chart;
        const canvas = plot.querySelector('canvas');
        const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        let drawn = 0;
        for (let i = 3; i < pixels.length; i += 4) drawn += pixels[i] > 0;
        return [u.series.filter((s) => s.show).length - 1,
          u.data.slice(1).flat().filter((v) => v != null).length, drawn];
      })
      """;

  private void requireDrawn(Page page) {
    for (Object chart : (List<?>) page.evaluate(SERIES)) {
      List<?> numbers = (List<?>) chart;
      assertThat(((Number) numbers.get(0)).intValue()).as("lines").isPositive();
      assertThat(((Number) numbers.get(1)).intValue()).as("points").isGreaterThan(50);
      assertThat(((Number) numbers.get(2)).intValue()).as("pixels").isGreaterThan(1000);
    }
    double empty =
        number(
            page,
            "[...document.querySelectorAll('svg.drawn')].filter(s => s.childElementCount < 3).length");
    assertThat(empty).as("empty drawings").isZero();
    assertThat(number(page, "document.documentElement.scrollWidth - innerWidth"))
        .as("overflow")
        .isLessThanOrEqualTo(0);
  }

  @Test
  void page_wideAndNarrowLightAndDark_drawsAllTargetsAndFetchesNothing() {
    if (browser == null) {
      return;
    }
    for (int width : new int[] {390, 1440}) {
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        Page page = open(width, scheme);
        for (int target = 0; target < TARGETS.size(); target++) {
          page.locator(".picker .choice").nth(target).click();
          requireDrawn(page);
        }
        double red =
            number(page, "+getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]");
        assertThat(red < 128).isEqualTo(scheme == ColorScheme.DARK);
        assertThat(page.evaluate("window.hostile")).isNull();
        page.context().close();
      }
    }
    assertThat(troubles).isEmpty();
  }

  @Test
  void sections_withData_areAllThere() {
    if (browser == null) {
      return;
    }
    Page page = open(1440, ColorScheme.LIGHT);
    String sections = "[...document.querySelectorAll('section.block')].map(s => s.id).join(' ')";
    assertThat((String) page.evaluate(sections))
        .isEqualTo(
            "learning forecasts methods keys surprising horizon clock calibration source cost made");
    page.locator(".picker .choice").nth(2).click();
    assertThat((String) page.evaluate(sections))
        .contains("calibration confusion")
        .doesNotContain("horizon");
    assertThat(page.locator("h1").textContent()).contains("3 targets");
    page.locator("#learning summary").click();
    assertThat(page.locator("#learning tbody tr").count()).isGreaterThan(20);
    assertThat(page.locator("[role=img]:not([aria-label])").count()).isZero();
    page.context().close();
    assertThat(troubles).isEmpty();
  }

  @Test
  void skills_ofEveryLoss_areATableByMethod() {
    if (browser == null) {
      return;
    }
    Page page = open(1440, ColorScheme.LIGHT);
    Locator table =
        page.locator("#methods table")
            .filter(new Locator.FilterOptions().setHasText("Share of each loss that Eddy avoids"));
    assertThat(table.locator("thead th").allTextContents())
        .containsExactly("", "MAE", "RMSE", "pinball loss");
    assertThat(table.locator("tbody tr").count()).isEqualTo(2);
    page.locator(".picker .choice").nth(2).click();
    assertThat(table.locator("thead th").allTextContents())
        .contains("accuracy", "top 2", "top 3", "top 5");
    page.context().close();
    assertThat(troubles).isEmpty();
  }

  /** Pixels above the learning curves, where nothing but the head of a mark is drawn. */
  private static double headOfMark(Page page, int labels) {
    return number(
        page,
        "(() => { const { u } = document.querySelector('#learning .plot').chart;"
            + " const { ctx, bbox } = u; const dots = devicePixelRatio;"
            + " const x = Math.round(u.valToPos("
            + labels
            + ", 'x', true)); const seen = ctx.getImageData(x - 4 * dots, bbox.top - 8 * dots,"
            + " 8 * dots, 7 * dots).data; let drawn = 0;"
            + " for (let i = 3; i < seen.length; i += 4) drawn += seen[i] > 0; return drawn; })()");
  }

  @Test
  void drift_found_isMarkedWhereItWas() {
    if (browser == null) {
      return;
    }
    for (int width : new int[] {390, 1440}) {
      Page page = open(width, ColorScheme.DARK);
      assertThat(headOfMark(page, DRIFT_AT)).isGreaterThan(10);
      assertThat(headOfMark(page, DRIFT_AT / 2)).isZero();
      page.locator(".picker .choice").nth(1).click();
      page.waitForFunction("document.querySelector('#learning .plot').chart");
      assertThat(headOfMark(page, DRIFT_AT)).as("of another target").isZero();
      page.context().close();
    }
  }

  @Test
  void caption_ofATableThatScrolls_isReadWithoutScrolling() {
    if (browser == null) {
      return;
    }
    Page page = open(390, ColorScheme.LIGHT);
    assertThat(number(page, "document.querySelectorAll('caption').length")).isGreaterThan(1);
    String widest =
        "Math.max(...[...document.querySelectorAll('caption')].map(c =>"
            + " c.getBoundingClientRect().right))";
    assertThat(number(page, widest)).isLessThanOrEqualTo(390);
    page.context().close();
  }

  @Test
  void chart_keysOfTheKeyboard_zoomAndReset() {
    if (browser == null) {
      return;
    }
    Page page = open(1440, ColorScheme.LIGHT);
    String span =
        "(() => { const { min, max } = document.querySelector('#learning .plot').chart.u.scales.x;"
            + " return max - min; })()";
    double all = number(page, span);
    page.locator("#learning .plot").focus();
    page.keyboard().press("+");
    page.waitForFunction(span + " < " + 0.6 * all);
    page.keyboard().press("0");
    page.waitForFunction(span + " === " + all);
    page.context().close();
  }

  @Test
  void paper_ofADarkPage_isLightAndWithoutButtons() {
    if (browser == null) {
      return;
    }
    Page page = open(1440, ColorScheme.DARK);
    byte[] paper = page.pdf();
    assertThat(new String(paper, 0, 5, StandardCharsets.ISO_8859_1)).isEqualTo("%PDF-");
    assertThat(paper).hasSizeGreaterThan(50_000);
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    assertThat(page.locator(".picker").isVisible()).isFalse();
    assertThat(page.locator("#theme").isVisible()).isFalse();
    assertThat(page.locator("h1").isVisible()).isTrue();
    page.context().close();
    assertThat(troubles).isEmpty();
  }

  @Test
  void theme_button_goesThroughAll() {
    if (browser == null) {
      return;
    }
    Page page = open(390, ColorScheme.DARK);
    String theme = "document.documentElement.dataset.theme";
    assertThat(page.evaluate(theme)).isEqualTo("dark");
    page.locator("#theme").click();
    assertThat(page.evaluate(theme)).isEqualTo("light");
    page.locator("#theme").click();
    assertThat(page.evaluate(theme)).isEqualTo("dark");
    page.context().close();
  }
}
