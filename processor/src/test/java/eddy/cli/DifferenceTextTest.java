package eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.replay.Difference;
import eddy.replay.FieldDifference;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class DifferenceTextTest {
  private static final TopicPartition PLACE = new TopicPartition("predictions", 1);

  @Test
  void of_fields_standSideBySideWithHowFarTheyAreApart() {
    Difference difference =
        new Difference(
            PLACE,
            42,
            "differs from what storms-1-40 gives",
            List.of(
                new FieldDifference("record timestamp", "1001", "1000"),
                new FieldDifference("predictions.wind@+4.model", "52.5", "50"),
                new FieldDifference("predictions.wind@+4.source", "model", "baseline"),
                new FieldDifference("updates", "7.0", "7"),
                new FieldDifference("record header trace", null, "a"),
                new FieldDifference("record header more", "b", null)));
    assertThat(DifferenceText.of(difference, 1234))
        .isEqualToNormalizingNewlines(
            """
            different: predictions-1-42 differs from what storms-1-40 gives; 1,234 predictions before it are equal
              field                       published  derived
              record timestamp            1001       1000      off by 1.00, 0.00100 of it
              predictions.wind@+4.model   52.5       50        off by 2.50, 0.0500 of it
              predictions.wind@+4.source  model      baseline
              updates                     7.0        7         the same number, written differently
              record header trace         (none)     a         missing
              record header more          b          (none)    too much
            """);
  }

  @Test
  void of_longTexts_areCutAroundTheFirstCharacterThatDiffers() {
    String same = "x".repeat(500);
    Difference difference =
        new Difference(
            PLACE,
            0,
            "differs",
            List.of(new FieldDifference("value", same + "A" + same, same + "B" + same)));
    String[] lines = DifferenceText.of(difference, 0).split("\\R");
    assertThat(lines[2])
        .contains("…xxxxxxxxxxAxxx", "…xxxxxxxxxxBxxx", "from character 500 of 1001 and 1001")
        .hasSizeLessThan(150);
  }

  @Test
  void of_noRecordToCompareWith_isOneLine() {
    assertThat(DifferenceText.of(new Difference(PLACE, 7, "is missing", List.of()), 3))
        .isEqualToNormalizingNewlines(
            "different: predictions-1-7 is missing; 3 predictions before it are equal\n");
  }
}
