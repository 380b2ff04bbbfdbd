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

  /** The bodies of questions. */
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
            () -> WebProbes::question));
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
