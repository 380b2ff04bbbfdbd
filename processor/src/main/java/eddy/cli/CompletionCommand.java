package eddy.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes what a shell needs to complete commands, options and files. */
@Command(
    name = "completion",
    description =
        "Prints a script by which bash or zsh complete commands, options, and the names of files:"
            + " for eddy, and so for scripts/eddy.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  In this shell, bash or zsh:",
      "    source <(eddy completion)",
      "  In every bash from now on:",
      "    eddy completion > ~/.local/share/bash-completion/completions/eddy"
    },
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec specification;

  /** Shells that read the script. */
  enum Target {
    bash,
    zsh
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "SHELL",
      description = "bash or zsh, which read the same script.")
  private Target shell;

  @Override
  public Integer call() {
    PrintWriter out = specification.commandLine().getOut();
    out.print(AutoComplete.bash("eddy", specification.root().commandLine()));
    out.flush();
    return CommandLine.ExitCode.OK;
  }
}
