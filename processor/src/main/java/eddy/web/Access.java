package eddy.web;

import eddy.config.WebSettings;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/** Lets requests in that may come in. */
final class Access {
  private static final String BEARER = "Bearer ";

  /** Names under which a machine knows itself. */
  private static final Pattern LOCAL =
      Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?");

  /** What monitors and the page itself need before anybody has a token. */
  private static final List<String> OF_ALL = List.of("/v1", "/metrics");

  private final WebSettings settings;
  private final byte[] token;
  private final RateLimit rate;

  /**
   * A door.
   *
   * @param nanoTime clock of the rate
   */
  Access(WebSettings settings, LongSupplier nanoTime) {
    this.settings = settings;
    token = settings.token().map(Access::digest).orElse(null);
    rate = new RateLimit(settings.rate(), nanoTime);
  }

  /** Throws a problem where the request may not come in. */
  void check(Context context) {
    if (!rate.allows(context.req().getRemoteAddr())) {
      throw Problem.tooMany("more than eddy.web.rate=" + settings.rate() + " requests a second");
    }
    String host = context.header("Host");
    // a page of another site may have its own name resolve to this machine
    if (token == null && settings.isLoopback() && host != null && !LOCAL.matcher(host).matches()) {
      throw Problem.misdirected(host);
    }
    if (token != null && isGuarded(context.path()) && !isBorne(context.header("Authorization"))) {
      throw Problem.unauthorized();
    }
  }

  private static boolean isGuarded(String path) {
    return OF_ALL.stream().anyMatch(path::startsWith);
  }

  /** In a time that does not tell how much of it was right. */
  private boolean isBorne(String authorization) {
    boolean bearer = authorization != null && authorization.startsWith(BEARER);
    return bearer && MessageDigest.isEqual(token, digest(authorization.substring(BEARER.length())));
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
