package eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real shells complete with the script of {@code eddy completion}. */
class CompletionTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Shell shell = new Shell();
    assertThat(shell.run(List.of("completion"))).isZero();
    assertThat(shell.error.toString()).isEmpty();
    Files.writeString(folder.resolve("eddy.sh"), shell.out.toString());
    Files.writeString(folder.resolve("storms.properties"), "");
    Files.writeString(folder.resolve("storms.csv"), "");
  }

  /** What bash offers for the last word of a command line. */
  private List<String> offered(String... words) throws Exception {
    String script =
        """
        set -eu
        source ./eddy.sh
        # the function that is registered for the word that the user has typed
        function=$(complete -p eddy | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
        COMP_WORDS=("$@")
        COMP_CWORD=$(($# - 1))
        COMP_LINE="$*"
        COMP_POINT=${#COMP_LINE}
        COMPREPLY=()
        set +eu
        # which bash itself lets be called while it completes only
        compopt() { :; }
        "$function" eddy "${COMP_WORDS[COMP_CWORD]}"
        printf '%s\\n' "${COMPREPLY[@]}"
        """;
    List<String> command = new ArrayList<>(List.of("bash", "-c", script, "bash"));
    command.addAll(List.of(words));
    return lines(command);
  }

  private List<String> lines(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).directory(folder.toFile()).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(error).isZero();
    assertThat(error).isEmpty();
    return out.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  @Test
  void completion_beginOfACommand_offersIt() throws Exception {
    assertThat(offered("eddy", "re")).containsExactlyInAnyOrder("replay", "reset");
    assertThat(offered("scripts/eddy", "ins")).containsExactly("inspect");
  }

  @Test
  void completion_noWordYet_offersAllCommands() throws Exception {
    assertThat(offered("eddy", "")).containsAll(Eddy.commandLine().getSubcommands().keySet());
  }

  @Test
  void completion_beginOfAnOption_offersThoseOfTheCommand() throws Exception {
    assertThat(offered("eddy", "replay", "--co"))
        .containsExactlyInAnyOrder("--config", "--compare");
    assertThat(offered("eddy", "reset", "--d")).containsExactly("--dry-run");
  }

  @Test
  void completion_valueThatIsAFile_offersFiles() throws Exception {
    assertThat(offered("eddy", "plan", "--config", "sto"))
        .containsExactlyInAnyOrder("storms.properties", "storms.csv");
  }

  /** By bash's functions, which the script brings into zsh. */
  @Test
  void completion_inZsh_isRegistered() throws Exception {
    if (!Files.isExecutable(Path.of("/usr/bin/zsh"))) {
      assertThat(System.getenv("CI")).as("apt-get install zsh").isNull();
      System.err.println("*** NOT TESTED: completion in zsh, there is no /usr/bin/zsh ***");
      return;
    }
    String script = "source ./eddy.sh && print -r -- $_comps[eddy]";
    assertThat(lines(List.of("zsh", "-f", "-c", script)))
        .containsExactly("_bash_complete -F _complete_eddy -o default");
  }
}
