package eddy.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;

/** An answer that is none, as RFC 9457 has it. Ends the request that it is thrown in. */
final class Problem extends RuntimeException {
  static final String CONTENT_TYPE = "application/problem+json";

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String title;
  private final int retryAfter;

  private Problem(int status, String title, String detail, int retryAfter) {
    super(detail, null, false, false);
    this.status = status;
    this.title = title;
    this.retryAfter = retryAfter;
  }

  static Problem badRequest(String detail) {
    return new Problem(400, "Bad request", detail, 0);
  }

  static Problem unauthorized() {
    return new Problem(
        401, "Unauthorized", "send Authorization: Bearer TOKEN, as eddy.web.token has it", 0);
  }

  static Problem misdirected(String host) {
    return new Problem(
        421,
        "Misdirected request",
        "this server is not " + host + "; ask it by its address, or set eddy.web.token",
        0);
  }

  static Problem notFound(String detail) {
    return new Problem(404, "Not found", detail, 0);
  }

  static Problem notAcceptable(String offered) {
    return new Problem(406, "Not acceptable", "there is " + offered + " only", 0);
  }

  static Problem tooLarge(String detail) {
    return new Problem(413, "Content too large", detail, 0);
  }

  static Problem unsupported(String wanted) {
    return new Problem(415, "Unsupported media type", "send " + wanted, 0);
  }

  static Problem unprocessable(String detail) {
    return new Problem(422, "Unprocessable content", detail, 0);
  }

  static Problem tooMany(String detail) {
    return new Problem(429, "Too many requests", detail, 1);
  }

  static Problem unavailable(String detail) {
    return new Problem(503, "Unavailable", detail, 1);
  }

  static Problem of(int status, String title, String detail) {
    return new Problem(status, title, detail, 0);
  }

  int status() {
    return status;
  }

  /** Makes it the answer. */
  void answer(Context context) {
    if (retryAfter > 0) {
      context.header("Retry-After", Integer.toString(retryAfter));
    }
    if (status == 401) {
      context.header("WWW-Authenticate", "Bearer");
    }
    ObjectNode json = Json.object();
    json.put("type", "about:blank");
    json.put("title", title);
    json.put("status", status);
    json.put("detail", getMessage());
    context.status(status).contentType(CONTENT_TYPE).result(Json.bytes(json));
  }
}
