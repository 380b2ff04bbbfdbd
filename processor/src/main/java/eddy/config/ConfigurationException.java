package eddy.config;

import java.util.List;

/**
 * A configuration that cannot be used.
 *
 * <p>The message is for whoever wrote the configuration: for every problem one line that says which
 * key, which value, what bounds it and what to write instead. Below it may stand the text and a
 * caret at the place. Commands end with exit code 2 and print no stack trace.
 */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  public ConfigurationException(String problem) {
    this(List.of(problem));
  }

  /**
   * Several problems at once.
   *
   * @param problems at least one
   */
  public ConfigurationException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** The problems, in the order of their discovery. */
  public List<String> problems() {
    return problems == null ? List.of(getMessage()) : problems;
  }
}
