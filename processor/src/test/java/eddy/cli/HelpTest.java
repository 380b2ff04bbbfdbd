package eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What {@code --help} says. */
class HelpTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("^ +(?:[A-Z_]+=\\S+ )*(eddy(?: .*)?)$", Pattern.MULTILINE);
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  private final Shell shell = new Shell();

  static Stream<String> commands() {
    return Eddy.commandLine().getSubcommands().keySet().stream();
  }

  private String help(String command) {
    assertThat(shell.run(List.of(command, "--help"))).isZero();
    assertThat(shell.error.toString()).isEmpty();
    return shell.out.toString();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void help_ofEveryCommand_hasExamplesThatItUnderstands(String name) {
    List<String> examples = examples(help(name));
    assertThat(examples).anyMatch(example -> example.startsWith("eddy " + name));
    for (String example : examples) {
      String[] words = words(example);
      assertThatCode(() -> Eddy.commandLine().parseArgs(words))
          .as(example)
          .doesNotThrowAnyException();
    }
  }

  /** Commands as they would be typed: lines that go on are joined, redirections left out. */
  private static List<String> examples(String help) {
    String joined = help.replaceAll("\\\\\\R +", "");
    List<String> examples = new ArrayList<>();
    Matcher found = EXAMPLE.matcher(joined.replaceAll("source <\\((.*)\\)", "$1"));
    while (found.find()) {
      examples.add(found.group(1).replaceAll(" >+ .*", ""));
    }
    return examples;
  }

  private static String[] words(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command);
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    return words.subList(1, words.size()).toArray(String[]::new);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void help_ofEveryCommand_tellsExitCodes(String name) {
    String help = help(name);
    assertThat(help).contains("Exit codes:", "  0   Done.", "  2   Wrong use or configuration");
    assertThat(help.contains("  3   ")).isEqualTo(name.equals("replay"));
  }

  @Test
  void help_ofAll_hasExamplesThatAreUnderstood() {
    assertThat(shell.run(List.of("--help"))).isZero();
    assertThat(examples(shell.out.toString()))
        .hasSize(3)
        .allSatisfy(example -> Eddy.commandLine().parseArgs(words(example)));
  }

  @Test
  void help_coloured_hasTheSameWords() {
    String plain = new CommandLine(new Eddy()).getUsageMessage(CommandLine.Help.Ansi.OFF);
    String coloured = new CommandLine(new Eddy()).getUsageMessage(CommandLine.Help.Ansi.ON);
    assertThat(coloured).isNotEqualTo(plain);
    assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
  }

  @Test
  void docs_everyCommand_isInTheTable() throws Exception {
    String docs = Files.readString(Path.of("..", "docs", "command-line.md"));
    assertThat(commands()).allSatisfy(name -> assertThat(docs).contains("| `" + name));
  }
}
