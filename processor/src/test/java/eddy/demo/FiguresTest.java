package eddy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {
  private final Figures figures = new Figures(Lines.TARGETS, 2000);

  @Test
  void line_nothingYet_saysSo() {
    assertThat(figures.line(0, 3)).isEqualTo("waiting for the first prediction");
  }

  @Test
  void line_firstPredictions_tellNoRate() {
    assertThat(figures.line(500, 10)).isEqualTo("500 of 2,000 events predicted (25%)");
  }

  @Test
  void line_laterPredictions_tellRateSinceTheFirst() {
    figures.line(500, 10);

    assertThat(figures.line(1000, 12))
        .isEqualTo("1,000 of 2,000 events predicted (50%), 250/s, 4 s left");
  }

  @Test
  void line_scoredPredictions_tellSkill() {
    // wind: from 60 to 80, off by one degree, knot or millibar each
    figures.add(Lines.line(0, 60, 1));

    assertThat(figures.line(5, 1))
        .endsWith("; skill lat@+4 +0.0%, long@+4 +50.0%, wind@+4 +95.0%, pressure@+4 +80.0%");
  }

  @Test
  void lines_scoredPredictions_showTableAndSkillOfLate() {
    // the window holds only the later, better half
    for (int row = 0; row < 1000; row++) {
      figures.add(Lines.line(row, 60, 10));
    }
    for (int row = 1000; row < 2000; row++) {
      figures.add(Lines.line(row, 60, 2));
    }

    assertThat(String.join("\n", figures.lines(2000, 9)))
        .startsWith("2,000 of 2,000 events predicted (100%)")
        .containsPattern("wind@\\+4 +2000 +6\\.000 +20\\.00 +\\+70\\.0%")
        .contains("skill over the last 1,000: ")
        .contains("wind@+4 +90.0%");
  }
}
