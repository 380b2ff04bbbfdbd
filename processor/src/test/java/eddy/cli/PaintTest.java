package eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaintTest {
  private static final String GREEN = "\u001b[32m";
  private static final String RED = "\u001b[31m";
  private static final String END = "\u001b[0m";

  private static final String SCORES =
      "target   MAE  skill\nlat@+4  1.04  +53.4%\nwind    2.00   -3.1%\nx       0.10   +0.0%\n";

  private final Paint coloured = new Paint(true);

  @Test
  void scores_coloured_showWhatIsWonAndLost() {
    assertThat(coloured.scores(SCORES))
        .startsWith("\u001b[1mtarget   MAE  skill" + END + "\n")
        .contains(GREEN + "+53.4%" + END, RED + "-3.1%" + END, "   +0.0%\n");
  }

  @Test
  void scores_withoutColours_stayAsTheyAre() {
    assertThat(new Paint(false).scores(SCORES)).isEqualTo(SCORES);
    assertThat(new Paint(false).failure("eddy:")).isEqualTo("eddy:");
  }

  @Test
  void scores_coloursTakenAway_areTheSameText() {
    assertThat(coloured.scores(SCORES).replaceAll("\u001b\\[\\d+m", "")).isEqualTo(SCORES);
  }

  @Test
  void report_lossThatGrew_isNotShownAsWon() {
    String sweep = "variant  loss to base\nunits=8  +2.00%  3.1 worse\n";
    assertThat(coloured.report(sweep)).contains("+2.00%  3.1 " + RED + "worse" + END);
    assertThat(coloured.report("equal: 4 predictions")).startsWith(GREEN + "equal" + END + ":");
  }

  @ParameterizedTest
  @CsvSource({
    // shown, TERM, NO_COLOR, CLICOLOR_FORCE, coloured
    "true, xterm-256color, '', '', true",
    "false, xterm-256color, '', '', false",
    "true, dumb, '', '', false",
    "true, xterm, 1, '', false",
    "false, xterm, '', 1, true",
    "false, xterm, '', 0, false",
    "true, xterm, 1, 1, false"
  })
  void isColoured_environment_decides(
      boolean shown, String term, String without, String forced, boolean expected) {
    Map<String, String> environment =
        Map.of("TERM", term, "NO_COLOR", without, "CLICOLOR_FORCE", forced);
    assertThat(Terminal.isColoured(shown, environment)).isEqualTo(expected);
  }
}
