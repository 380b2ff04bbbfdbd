package eddy.web;

import eddy.config.WebSettings;
import eddy.stream.EddyApp;
import eddy.stream.Instance;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The other instances of the app, asked by HTTP what only they know. */
final class Peers {
  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /** Marks a request that has been sent on once, so that it is not again. */
  private static final String FORWARDED = "Eddy-Forwarded";

  /** Partitions whose tasks an instance has asked in vain, in its answer to another instance. */
  static final String PARTITIONS = "Eddy-Partitions";

  private final EddyApp app;
  private final WebSettings settings;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  Peers(EddyApp app, WebSettings settings) {
    this.app = app;
    this.settings = settings;
  }

  static boolean isForwarded(Context context) {
    return context.header(FORWARDED) != null;
  }

  /** Partitions as {@link #PARTITIONS} tells them. */
  static String list(Set<Integer> partitions) {
    return partitions.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** Partitions that another instance has asked; none where it does not say. */
  static Set<Integer> partitions(HttpResponse<?> answer) {
    String list = answer.headers().firstValue(PARTITIONS).orElse("");
    return list.isEmpty()
        ? Set.of()
        : Arrays.stream(list.split(",")).map(Integer::valueOf).collect(Collectors.toSet());
  }

  /** Host and port of all others. */
  List<String> others() {
    return app.instances().stream()
        .filter(instance -> !instance.self() && instance.server() != null)
        .map(Instance::server)
        .map(server -> server.host() + ":" + server.port())
        .toList();
  }

  /** Whether a server is this one. */
  boolean isSelf(String server) {
    return app.server().filter(server::equals).isPresent();
  }

  /** A path of texts, each written so that it stays one. */
  static String path(String text) {
    return Arrays.stream(text.split("/", -1)).map(Peers::encoded).collect(Collectors.joining("/"));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Asks another instance; a problem where it does not answer. */
  HttpResponse<byte[]> get(String server, String path) {
    return send(server, request(server, path).GET().build());
  }

  /** Hands it a question in JSON. */
  HttpResponse<byte[]> post(String server, String path, byte[] json) {
    HttpRequest.Builder request =
        request(server, path)
            .header("Content-Type", Json.CONTENT_TYPE)
            .POST(HttpRequest.BodyPublishers.ofByteArray(json));
    return send(server, request.build());
  }

  private HttpRequest.Builder request(String server, String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + server + path))
            .timeout(ANSWER)
            .header("Accept", Json.CONTENT_TYPE)
            .header(FORWARDED, "1");
    settings.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    return request;
  }

  private HttpResponse<byte[]> send(String server, HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw Problem.unavailable("instance " + server + " does not answer; ask again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unavailable("the server ends");
    }
  }
}
