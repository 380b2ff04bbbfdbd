package eddy.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** A few rows of the matrix that no other test has, through the command that runs them all. */
class CrashTestIT {
  private final StringWriter out = new StringWriter();
  private final StringWriter error = new StringWriter();

  private int run(String... arguments) {
    return new CommandLine(new CrashTest())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(error, true))
        .execute(arguments);
  }

  private void assertEqualAfter(int kills) throws Exception {
    JsonNode rows = new ObjectMapper().readTree(out.toString()).get("rows");
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).get("equal").asBoolean()).as(error.toString()).isTrue();
    assertThat(rows.get(0).get("kills").asInt()).isEqualTo(kills);
    assertThat(rows.get(0).get("predictions").asInt()).isEqualTo(2000);
  }

  @Test
  void crashTest_standbyTakesOver_leavesTheSameBytes() throws Exception {
    int code =
        run("--scenario=standby", "--weights=key", "--labels=same", "--events=2000", "--json");

    assertThat(code).as(error + "" + out).isZero();
    assertEqualAfter(2);
  }

  @Test
  void crashTest_brokerOfThreeIsKilled_leavesWhatTheLedgerGives() throws Exception {
    int code =
        run(
            "--scenario=broker",
            "--weights=partition",
            "--labels=topic",
            "--events=2000",
            "--json");

    assertThat(code).as(error + "" + out).isZero();
    assertEqualAfter(2);
  }
}
