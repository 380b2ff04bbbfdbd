package eddy.learn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RehearsalTest {
  @Test
  void run_someEvents_learnsOnStateOfItsOwn() {
    Prequential learner = Prequential.of(Streams.draft().build());
    Streams.Row[] rows = Streams.rows(1, 40);
    String expected = last(learner, rows);
    Rehearsal rehearsal = new Rehearsal(learner);
    rehearsal.run(1000);
    assertThat(last(learner, rows)).isEqualTo(expected);
    assertThat(rehearsal.updates()).isGreaterThan(500);
    assertThat(rehearsal.skipped()).isZero();
  }

  private static String last(Prequential learner, Streams.Row[] rows) {
    KeyState key = learner.newKeyState();
    Weights weights = learner.newWeights();
    String text = "";
    for (int i = 0; i < rows.length; i++) {
      text = Streams.text(learner.observe(rows[i].into(learner, i), key, weights));
    }
    return text;
  }
}
