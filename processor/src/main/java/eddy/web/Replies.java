package eddy.web;

import eddy.query.UnansweredException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what tasks say, but not for long. */
final class Replies {
  private static final long SECONDS = 3;

  private Replies() {}

  /** The reply; a problem where there is none in time. */
  static <A> A await(CompletableFuture<A> reply) {
    try {
      return reply.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UnansweredException unanswered) {
        throw Problem.unavailable(unanswered.getMessage());
      }
      if (e.getCause() instanceof TimeoutException) {
        throw Problem.unavailable("the task did not answer in " + SECONDS + " s; ask again");
      }
      throw e;
    }
  }
}
