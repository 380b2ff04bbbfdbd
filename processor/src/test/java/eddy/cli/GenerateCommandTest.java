package eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class GenerateCommandTest {
  private static final String HELLO = "hello ";

  @TempDir Path folder;
  private Path config;
  private StringWriter out;
  private StringWriter error;

  @BeforeEach
  void writeConfiguration() throws IOException {
    config =
        write("text.properties", "eddy.features=char:category\neddy.targets=char:category@+1\n");
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private int run(String... arguments) {
    out = new StringWriter();
    error = new StringWriter();
    CommandLine command =
        Eddy.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(error));
    return command.execute(arguments);
  }

  private int generate(Path source, String... more) {
    List<String> words = new ArrayList<>(List.of("generate", "--config", config.toString()));
    words.addAll(
        List.of(source.toString().endsWith(".csv") ? "--csv" : "--text", source.toString()));
    words.addAll(List.of(more));
    return run(words.toArray(String[]::new));
  }

  @Test
  void generate_repeatedHello_givesItBack() throws IOException {
    Path text = write("hello.txt", HELLO.repeat(200));
    assertThat(generate(text, "--temperature", "0", "--length", "60")).isZero();
    assertThat(out.toString()).isEqualToNormalizingNewlines(HELLO.repeat(10) + "\n");
    assertThat(error.toString()).isEmpty();
  }

  @Test
  void generate_primedHello_goesOnAfterThePrime() throws IOException {
    Path text = write("hello.txt", HELLO.repeat(200));
    assertThat(generate(text, "--temperature", "0", "--length", "9", "--prime", "hello hel"))
        .isZero();
    assertThat(out.toString()).isEqualToNormalizingNewlines("lo hello \n");
  }

  @Test
  void generate_helloOfContextsAlone_givesItBack() throws IOException {
    config =
        write(
            "context.properties",
            "eddy.features=char:position:log\neddy.readout.features=char:context(3)\n"
                + "eddy.targets=char:category@+1\n");
    Path text = write("hello.txt", HELLO.repeat(200));
    assertThat(generate(text, "--temperature", "0", "--length", "60")).isZero();
    assertThat(out.toString()).isEqualToNormalizingNewlines(HELLO.repeat(10) + "\n");
  }

  @Test
  void generate_sameSeed_givesTheSameText() throws IOException {
    Path text = write("coin.txt", "abbabaaabbababbbabaabbaab".repeat(20));
    List<String> texts = new ArrayList<>();
    for (String seed : List.of("1", "1", "2")) {
      assertThat(generate(text, "--seed", seed, "--length", "100")).isZero();
      texts.add(out.toString());
    }
    assertThat(texts.get(0)).isEqualTo(texts.get(1)).isNotEqualTo(texts.get(2));
    assertThat(texts.get(0).strip()).hasSize(100).matches("[ab]+");
  }

  // four characters leave some doubt about an alternation, a hundred times four leave less
  @Test
  void generate_morePasses_learnMore() throws IOException {
    Path text = write("short.txt", "abab");
    List<Integer> broken = new ArrayList<>();
    for (String passes : List.of("1", "100")) {
      assertThat(generate(text, "--passes", passes, "--length", "1000")).isZero();
      broken.add(out.toString().split("(?<=a)(?=a)|(?<=b)(?=b)").length - 1);
    }
    assertThat(broken.get(1)).isLessThan(broken.get(0) / 2);
  }

  @Test
  void generate_casesOfActivities_endTheirLines() throws IOException {
    config =
        write(
            "case.properties",
            "eddy.features=step:category,step:category:lag(1)\neddy.targets=step:category@+1\n"
                + "eddy.weights=partition\n");
    StringBuilder rows = new StringBuilder("case,step\n");
    for (int i = 0; i < 150; i++) {
      for (String step : List.of("ask", "wait", "answer", "ask", "close")) {
        rows.append(i).append(',').append(step).append('\n');
      }
    }
    Path log = write("log.csv", rows.toString());
    int code =
        generate(
            log, "--key", "case", "--prime", "ask, wait", "--length", "3", "--temperature", "0");
    assertThat(code).isZero();
    assertThat(out.toString()).isEqualToNormalizingNewlines("answer\nask\nclose\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "char:category | x@+1 | eddy.targets: none is the class of the next event",
        "char:category | char:category@+2 | eddy.targets: none is the class of the next event",
        "char:category,time:gap | char:category@+1 | eddy.features: feature time:gap is not known",
        "char:category,x?:lag(1) | char:category@+1 | eddy.features: feature x?:lag(1) is not known",
      })
  void generate_featureOfSomethingElse_isRefusedByName(
      String features, String targets, String message) throws IOException {
    config = write("wrong.properties", "eddy.features=" + features + "\neddy.targets=" + targets);
    assertThat(generate(write("a.txt", "abc"))).isEqualTo(2);
    assertThat(error.toString()).startsWith("eddy: " + message);
    assertThat(error.toString().lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "--length, 0, --length must be >= 1 but was 0",
    "--passes, 0, --passes must be >= 1 but was 0",
    "--temperature, -1, --temperature must be >= 0 and finite but was -1.0",
    "--temperature, Infinity, finite but was Infinity",
    "--prime, '', --prime must hold at least one symbol",
    "--key, case, --key goes with --csv only",
  })
  void generate_wrongOption_isRefused(String option, String value, String message)
      throws IOException {
    assertThat(generate(write("a.txt", "abc"), option, value)).isEqualTo(2);
    assertThat(error.toString()).contains(message);
  }

  @Test
  void generate_nothingToLearnFrom_failsWithOneLine() throws IOException {
    assertThat(generate(write("empty.txt", ""))).isEqualTo(1);
    assertThat(error.toString()).contains("nothing was learned, as 0 of 0 events were rejected");
  }
}
