package eddy.web;

import eddy.stream.EddyApp;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;

/** What is served at which path. */
final class Routes {
  private Routes() {}

  static void add(RoutesConfig routes, EddyApp app, Overviews overviews) {
    Health health = new Health(app);
    Live live = new Live(overviews);
    routes.get("/health/live", health::live);
    routes.get("/health/ready", health::ready);
    routes.get("/v1/overview", context -> json(context, overviews.newest()));
    routes.get("/v1/live", live::serve);
    routes.get("/", context -> asset(context, ""));
    routes.get("/<path>", context -> asset(context, context.pathParam("path")));
  }

  private static void json(Context context, byte[] json) {
    context.contentType(Json.CONTENT_TYPE).result(json);
  }

  private static void asset(Context context, String path) throws IOException {
    Assets.Asset asset =
        Assets.find(path).orElseThrow(() -> Problem.notFound("there is nothing at this path"));
    context.header("Cache-Control", "no-cache");
    context.contentType(asset.type()).result(asset.content());
  }
}
