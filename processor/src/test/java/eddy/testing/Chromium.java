package eddy.testing;

import static org.assertj.core.api.Assertions.fail;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Chromium of this machine, without a window, for tests of pages. */
public final class Chromium implements AutoCloseable {
  /** Of a busy machine. */
  private static final double PATIENCE_MS = 90_000;

  private static final int HEIGHT = 900;

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /**
   * Starts it. Where there is none, a line says so; in continuous integration the test fails.
   *
   * @param tested what is not tested without it
   */
  public static Optional<Chromium> start(String tested) {
    Optional<Path> program =
        Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    if (program.isEmpty()) {
      String missing = "there is no /usr/bin/chromium: apt-get install chromium";
      if (System.getenv("CI") != null) {
        fail(missing);
      }
      System.err.println("*** NOT TESTED: " + tested + " in a browser, " + missing + " ***");
      return Optional.empty();
    }
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(program.get())
                    .setArgs(
                        List.of(
                            "--headless=new",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
    return Optional.of(new Chromium(playwright, browser));
  }

  /**
   * An empty page of its own context, which its user closes.
   *
   * @param troubles takes messages of its console and its errors
   */
  public Page page(int width, ColorScheme scheme, List<String> troubles) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions().setViewportSize(width, HEIGHT).setColorScheme(scheme));
    Page page = context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    page.setDefaultNavigationTimeout(PATIENCE_MS);
    page.onConsoleMessage(message -> troubles.add(message.type() + ": " + message.text()));
    page.onPageError(troubles::add);
    return page;
  }

  /** What an expression is in the page, where it is a number. */
  public static double number(Page page, String expression) {
    return ((Number) page.evaluate(expression)).doubleValue();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
