package eddy.config;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How dashboard and queries are served.
 *
 * @param host address that is listened at
 * @param port of it, 0 for a free one
 * @param token that requests must bear; empty where they need none
 * @param rate requests a second of one client, 0 for any number
 * @param recentBytes heap for the newest events of keys
 */
public record WebSettings(
    String host, int port, Optional<String> token, int rate, long recentBytes) {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?");

  public WebSettings {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(token, "token");
  }

  /** Whether only this machine reaches the address. */
  public boolean isLoopback() {
    return LOOPBACK.matcher(host).matches();
  }

  /** Says all but the token. */
  @Override
  public String toString() {
    return host + ":" + port + (token.isPresent() ? " with a token" : "");
  }
}
