package eddy.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The files of the page, in the folder eddy/web of the class path. Nothing else is reachable. */
final class Assets {
  private static final String FOLDER = "/eddy/web/";

  /** No segment begins with a dot, so that none leads up. */
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*");

  /** What is served; classes of this package lie in the same folder. */
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "woff2", "font/woff2",
          "txt", "text/plain; charset=utf-8");

  /** One of them. */
  record Asset(String type, byte[] content) {}

  private Assets() {}

  /** A file by its path without the first slash; empty where there is none. */
  static Optional<Asset> find(String path) throws IOException {
    String name = path.isEmpty() ? "index.html" : path;
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null || !NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    try (InputStream file = Assets.class.getResourceAsStream(FOLDER + name)) {
      return file == null ? Optional.empty() : Optional.of(new Asset(type, file.readAllBytes()));
    }
  }
}
