package eddy.dashboard;

import static eddy.testing.Chromium.number;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import eddy.dashboard.StandIn.State;
import eddy.testing.Chromium;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The dashboard where the app is empty, restoring, locked or gone, and by keyboard. */
class DashboardStatesIT {
  private static final Path SCREENSHOTS = Path.of("target", "dashboard");

  private static Optional<Chromium> browser = Optional.empty();
  private static StandIn app;

  private final List<String> troubles = new ArrayList<>();
  private Page page;

  @BeforeAll
  static void start() throws IOException {
    browser = Chromium.start("the dashboard's states");
    app = new StandIn();
  }

  @AfterAll
  static void stop() {
    app.close();
    browser.ifPresent(Chromium::close);
  }

  @AfterEach
  void closePage() {
    if (page != null) {
      page.context().close();
    }
  }

  /** False where there is no browser. */
  private boolean open(State state, String hash, int width) {
    if (browser.isEmpty()) {
      return false;
    }
    app.is(state);
    page = browser.get().page(width, ColorScheme.LIGHT, troubles);
    page.navigate(app.address() + "#" + hash);
    return true;
  }

  private Locator heading(String text) {
    return page.locator("h1", new Page.LocatorOptions().setHasText(text));
  }

  /** What a state is to look like, for people; and nothing is wider than the page. */
  private void look(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
    assertThat(number(page, "document.documentElement.scrollWidth - innerWidth"))
        .as("overflow")
        .isLessThanOrEqualTo(0);
  }

  @Test
  void overview_noEvents_saysWhatItWaitsFor() {
    if (!open(State.NO_EVENTS, "/", 390)) {
      return;
    }
    heading("Waiting for the first event").waitFor();
    assertThat(page.locator(".lead").textContent()).contains("topic storms");
    assertThat(page.locator(".uplot").count()).isZero();
    look("no-events-390");
    // and fills without a reload when events come
    app.is(State.RUNNING);
    page.locator("#loss .uplot canvas").waitFor();
    heading("less error than persistence").waitFor();
    assertThat(troubles).isEmpty();
  }

  @Test
  void overview_restoring_saysHowFar() {
    if (!open(State.RESTORING, "/", 1440)) {
      return;
    }
    page.locator(".note", new Page.LocatorOptions().setHasText("50 of 200 records (25%)"))
        .waitFor();
    assertThat(page.locator("#pulse").textContent()).isEqualTo("Rebalancing");
    assertThat(troubles).isEmpty();
  }

  @Test
  void overview_connectionLost_keepsItsFiguresAndComesBack() {
    if (!open(State.RUNNING, "/", 1440)) {
      return;
    }
    heading("less error than persistence").waitFor();
    app.is(State.GONE);
    page.locator("#banner p").waitFor();
    assertThat(page.locator("#pulse").textContent()).isEqualTo("Connection lost");
    assertThat(heading("less error than persistence").isVisible()).isTrue();
    look("connection-lost-1440");
    app.is(State.RUNNING);
    // in one step: the page tries again by itself too, and then there is no button any more
    page.evaluate("document.querySelector('#banner button')?.click()");
    page.locator("#pulse.live").waitFor();
    assertThat(page.locator("#banner p").count()).isZero();
  }

  @Test
  void overview_appGoneFromTheStart_fillsWhenItComes() {
    if (!open(State.GONE, "/", 390)) {
      return;
    }
    heading("The app does not answer").waitFor();
    look("gone-390");
    app.is(State.RUNNING);
    heading("less error than persistence").waitFor();
  }

  @Test
  void overview_locked_opensWithTheToken() {
    if (!open(State.LOCKED, "/", 1440)) {
      return;
    }
    heading("asks for a token").waitFor();
    look("locked-1440");
    page.locator("#token").fill("wrong");
    page.keyboard().press("Enter");
    page.waitForFunction("() => document.getElementById('token').value === ''");
    page.locator("#token").fill(StandIn.TOKEN);
    page.keyboard().press("Enter");
    heading("less error than persistence").waitFor();
    page.navigate(app.address() + "#/keys/Iota-2020");
    heading("Iota-2020").waitFor();
  }

