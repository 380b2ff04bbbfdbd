package eddy.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Allocation at sizes of use, where other loops are compiled than at the few units of other tests.
 * Each learner has a JVM of its own, as an app has: call sites that have seen many cells are
 * compiled in another way.
 */
class AllocationTest {
  @ParameterizedTest
  @CsvSource({"lstm,RTRL", "lstm,TBPTT", "gru,RTRL", "mixed,RTRL"})
  void observe_sizesOfUse_allocatesNothing(String cell, String estimator)
      throws IOException, InterruptedException {
    assertThat(inOwnJvm(cell, estimator)).as("bytes of 200 events").isEqualTo("0");
  }

  private static String inOwnJvm(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    if (vectors) {
      command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    }
    command.addAll(List.of("-cp", ManagementFactory.getRuntimeMXBean().getClassPath()));
    command.add(Allocation.class.getName());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as("exit of %s: %s", command, printed).isZero();
    return printed;
  }
}
