package eddy.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eddy.config.EddyConfig;
import eddy.query.TargetScore;
import eddy.query.TargetScore.Losses;
import eddy.query.TaskSummary;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoresJsonTest {
  private static final EddyConfig CONFIG =
      EddyConfig.of(
          Map.of(
              "eddy.features", "x",
              "eddy.targets", "x@+1,price@label,fraud:category@label",
              "eddy.labels.topic", "labels"));

  private static TaskSummary task(long labels, double eddy, double persistence) {
    Losses all = new Losses(labels, eddy, persistence);
    TargetScore score = new TargetScore(labels, eddy, persistence, eddy, all, List.of(all));
    return new TaskSummary(
        0, "t", 9, 9, 0, 0, 9, 9, 9, 0, 1, 1, false, 1f, Collections.nCopies(3, score), List.of());
  }

  private static ArrayNode scores(TaskSummary... tasks) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    ScoresJson.write(CONFIG.targets(), List.of(tasks), array);
    return array;
  }

  @Test
  void write_labelsOfATopic_areNumbersOrClassesToo() {
    ArrayNode scores = scores(task(4, 1, 2));
    assertThat(scores)
        .extracting(score -> score.get("target").textValue())
        .containsExactly("x@+1", "price@label", "fraud@label");
    assertThat(scores)
        .extracting(score -> score.get("kind").textValue())
        .containsExactly("number", "number", "class");
    assertThat(scores)
        .extracting(score -> score.get("labelTopic").booleanValue())
        .containsExactly(false, true, true);
  }

  @Test
  void write_twoTasks_countEveryLabelAlike() {
    ArrayNode scores = scores(task(3, 1, 2), task(1, 2, 6));
    assertThat(scores.get(0).at("/loss/eddy").doubleValue()).isEqualTo(0.75);
    assertThat(scores.get(0).at("/window/persistence").doubleValue()).isEqualTo(2);
    assertThat(scores.get(0).get("skill").doubleValue()).isEqualTo(0.625);
  }

  @Test
  void write_noLabelYet_isNull() {
    assertThat(scores(task(0, 0, 0)).get(2).get("skill").isNull()).isTrue();
  }
}