  @Test
  void key_unknown_offersKeysThatBeginAlike() {
    if (!open(State.RUNNING, "/keys/Iotta", 1440)) {
      return;
    }
    heading("No such key").waitFor();
    look("unknown-key-1440");
    page.locator(".near a").click();
    heading("Iota-2020").waitFor();
    page.locator("#forecasts .uplot canvas").first().waitFor();
  }

  @Test
  void key_withoutEventsHeld_saysThatTheyFillUp() {
    if (!open(State.FRESH, "/keys/Iota-2020", 390)) {
      return;
    }
    heading("Iota-2020").waitFor();
    page.locator(".empty", new Page.LocatorOptions().setHasText("fill up anew")).waitFor();
    assertThat(page.locator(".uplot").count()).isZero();
    look("key-without-events-390");
    assertThat(troubles).isEmpty();
  }

  @Test
  void key_targetOfClasses_isDrawnByTheirNames() {
    if (!open(State.RUNNING, "/keys/Iota-2020", 1440)) {
      return;
    }
    page.locator(".choice", new Page.LocatorOptions().setHasText("status@+1")).click();
    page.locator("#forecasts figcaption", new Page.LocatorOptions().setHasText("status@+1"))
        .first()
        .waitFor();
    assertThat(
            number(
                page,
                "document.querySelector('#forecasts .plot').chart.u.data.flat()"
                    + ".filter((v) => v != null && v < 3).length"))
        .as("places of classes on the axis")
        .isGreaterThan(30);
    assertThat(page.locator("#events tbody tr").nth(3).textContent())
        .containsPattern("hurricane|tropical")
        .containsPattern("71%.*(right|wrong)");
    look("key-of-classes-1440");
    assertThat(troubles).isEmpty();
  }

  @Test
  void search_byKeyboard_findsAKey() {
    if (!open(State.RUNNING, "/", 390)) {
      return;
    }
    heading("less error than persistence").waitFor();
    page.keyboard().press("/");
    page.keyboard().type("E");
    page.waitForFunction(
        "() => document.querySelectorAll('#suggestions [role=option]').length === 2");
    page.keyboard().press("ArrowDown");
    page.keyboard().press("ArrowDown");
    String chosen = page.locator("#suggestions [aria-selected=true] b").textContent();
    page.keyboard().press("Enter");
    heading(chosen).waitFor();
    assertThat(page.evaluate("document.activeElement.id")).isEqualTo("content");
    assertThat(troubles).isEmpty();
  }

  @Test
  void focus_goesFromSkipLinkThroughTheHead() {
    if (!open(State.RUNNING, "/", 1440)) {
      return;
    }
    heading("less error than persistence").waitFor();
    StringBuilder order = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      page.keyboard().press("Tab");
      order.append(
          page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"));
      order.append(i < 5 ? " " : "");
    }
    assertThat(order.toString().replaceAll("\\s+", " "))
        .isEqualTo("skip Eddy storms Overview Map key theme");
    assertThat(page.locator("[role=img]:not([aria-label])").count()).isZero();
  }

  @Test
  void overview_updates_keepsNodesFocusAndZoom() {
    if (!open(State.RUNNING, "/", 1440)) {
      return;
    }
    page.locator("#loss .uplot canvas").waitFor();
    Locator link = page.locator("#recent a").nth(2);
    link.focus();
    String kicker = page.locator(".kicker").textContent();
    page.evaluate("document.querySelector('#loss .plot').chart.zoom(0.5)");
    page.waitForFunction("was => document.querySelector('.kicker').textContent !== was", kicker);
    assertThat(link.evaluate("node => node === document.activeElement")).isEqualTo(true);
    assertThat(
            number(
                page,
                "(() => { const { u } = document.querySelector('#loss .plot').chart;"
                    + " return (u.scales.x.max - u.scales.x.min) / (u.data[0].at(-1) - u.data[0][0]); })()"))
        .isLessThan(0.6);
    assertThat(troubles).isEmpty();
  }
}
