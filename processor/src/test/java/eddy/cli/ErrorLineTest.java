package eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What commands say of wrong words, files and addresses: one line, exit code 2, no report. */
class ErrorLineTest {
  private final Shell shell = new Shell();

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        folder.resolve("app.properties"),
        String.join(
            "\n",
            "application.id=app",
            "bootstrap.servers=broker.invalid:9092",
            "eddy.input.topic=in",
            "eddy.output.topic=out",
            "eddy.dead.letter.topic=dead",
            "eddy.control.topic=control",
            "eddy.features=value",
            "eddy.targets=value@+1"));
    Files.writeString(folder.resolve("rows.csv"), "key,value\nk,1\n");
    Files.writeString(folder.resolve("bad.safetensors"), "garbage");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "replay | Missing required option: '--config=FILE'; see eddy replay --help",
        "repaly | did you mean replay?; see eddy --help",
        "plan --config none.properties | none.properties: there is no such file",
        "plan --config app.properties --jsn | did you mean --json?",
        "replay --config app.properties --csv none.csv --output o | none.csv: there is no such file",
        "replay --config app.properties --csv rows.csv --output o --limit x | '--limit': expected a"
            + " whole number, got 'x'",
        "feed --csv rows.csv --topic t --bootstrap-servers b:1 --rate x | '--rate': expected a"
            + " number, got 'x'",
        "feed --csv rows.csv --topic t --bootstrap-servers nonsense | --bootstrap-servers nonsense:",
        "import --config app.properties none.safetensors | none.safetensors: cannot be read: there"
            + " is no such file",
        "import --config app.properties bad.safetensors | is no safetensors file",
        "inspect --config app.properties | bootstrap.servers=broker.invalid:9092:",
        "export --config app.properties --output w | bootstrap.servers=broker.invalid:9092:",
        "reset --config app.properties | bootstrap.servers=broker.invalid:9092: cannot be used:",
        "demo --port 99999 | the port must be from 0 to 65535 but was 99999",
        "completion fish | expected one of [bash, zsh]",
      })
  void execute_wrongUse_isOneLineAndExitCode2(String command, String expected) {
    List<String> words =
        List.of(command.split(" ")).stream()
            .map(
                word -> Files.exists(folder.resolve(word)) ? folder.resolve(word).toString() : word)
            .toList();
    assertThat(shell.run(words)).as(shell.error.toString()).isEqualTo(2);
    assertThat(shell.out.toString()).isEmpty();
    assertThat(shell.error.toString().lines())
        .singleElement()
        .asString()
        .startsWith("eddy: ")
        .contains(expected);
  }

  @Test
  void replay_nothingPredicted_saysSo() throws IOException {
    Files.writeString(folder.resolve("rows.csv"), "key,value\nk,none\n");
    assertThat(
            shell.replay(
                folder.resolve("app.properties"),
                folder.resolve("rows.csv"),
                folder.resolve("out")))
        .isZero();
    assertThat(shell.out.toString()).contains("1 events, 1 rejected; no predictions");
  }
}
