package eddy.web;

import eddy.config.WebSettings;
import eddy.stream.EddyApp;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What is served at which path. The page and openapi.json, which tells of the rest, are files. */
final class Routes {
  private static final String TEXT = "text/plain";
  private static final String PREDICT = "/v1/predict";

  private final Map<String, Handler> queries = new LinkedHashMap<>();
  private final Predict predict;

  Routes(EddyApp app, WebSettings settings, Overviews overviews) {
    Peers peers = new Peers(app, settings);
    Health health = new Health(app);
    Live live = new Live(overviews);
    Keys keys = new Keys(app, peers);
    predict = new Predict(app, peers);
    queries.put("/health/live", json(health::live));
    queries.put("/health/ready", json(health::ready));
    queries.put("/v1/overview", json(context -> json(context, overviews.newest())));
    queries.put("/v1/live", accepting("text/event-stream", live::serve));
    queries.put("/v1/keys", json(keys::list));
    queries.put("/v1/keys/<key>", json(keys::one));
    queries.put(
        "/v1/model",
        json(context -> json(context, Json.bytes(ModelJson.of(app, overviews.tasks())))));
    queries.put("/v1/topology", json(context -> topology(context, app)));
    queries.put(
        "/metrics",
        accepting(
            TEXT,
            context -> context.contentType(PrometheusText.CONTENT_TYPE).result(Metrics.text(app))));
  }

  /** Adds all of them. Modifies only the routes. */
  void addTo(RoutesConfig routes) {
    queries.forEach(routes::get);
    routes.post(PREDICT, json(predict::serve));
    routes.get("/", context -> asset(context, ""));
    routes.get("/<path>", context -> asset(context, context.pathParam("path")));
  }

  /** Paths of all queries. */
  Set<String> paths() {
    Set<String> paths = new TreeSet<>(queries.keySet());
    paths.add(PREDICT);
    return paths;
  }

  private static Handler json(Handler handler) {
    return accepting(Json.CONTENT_TYPE, handler);
  }

  private static Handler accepting(String type, Handler handler) {
    return context -> {
      Accepts.require(context, type);
      handler.handle(context);
    };
  }

  private static void json(Context context, byte[] json) {
    context.contentType(Json.CONTENT_TYPE).result(json);
  }

  private static void topology(Context context, EddyApp app) {
    json(
        context,
        Json.bytes(
            TopologyJson.of(
                app.description()
                    .orElseThrow(() -> Problem.unavailable("the app has not started yet")))));
  }

  private static void asset(Context context, String path) throws IOException {
    Assets.Asset asset =
        Assets.find(path).orElseThrow(() -> Problem.notFound("there is nothing at this path"));
    context.header("Cache-Control", "no-cache");
    context.contentType(asset.type()).result(asset.content());
  }
}
