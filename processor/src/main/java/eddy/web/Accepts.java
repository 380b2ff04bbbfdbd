package eddy.web;

import io.javalin.http.Context;

/** Whether a client takes what there is. */
final class Accepts {
  private Accepts() {}

  /** Throws a problem where the Accept header of a request leaves out a media type. */
  static void require(Context context, String type) {
    String accept = context.header("Accept");
    if (accept == null || accept.isBlank()) {
      return;
    }
    for (String range : accept.split(",")) {
      String[] parts = range.strip().split("\\s*;\\s*");
      if (covers(parts[0], type) && !isRefused(parts)) {
        return;
      }
    }
    throw Problem.notAcceptable(type);
  }

  private static boolean covers(String range, String type) {
    return range.equals("*/*")
        || range.equalsIgnoreCase(type)
        || range.equals(type.substring(0, type.indexOf('/')) + "/*");
  }

  private static boolean isRefused(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      if (parts[i].matches("q=0(\\.0*)?")) {
        return true;
      }
    }
    return false;
  }
}
