package eddy.web;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;

/**
 * Sends the overview once a second for as long as somebody listens, as server-sent events. Each
 * holds a thread of the server, so that who reads slowly holds up nobody else.
 */
final class Live {
  /** Most who listen at once. */
  static final int LISTENERS = 32;

  private static final byte[] BEGIN = "event: overview\ndata: ".getBytes(StandardCharsets.UTF_8);
  private static final byte[] END = "\n\n".getBytes(StandardCharsets.UTF_8);

  private final Overviews overviews;
  private final Semaphore places = new Semaphore(LISTENERS);

  Live(Overviews overviews) {
    this.overviews = overviews;
  }

  /** Answers a request until one side ends it. */
  void serve(Context context) throws IOException {
    if (!places.tryAcquire()) {
      throw Problem.unavailable(LISTENERS + " listen already; use /v1/overview");
    }
    try {
      context.contentType("text/event-stream; charset=utf-8");
      context.header("X-Accel-Buffering", "no");
      if (context.method() != HandlerType.HEAD) {
        send(context.res().getOutputStream());
      }
    } catch (InterruptedException e) {
      // the server ends
      Thread.currentThread().interrupt();
    } finally {
      places.release();
    }
  }

  private void send(OutputStream out) throws IOException, InterruptedException {
    long seen = 0;
    do {
      out.write(BEGIN);
      out.write(overviews.newest());
      out.write(END);
      out.flush();
      seen = overviews.awaitNewer(seen);
    } while (seen >= 0);
  }
}
