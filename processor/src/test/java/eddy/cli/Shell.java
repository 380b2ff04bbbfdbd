package eddy.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs commands as a shell would, and keeps what they print. */
final class Shell {
  final StringWriter out = new StringWriter();
  final StringWriter error = new StringWriter();

  /** Runs a command line; its exit code. */
  int run(List<String> words) {
    return Eddy.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(error, true))
        .execute(words.toArray(String[]::new));
  }

  /** Replays a CSV file whose column {@code key} holds the key. */
  int replay(Path config, Path csv, Path output, String... more) {
    List<String> words = new ArrayList<>(List.of("replay", "--key", "key"));
    words.addAll(List.of("--config", config.toString(), "--csv", csv.toString()));
    words.addAll(List.of("--output", output.toString()));
    words.addAll(List.of(more));
    return run(words);
  }

  /** Forgets what was printed. */
  void clear() {
    out.getBuffer().setLength(0);
    error.getBuffer().setLength(0);
  }
}
