package eddy.report.html;

import java.util.regex.Pattern;

/** Hides what must not leave the machine from what is shown of a configuration. */
final class Secrets {
  static final String HIDDEN = "(hidden)";

  private static final Pattern SECRET_KEY =
      Pattern.compile(
          "password|passwd|secret|token|credential|jaas|keystore\\.key|private\\.?key"
              + "|api\\.?key|user\\.?info",
          Pattern.CASE_INSENSITIVE);

  /** The user part of a URL. */
  private static final Pattern USER = Pattern.compile("(?<=://)[^/@\\s]+@");

  private Secrets() {}

  /** What is shown of a value. */
  static String hide(String key, String value) {
    if (SECRET_KEY.matcher(key).find()) {
      return HIDDEN;
    }
    return USER.matcher(value).replaceAll(HIDDEN + "@");
  }
}
