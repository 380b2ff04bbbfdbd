package eddy.feature;

import java.util.List;

/**
 * The texts between the parentheses of one link.
 *
 * @param name of the link
 * @param example what a right one looks like
 * @param texts as they were split at commas
 */
record Arguments(String name, String example, List<String> texts) {
  Arguments {
    texts = List.copyOf(texts);
  }

  /** These arguments, refused unless there are between fewest and most of them. */
  Arguments size(int fewest, int most) {
    if (texts.size() < fewest || texts.size() > most) {
      String wanted = fewest == most ? "" + fewest : fewest + " to " + most;
      throw wrong(
          "it takes "
              + wanted
              + (most == 1 ? " argument" : " arguments")
              + " but has "
              + texts.size());
    }
    return this;
  }

  boolean isEmpty() {
    return texts.isEmpty();
  }

  String text(int index) {
    return texts.get(index).trim();
  }

  int integer(int index) {
    return integer(text(index));
  }

  int integer(String text) {
    try {
      return Integer.parseInt(text.trim());
    } catch (NumberFormatException e) {
      throw wrong("expected a whole number but got \"" + text + "\"");
    }
  }

  double number(int index) {
    try {
      return Double.parseDouble(text(index));
    } catch (NumberFormatException e) {
      throw wrong("expected a number but got \"" + text(index) + "\"");
    }
  }

  /** An error that names the link, the problem and the remedy. */
  IllegalArgumentException wrong(String problem) {
    String given = name + (texts.isEmpty() ? "" : "(" + String.join(",", texts) + ")");
    return new IllegalArgumentException(given + ": " + problem + "; write " + example);
  }
}
