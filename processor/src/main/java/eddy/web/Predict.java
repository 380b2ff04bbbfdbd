package eddy.web;

import eddy.query.Mailbox;
import eddy.query.TaskCopy;
import eddy.query.TaskDesks;
import eddy.stream.EddyApp;
import eddy.stream.KeyOwner;
import eddy.task.WhatIf;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * Answers what the app would say of an event, were it the next one. The task is only asked for
 * copies; what is computed with them is computed by the server's thread, a few at once.
 */
final class Predict {
  private static final int AT_ONCE = 2;

  /** Bytes of a question beside the event: names, and the longest key. */
  private static final int ROUND_THE_EVENT = 65_536;

  private final EddyApp app;
  private final TaskDesks desks;
  private final Peers peers;
  private final Semaphore places = new Semaphore(AT_ONCE);

  Predict(EddyApp app, Peers peers) {
    this.app = app;
    this.peers = peers;
    desks = app.desks().orElseThrow();
  }

  /** Answers with the prediction record as it would be published. */
  void serve(Context context) throws IOException {
    String type = Optional.ofNullable(context.contentType()).orElse("");
    if (!type.split(";")[0].strip().equalsIgnoreCase(Json.CONTENT_TYPE)) {
      throw Problem.unsupported("Content-Type: " + Json.CONTENT_TYPE);
    }
    byte[] body = body(context);
    WhatIfQuestion question = WhatIfQuestion.read(body, System.currentTimeMillis());
    Optional<Mailbox> task = task(question.key());
    if (task.isPresent()) {
      answer(context, question, task.get());
    } else if (Peers.isForwarded(context)) {
      throw Problem.unavailable("the key's partition is not here; ask again");
    } else {
      forward(context, question, body);
    }
  }

  /** What was sent, whether or not it said before how much that is. */
  private byte[] body(Context context) throws IOException {
    int most = app.config().eventMaxBytes() + ROUND_THE_EVENT;
    if (context.contentLength() <= most) {
      byte[] body = context.bodyInputStream().readNBytes(most + 1);
      if (body.length <= most) {
        return body;
      }
    }
    throw Problem.tooLarge("send at most " + most + " bytes; eddy.event.max.bytes bounds events");
  }

  /** The task that knows the key; of a key that is new here, the one that would get it. */
  private Optional<Mailbox> task(byte[] key) {
    List<Mailbox> all = desks.all();
    List<CompletableFuture<Boolean>> replies =
        all.stream().map(mailbox -> mailbox.ask(task -> task.knows(key))).toList();
    for (int i = 0; i < all.size(); i++) {
      if (Replies.await(replies.get(i))) {
        return Optional.of(all.get(i));
      }
    }
    return app.owner(key).map(KeyOwner::partition).flatMap(desks::of);
  }

  private void answer(Context context, WhatIfQuestion question, Mailbox task) {
    if (!places.tryAcquire()) {
      throw Problem.unavailable(AT_ONCE + " predictions are under way; ask again");
    }
    try {
      TaskCopy copy = Replies.await(task.ask(view -> view.copy(question.key())));
      WhatIf said =
          WhatIf.of(app.config(), copy, question.key(), question.value(), question.timestamp());
      if (said.refusal() != null) {
        throw Problem.unprocessable(said.refusal());
      } else if (said.prediction() == null) {
        context.status(204);
      } else {
        context.contentType(Json.CONTENT_TYPE).result(said.prediction());
      }
    } finally {
      places.release();
    }
  }

  private void forward(Context context, WhatIfQuestion question, byte[] body) {
    String owner =
        app.owner(question.key())
            .map(KeyOwner::server)
            .filter(server -> !peers.isSelf(server))
            .orElseThrow(
                () ->
                    Problem.unavailable(
                        "who owns key "
                            + new String(question.key(), StandardCharsets.UTF_8)
                            + " is not known now; ask again"));
    HttpResponse<byte[]> answer = peers.post(owner, "/v1/predict", body);
    context.status(answer.statusCode());
    answer.headers().firstValue("Content-Type").ifPresent(context::contentType);
    answer.headers().firstValue("Retry-After").ifPresent(s -> context.header("Retry-After", s));
    context.result(answer.body());
  }
}
