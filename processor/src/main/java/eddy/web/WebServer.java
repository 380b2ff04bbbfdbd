package eddy.web;

import eddy.config.ConfigurationException;
import eddy.config.WebSettings;
import eddy.stream.EddyApp;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server of an app. Closing it ends it; the app goes on. */
public final class WebServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WebServer.class);

  private static final int HEADER_BYTES = 8192;
  private static final int MOST_THREADS = Live.LISTENERS + 32;

  /** Only what this server has sent runs or is shown, and no other page may frame it. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private final WebSettings settings;
  private final Access access;
  private final Overviews overviews;
  private final Routes routes;
  private final Javalin server;

  private WebServer(EddyApp app, WebSettings settings, LongSupplier nanoTime) {
    this.settings = settings;
    access = new Access(settings, nanoTime);
    overviews = new Overviews(app);
    routes = new Routes(app, settings, overviews);
    server = Javalin.create(config -> configure(config));
  }

  /** Starts to serve an app that has not been started yet, and tells it where it is reached. */
  static WebServer start(EddyApp app, WebSettings settings) {
    return start(app, settings, System::nanoTime);
  }

  /** The same by another clock. */
  static WebServer start(EddyApp app, WebSettings settings, LongSupplier nanoTime) {
    WebServer web = new WebServer(app, settings, nanoTime);
    try {
      web.server.start(settings.host(), settings.port());
    } catch (JavalinBindException e) {
      web.close();
      throw new ConfigurationException(
          "eddy.web.port="
              + settings.port()
              + ": "
              + settings.host()
              + " cannot be listened at, for another process does or the address is not of this"
              + " machine; name another port, or 0 for a free one");
    }
    app.reachableAt(settings.host(), web.port());
    log.info("Dashboard and queries at {}", web.address());
    return web;
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.startupWatcherEnabled = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.http.prefer405over404 = true;
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 4);
    threads.setName("eddy-web");
    threads.setDaemon(true);
    config.jetty.threadPool = threads;
    config.jetty.modifyHttpConfiguration(WebServer::bound);
    config.routes.before(
        context -> {
          protect(context);
          access.check(context);
        });
    routes.addTo(config.routes);
    config.routes.exception(Problem.class, Problem::answer);
    config.routes.exception(
        HttpResponseException.class,
        (e, context) -> Problem.of(e.getStatus(), title(e), e.getMessage()).answer(context));
    // whoever asked has left: nobody reads an answer
    config.routes.exception(IOException.class, (e, context) -> log.debug("A client left", e));
    config.routes.exception(Exception.class, WebServer::failed);
  }

  private static String title(HttpResponseException e) {
    return switch (e.getStatus()) {
      case 404 -> "Not found";
      case 405 -> "Method not allowed";
      case 413 -> "Content too large";
      default -> "Refused";
    };
  }

  private static void failed(Exception e, Context context) {
    log.error("A request to {} failed", context.endpoint().path, e);
    Problem.of(500, "Internal error", "the log of this instance says why").answer(context);
  }

  private static void bound(HttpConfiguration http) {
    http.setRequestHeaderSize(HEADER_BYTES);
    http.setSendServerVersion(false);
    http.setIdleTimeout(TimeUnit.SECONDS.toMillis(30));
    http.addCustomizer((request, headers) -> known(request));
  }

  /** Refuses a method that is none before anything behind would fail over it. */
  private static Request known(Request request) {
    if (HttpMethod.fromString(request.getMethod()) == null) {
      throw new HttpException.RuntimeException(501, "Not a method of HTTP");
    }
    return request;
  }

  private static void protect(Context context) {
    context.header("Content-Security-Policy", POLICY);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("X-Frame-Options", "DENY");
    context.header("Referrer-Policy", "no-referrer");
    context.header("Cross-Origin-Opener-Policy", "same-origin");
    context.header("Cross-Origin-Resource-Policy", "same-origin");
    context.header("Cache-Control", "no-store");
  }

  /** The port that it listens at. */
  public int port() {
    return server.port();
  }

  /** Paths of all queries. */
  Set<String> paths() {
    return routes.paths();
  }

  /** Where a browser finds it. */
  public String address() {
    return "http://" + settings.host() + ":" + port() + "/";
  }

  @Override
  public void close() {
    overviews.close();
    server.stop();
  }
}
