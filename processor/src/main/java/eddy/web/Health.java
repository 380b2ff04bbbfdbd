package eddy.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eddy.stream.EddyApp;
import eddy.stream.RestoreProgress;
import io.javalin.http.Context;
import org.apache.kafka.streams.KafkaStreams.State;

/** Whether the app lives, and whether it has all it needs to answer and to learn. */
final class Health {
  private final EddyApp app;

  Health(EddyApp app) {
    this.app = app;
  }

  /** It does unless it has ended; while it starts and while partitions move it lives. */
  void live(Context context) {
    State state = app.state();
    boolean lives = state == State.CREATED || state.isRunningOrRebalancing();
    answer(context, lives);
  }

  /** It is once its partitions are restored. */
  void ready(Context context) {
    answer(context, app.state() == State.RUNNING && app.restoring().isDone());
  }

  private void answer(Context context, boolean good) {
    ObjectNode json = Json.object();
    json.put("status", good ? "up" : "down");
    json.put("state", app.state().name());
    RestoreProgress progress = app.restoring();
    if (!progress.isDone()) {
      ObjectNode restore = json.putObject("restore");
      restore.put("records", progress.records());
      restore.put("total", progress.total());
    }
    if (!good) {
      context.header("Retry-After", "1");
    }
    context.status(good ? 200 : 503).contentType(Json.CONTENT_TYPE).result(Json.bytes(json));
  }
}
