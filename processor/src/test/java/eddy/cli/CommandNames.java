package eddy.cli;

import java.util.Set;

/** The names of all commands, for tests of what is said about them. */
public final class CommandNames {
  private CommandNames() {}

  public static Set<String> all() {
    return Eddy.commandLine().getSubcommands().keySet();
  }
}
