package eddy.dashboard;

import static eddy.testing.Chromium.number;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import eddy.cli.Eddy;
import eddy.testing.ChildJvm;
import eddy.testing.Chromium;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard of the demo, as its user sees it. */
class DashboardIT {
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final Path SCREENSHOTS = Path.of("target", "dashboard");
  private static final Pattern ADDRESS = Pattern.compile("Dashboard +(http://\\S+)");

  /** The last hurricane of the storms that has many fixes. */
  private static final String KEY = "Teddy-2020";

  @TempDir static Path folder;

  private static final List<String> troubles = new ArrayList<>();
  private static Optional<Chromium> browser = Optional.empty();
  private static ChildJvm demo;
  private static String address;

  /** Opened before the first event is fed, and never again. */
  private static Page first;

  @BeforeAll
  static void start() throws Exception {
    browser = Chromium.start("the dashboard");
    if (browser.isEmpty()) {
      return;
    }
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    demo =
        ChildJvm.start(
            Map.of("java.io.tmpdir", temporary.toString()),
            Eddy.class,
            folder.resolve("console"),
            "demo",
            "--rate",
            "4000");
    address = told(ADDRESS).group(1);
    first = open("/", 1440, ColorScheme.LIGHT);
    first.evaluate("() => { window.opened = true; }");
    told(Pattern.compile("Ctrl-C ends them"));
  }

  private static Matcher told(Pattern text) throws Exception {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (true) {
      String output = demo.output();
      Matcher matcher = text.matcher(output);
      if (matcher.find()) {
        return matcher;
      }
      assertThat(demo.isAlive() && System.nanoTime() < deadline).as(output).isTrue();
      Thread.sleep(50);
    }
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser.isPresent()) {
      browser.get().close();
      assertThat(demo.stop(LONG)).isZero();
    }
  }

  private static Page open(String hash, int width, ColorScheme scheme) {
    Page page = browser.orElseThrow().page(width, scheme, troubles);
    page.onRequest(
        request -> {
          if (!request.url().startsWith(address)) {
            troubles.add("asks for " + request.url());
          }
        });
    page.navigate(address + "#" + hash);
    return page;
  }

  private static void look(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
    assertThat(number(page, "document.documentElement.scrollWidth - innerWidth"))
        .as("overflow")
        .isLessThanOrEqualTo(0);
    assertThat(page.locator("[role=img]:not([aria-label])").count()).isZero();
    assertThat(troubles).isEmpty();
  }

  /** Values of the lines of a chart that are not null. */
  private static double points(Page page, String chart) {
    return number(
        page,
        "document.querySelector('"
            + chart
            + " .plot').chart.u.data.slice(1).flat().filter((v) => v != null).length");
  }

  private static Locator text(Page page, String selector, String text) {
    return page.locator(selector, new Page.LocatorOptions().setHasText(text)).first();
  }

  @Test
  void overview_openedBeforeTheFirstEvent_fillsByItself() {
    if (browser.isEmpty()) {
      return;
    }
    text(first, ".kicker", "11,840 events").waitFor();
    text(first, "h1", "less error than persistence").waitFor();
    assertThat(first.evaluate("() => window.opened")).isEqualTo(true);
    assertThat(first.locator(".card").count()).isEqualTo(4);
    assertThat(first.locator(".card .big.better").count()).isEqualTo(4);
    assertThat(points(first, "#loss")).isGreaterThan(100);
    assertThat(first.locator("#recent li").first().textContent()).contains("Iota-2020");
    assertThat(first.locator("#where td").first().textContent()).isEqualTo("11,840");
    assertThat(text(first, ".fact", "Published").textContent()).contains("%");
    first.locator("#loss .choice").nth(2).click();
    text(first, "#loss figcaption", "wind@+4").waitFor();
    assertThat(points(first, "#loss")).isGreaterThan(100);
    first.locator("#loss .choice").first().click();
    look(first, "overview-1440");
    first.setViewportSize(1200, 900);
    first.waitForFunction("() => document.querySelector('#loss .plot').chart.u.width < 800");
    double height =
        number(first, "document.querySelector('.beside').getBoundingClientRect().bottom + scrollY");
    first.screenshot(
        new Page.ScreenshotOptions()
            .setPath(SCREENSHOTS.resolve("picture.png"))
            .setFullPage(true)
            .setClip(0, 0, 1200, height + 20));

    Page narrow = open("/", 390, ColorScheme.DARK);
    narrow.locator("#loss .uplot canvas").waitFor();
    look(narrow, "overview-390-dark");
    narrow.context().close();
  }

  @Test
  void key_searched_showsItsForecastsBesideWhatCame() {
    if (browser.isEmpty()) {
      return;
    }
    Page page = open("/", 1440, ColorScheme.DARK);
    text(page, "h1", "than persistence").waitFor();
    page.keyboard().press("/");
    page.keyboard().type("Ted");
    text(page, "#suggestions b", KEY).click();
    text(page, "h1", KEY).waitFor();
    page.locator("#forecasts .uplot canvas").first().waitFor();
    assertThat(points(page, "#forecasts")).isGreaterThan(60);
    assertThat(page.locator("#forecasts .uplot").count()).as("forecasts and surprise").isEqualTo(2);
    assertThat(page.locator("#events tbody tr").count()).isEqualTo(30);
    assertThat(page.locator("#track .chosen .actual").getAttribute("d")).contains("L");
    assertThat(page.locator("#track .land").getAttribute("d")).contains("L");
    look(page, "key-1440-dark");
    page.setViewportSize(390, 844);
    page.waitForFunction("() => document.querySelector('#track svg').clientWidth < 390");
    look(page, "key-390-dark");
    page.context().close();
  }

  @Test
  void key_unknown_saysSo() {
    if (browser.isEmpty()) {
      return;
    }
    List<String> before = List.copyOf(troubles);
    Page page = open("/keys/Tedy", 390, ColorScheme.LIGHT);
    text(page, "h1", "No such key").waitFor();
    page.locator(".near a").first().waitFor();
    page.context().close();
    // the console tells of the answer 404
    troubles.removeIf(trouble -> trouble.contains("404") && !before.contains(trouble));
    assertThat(troubles).isEmpty();
  }

  @Test
  void map_ofTheDemo_showsForecastAndActualTracks() {
    if (browser.isEmpty()) {
      return;
    }
    Page page = open("/map", 1440, ColorScheme.LIGHT);
    page.locator(".track .actual").nth(5).waitFor();
    assertThat(page.locator(".land").getAttribute("d")).hasSizeGreaterThan(1000);
    assertThat(page.locator(".track .forecast").count()).isGreaterThan(5);
    assertThat(page.locator(".of").count()).isGreaterThan(3);
    look(page, "map-1440");
    text(page, "button.plain", KEY).click();
    assertThat(page.locator(".track.chosen path.past").count()).isGreaterThan(10);
    look(page, "map-key-1440");
    page.setViewportSize(390, 844);
    page.waitForFunction("() => document.querySelector('svg.map').clientWidth < 390");
    look(page, "map-390");
    page.context().close();
  }
}
