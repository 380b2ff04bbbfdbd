package eddy.web;

import eddy.fuzz.Refusal;
import eddy.fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Shows hostile requests to the web server. */
public final class WebProbes {
  private static final String QUESTION =
      "{\"key\":\"k\",\"value\":{\"x\":1,\"kind\":\"a\"},\"timestamp\":1700000000000}";

  private WebProbes() {}

  /** The bodies of questions, and whole requests. */
  public static List<Target> targets() {
    return List.of(
        new Target(
            "what-if",
            100,
            List.of(
                QUESTION.getBytes(StandardCharsets.UTF_8),
                QUESTION.getBytes(StandardCharsets.UTF_16),
                QUESTION.getBytes(StandardCharsets.UTF_16BE)),
            List.of("\"key\":", "\"value\":{", "\"timestamp\":"),
            false,
            () -> WebProbes::question),
        // few: each takes a connection
        Target.text(
            "http",
            2,
            List.of(
                " HTTP/1.1",
                " HTTP/1.0",
                " HTTP/2.0",
                "Host: ",
                "Content-Length: ",
                "Transfer-Encoding: chunked",
                "Expect: 100-continue",
                "Upgrade: websocket",
                "Accept: ",
                "Authorization: Bearer ",
                "Eddy-Forwarded: 1",
                "\r\n\r\n",
                "%2e%2e/",
                "%",
                "?limit=",
                "&prefix=",
                "/v1/keys/",
                "/v1/predict",
                "/metrics",
                "POST ",
                "HEAD ",
                "OPTIONS ",
                "TRACE ",
                "CONNECT "),
            HttpProbe::new,
            request("GET /v1/overview", ""),
            request("GET /v1/keys?limit=3&prefix=a%20b", ""),
            request("GET /v1/keys/a%2Fb", ""),
            request("GET /", ""),
            request("GET /metrics", ""),
            request("GET /health/live", ""),
            request("POST /v1/predict", QUESTION),
            request("GET /v1/topology", "")
                .replace("\r\n\r\n", "\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n")));
  }

  private static String request(String line, String body) {
    String type = body.isEmpty() ? "" : "Content-Type: application/json\r\n";
    String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
    return line
        + " HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nConnection: close\r\n"
        + type
        + length
        + "\r\n"
        + body;
  }

  private static int question(byte[] body) {
    try {
      WhatIfQuestion question = WhatIfQuestion.read(body, 17);
      byte first = question.value()[0];
      byte last = question.value()[question.value().length - 1];
      if (first != '{' || last != '}') {
        throw new AssertionError("an event from " + (char) first + " to " + (char) last);
      }
      return 0;
    } catch (Problem e) {
      return Refusal.shape(e.getMessage());
    }
  }
}
