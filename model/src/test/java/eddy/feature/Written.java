package eddy.feature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Features as a user writes them. */
final class Written {
  private Written() {}

  static FeatureSpec feature(String text) {
    String[] links = text.split(":");
    boolean optional = links[0].endsWith("?");
    String field = optional ? links[0].substring(0, links[0].length() - 1) : links[0];
    List<Encoder> chain = new ArrayList<>();
    for (String link : Arrays.copyOfRange(links, 1, links.length)) {
      int open = link.indexOf('(');
      chain.add(
          open < 0
              ? Encoders.of(link, List.of())
              : Encoders.of(
                  link.substring(0, open),
                  List.of(link.substring(open + 1, link.length() - 1).split(","))));
    }
    return new FeatureSpec(field, optional, chain);
  }

  static List<FeatureSpec> features(String... texts) {
    return Arrays.stream(texts).map(Written::feature).toList();
  }
}
