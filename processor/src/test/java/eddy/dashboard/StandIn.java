package eddy.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The dashboard over answers of a file in place of an app, in states into which an app is not
 * easily brought.
 */
final class StandIn implements AutoCloseable {
  /** What the app is like. */
  enum State {
    RUNNING,
    NO_EVENTS,
    RESTORING,
    /** Restarted: it knows its keys, and holds no events of them. */
    FRESH,
    LOCKED,
    GONE
  }

  static final String TOKEN = "sesame";

  private static final long TICK_MS = 200;
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "json", "application/json");

  private final ObjectMapper mapper = new ObjectMapper();
  private final JsonNode storms;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile State state = State.RUNNING;
  private volatile boolean closed;

  StandIn() throws IOException {
    try (InputStream in = resource("/eddy/dashboard/storms.json")) {
      storms = mapper.readTree(in);
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  void is(State now) {
    state = now;
  }

  private static InputStream resource(String path) {
    return StandIn.class.getResourceAsStream(path);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (!path.startsWith("/v1/")) {
        file(exchange, path.equals("/") ? "/index.html" : path);
      } else if (state == State.LOCKED
          && !("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        problem(exchange, 401, "Unauthorized", "This needs a bearer token.");
      } else if (state != State.GONE) {
        api(exchange, path.substring("/v1".length()));
      }
    }
  }

  private void api(HttpExchange exchange, String path) throws IOException {
    if (path.equals("/live")) {
      live(exchange);
    } else if (path.equals("/keys")) {
      keys(exchange);
    } else {
      JsonNode key = storms.path("keys").path(path.substring("/keys/".length()));
      if (key.isMissingNode()) {
        problem(exchange, 404, "Not Found", "The key is not known.");
      } else if (state == State.FRESH) {
        ObjectNode fresh = key.deepCopy();
        fresh.putArray("recent");
        json(exchange, 200, fresh);
      } else {
        json(exchange, 200, key);
      }
    }
  }

  private void live(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    try {
      for (int tick = 0; !closed && state != State.GONE; tick++) {
        String event = "event: overview\ndata: " + overview(tick) + "\n\n";
        out.write(event.getBytes(StandardCharsets.UTF_8));
        out.flush();
        Thread.sleep(TICK_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String overview(int tick) throws IOException {
    ObjectNode overview = storms.path("overview").deepCopy();
    overview.put("events", overview.path("events").asLong() + tick);
    if (state == State.NO_EVENTS) {
      overview.put("events", 0).put("rejected", 0);
      overview.putArray("recent");
      for (JsonNode score : overview.path("scores")) {
        ObjectNode none = (ObjectNode) score;
        none.put("labels", 0).putNull("skill").putNull("window");
        none.putObject("loss");
        none.putArray("curve");
      }
    } else if (state == State.RESTORING) {
      overview.put("state", "REBALANCING");
      overview.putObject("restore").put("records", 50).put("total", 200);
    }
    return mapper.writeValueAsString(overview);
  }

  private void keys(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    String prefix =
        URLDecoder.decode(
            query.replaceAll("(^|.*&)prefix=([^&]*).*", "$2"), StandardCharsets.UTF_8);
    ArrayNode keys = mapper.createArrayNode();
    storms
        .path("keys")
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (key.startsWith(prefix)) {
                keys.addObject().put("key", key).put("partition", 0).putNull("server");
              }
            });
    json(exchange, 200, keys);
  }

  private void problem(HttpExchange exchange, int status, String title, String detail)
      throws IOException {
    json(
        exchange,
        status,
        mapper
            .createObjectNode()
            .put("type", "about:blank")
            .put("title", title)
            .put("status", status)
            .put("detail", detail));
  }

  private void json(HttpExchange exchange, int status, JsonNode content) throws IOException {
    send(exchange, status, "application/json", mapper.writeValueAsBytes(content));
  }

  private static void file(HttpExchange exchange, String path) throws IOException {
    try (InputStream in = resource("/eddy/web" + path)) {
      if (in == null) {
        send(exchange, 404, "text/plain", new byte[0]);
        return;
      }
      String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
      send(exchange, 200, type, in.readAllBytes());
    }
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] content)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'self'");
    exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
    exchange.getResponseBody().write(content);
  }

  @Override
  public void close() {
    closed = true;
    server.stop(0);
    threads.shutdownNow();
  }
}
