package eddy.broker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The command line of a broker's own JVM.
 *
 * @param exitWithParent whether the broker ends when the process that started it does
 */
record BrokerArguments(Path dataDirectory, boolean exitWithParent, BrokerSettings settings) {
  private static final String EXIT_WITH_PARENT = "--exit-with-parent";

  static BrokerArguments parse(String[] arguments) {
    Path dataDirectory = null;
    boolean exitWithParent = false;
    Map<String, String> properties = new TreeMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (argument.equals(EXIT_WITH_PARENT)) {
        exitWithParent = true;
      } else if (dataDirectory == null) {
        dataDirectory = Path.of(argument);
      } else if (equals > 0) {
        properties.put(argument.substring(0, equals), argument.substring(equals + 1));
      } else {
        throw new IllegalArgumentException("Expected PROPERTY=VALUE but got " + argument);
      }
    }
    if (dataDirectory == null) {
      throw new IllegalArgumentException("The data directory is missing; name it first");
    }
    int nodeId = number(properties, "node.id", 1);
    int port = number(properties, "port", 0);
    int controllerPort = number(properties, "controller.port", 0);
    return new BrokerArguments(
        dataDirectory,
        exitWithParent,
        new BrokerSettings(nodeId, port, controllerPort, properties));
  }

  /** The same as words; {@link #parse} understands them. */
  List<String> words() {
    List<String> words = new ArrayList<>(List.of(dataDirectory.toString()));
    if (exitWithParent) {
      words.add(EXIT_WITH_PARENT);
    }
    words.add("node.id=" + settings.nodeId());
    words.add("port=" + settings.port());
    words.add("controller.port=" + settings.controllerPort());
    new TreeMap<>(settings.overrides())
        .forEach((property, value) -> words.add(property + "=" + value));
    return words;
  }

  private static int number(Map<String, String> properties, String name, int absent) {
    String text = properties.remove(name);
    try {
      return text == null ? absent : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a whole number but was " + text, e);
    }
  }
}
