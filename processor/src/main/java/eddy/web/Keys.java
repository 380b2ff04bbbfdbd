package eddy.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eddy.query.KeyReport;
import eddy.query.Mailbox;
import eddy.query.TaskDesks;
import eddy.stream.EddyApp;
import eddy.stream.KeyOwner;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * Queries of keys. Whoever is asked finds who knows the key: first the instance that owns the
 * partition that producers choose by default, then all others, since producers may choose
 * otherwise.
 */
final class Keys {
  private static final int MOST = 1000;
  private static final int USUAL = 20;

  private final EddyApp app;
  private final TaskDesks desks;
  private final Peers peers;

  Keys(EddyApp app, Peers peers) {
    this.app = app;
    this.peers = peers;
    desks = app.desks().orElseThrow();
  }

  /** Lists keys of all instances, in their order. */
  void list(Context context) throws IOException {
    String prefix = Optional.ofNullable(context.queryParam("prefix")).orElse("");
    int limit = limit(context.queryParam("limit"));
    List<ObjectNode> found = new ArrayList<>(here(prefix, limit));
    if (!Peers.isForwarded(context)) {
      String path = "/v1/keys?limit=" + limit + "&prefix=" + Peers.encoded(prefix);
      for (String other : peers.others()) {
        HttpResponse<byte[]> answer = peers.get(other, path);
        if (answer.statusCode() != 200) {
          throw Problem.unavailable("instance " + other + " answers " + answer.statusCode());
        }
        for (JsonNode key : Json.MAPPER.readTree(answer.body())) {
          found.add((ObjectNode) key);
        }
      }
    }
    found.sort(Comparator.comparing(key -> key.get("key").textValue()));
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    found.stream().limit(limit).forEach(json::add);
    context.contentType(Json.CONTENT_TYPE).result(Json.bytes(json));
  }

  private static int limit(String text) {
    if (text == null) {
      return USUAL;
    }
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST) {
      throw Problem.badRequest("limit must be from 1 to " + MOST + " but was " + text);
    }
    return Integer.parseInt(text);
  }

  private List<ObjectNode> here(String prefix, int limit) {
    Map<Integer, CompletableFuture<List<String>>> replies = new LinkedHashMap<>();
    for (Mailbox mailbox : desks.all()) {
      replies.put(mailbox.partition(), mailbox.ask(task -> task.keys(prefix, limit)));
    }
    List<ObjectNode> found = new ArrayList<>();
    replies.forEach(
        (partition, reply) -> {
          for (String key : Replies.await(reply)) {
            ObjectNode json = Json.object();
            json.put("key", key);
            json.put("partition", partition);
            json.put("server", app.server().orElse(null));
            found.add(json);
          }
        });
    return found;
  }

  /** Tells what is known of a key. */
  void one(Context context) {
    String key = context.pathParam("key");
    Set<Integer> asked = new TreeSet<>();
    Optional<KeyReport> known = find(key, asked);
    if (known.isPresent()) {
      ObjectNode json = KeyJson.of(known.get(), app.server().orElse(null));
      context.contentType(Json.CONTENT_TYPE).result(Json.bytes(json));
    } else if (Peers.isForwarded(context)) {
      context.header(Peers.PARTITIONS, Peers.list(asked));
      throw unknown(key);
    } else if (!forwarded(context, key, asked)) {
      requireAll(asked);
      throw unknown(key);
    }
  }

  private static Problem unknown(String key) {
    return Problem.notFound("no event of key " + key + " has been learned from");
  }

  /** What a task of this instance knows of a key; adds the partitions whose tasks were asked. */
  private Optional<KeyReport> find(String key, Set<Integer> asked) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    List<Mailbox> open = desks.all();
    List<CompletableFuture<Optional<KeyReport>>> replies =
        open.stream().map(mailbox -> mailbox.ask(task -> task.key(bytes))).toList();
    open.forEach(mailbox -> asked.add(mailbox.partition()));
    return replies.stream().map(Replies::await).flatMap(Optional::stream).findFirst();
  }

  /**
   * Whether another instance has answered in this one's place; adds the partitions that those that
   * do not know the key have asked.
   */
  private boolean forwarded(Context context, String key, Set<Integer> asked) {
    for (String other : inOrder(key)) {
      HttpResponse<byte[]> answer = peers.get(other, "/v1/keys/" + Peers.path(key));
      if (answer.statusCode() == 200) {
        context.contentType(Json.CONTENT_TYPE).result(answer.body());
        return true;
      }
      if (answer.statusCode() != 404) {
        throw Problem.unavailable("instance " + other + " answers " + answer.statusCode());
      }
      asked.addAll(Peers.partitions(answer));
    }
    return false;
  }

  /** All others, the one that owns the key first. */
  private List<String> inOrder(String key) {
    List<String> others = new ArrayList<>(peers.others());
    app.owner(key.getBytes(StandardCharsets.UTF_8))
        .map(KeyOwner::server)
        .filter(others::remove)
        .ifPresent(owner -> others.add(0, owner));
    return others;
  }

  /**
   * What was not found may only be on its way, unless every partition's task was asked: that some
   * task has a partition now does not say that it had it when it was its turn.
   */
  private void requireAll(Set<Integer> asked) {
    if (app.partitions() == 0 || asked.size() < app.partitions()) {
      throw Problem.unavailable(
          asked.size()
              + " of "
              + app.partitions()
              + " partitions could be asked, the others are on their way; ask again");
    }
  }
}
