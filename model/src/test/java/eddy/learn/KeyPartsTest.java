package eddy.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eddy.feature.SequenceSpec;
import eddy.learn.LearnerSpec.Estimator;
import eddy.learn.Streams.Row;
import eddy.math.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** State that is stored in parts, written as they change and read as they are needed. */
class KeyPartsTest {
  private static final int EVENTS = 90;

  static Stream<Arguments> learners() {
    List<Arguments> cases = new ArrayList<>();
    for (String cell : List.of("lstm", "gru", "jordan")) {
      for (int block : new int[] {1, 7, 24}) {
        cases.add(Arguments.of(cell, Estimator.RTRL, block));
      }
    }
    // the window of others is too small for parts
    cases.add(Arguments.of("lstm", Estimator.TBPTT, 0));
    return cases.stream();
  }

  private static LearnerSpec.Draft draft(String cell, Estimator estimator, int block) {
    return Streams.draft()
        .panel("recurrent-gradient")
        .cell(cell)
        .units(16)
        .estimator(estimator)
        .block(block)
        .window(64)
        .budget(new LearnerSpec.Budget(1L << 30, 1L << 40));
  }

  /** What a store holds of one key. */
  private static final class Stored {
    final Prequential learner;
    final byte[][] parts;
    byte[] head;
    int written;

    Stored(Prequential learner) {
      this.learner = learner;
      parts = new byte[learner.parts().count()][];
    }

    void write(KeyState key) {
      KeyParts codec = learner.parts();
      for (int part = 0; part < parts.length; part++) {
        if (!codec.needed(key, part)) {
          parts[part] = null;
        } else if (codec.changed(key, part)) {
          parts[part] = codec.encode(key, part);
          codec.setChanged(key, part, false);
          written++;
        }
      }
      head = learner.encodeHead(key);
    }

    KeyState read() {
      KeyState key = learner.decodeHead(head);
      for (int part = 0; part < parts.length; part++) {
        if (learner.parts().needed(key, part)) {
          assertThat(parts[part]).as("part %d", part).isNotNull();
          learner.parts().decode(parts[part], part, key);
        }
      }
      return key;
    }
  }

  @ParameterizedTest
  @MethodSource("learners")
  void decode_partsWrittenNowAndThen_continuesBitForBit(
      String cell, Estimator estimator, int block) {
    SequenceSpec ends = new SequenceSpec(SequenceSpec.Output.EVERY, "end", false);
    for (SequenceSpec sequence : List.of(SequenceSpec.ENDLESS, ends)) {
      compare(Prequential.of(draft(cell, estimator, block).sequence(sequence).build()), block);
    }
  }

  private static void compare(Prequential learner, int seed) {
    RandomStream random = new RandomStream(seed);
    Row[] rows = Streams.rows(seed, EVENTS);
    KeyState calm = learner.newKeyState();
    Weights calmWeights = learner.newWeights();
    KeyState torn = learner.newKeyState();
    Weights tornWeights = learner.newWeights();
    Stored stored = new Stored(learner);
    Stored everyTime = new Stored(learner);
    assertThat(stored.parts.length).isGreaterThan(1);
    for (int i = 0; i < EVENTS; i++) {
      String expected = Streams.text(learner.observe(rows[i].into(learner, i), calm, calmWeights));
      String actual = Streams.text(learner.observe(rows[i].into(learner, i), torn, tornWeights));
      assertThat(actual).as("event %d", i).isEqualTo(expected);
      everyTime.write(calm);
      if (random.uniform(0, 1) < 0.15) {
        stored.write(torn);
        assertThat(stored.parts).as("whenever it was written").isDeepEqualTo(everyTime.parts);
        torn = random.uniform(0, 1) < 0.7 ? stored.read() : torn;
        assertThat(learner.encode(torn)).as("event %d", i).isEqualTo(learner.encode(calm));
      }
    }
  }

  @Test
  void changed_oneEventOfALongBlock_isLittleOfTheTrace() {
    Prequential learner = Prequential.of(draft("lstm", Estimator.RTRL, 32).build());
    Row[] rows = Streams.rows(1, EVENTS);
    KeyState key = learner.newKeyState();
    Weights weights = learner.newWeights();
    Stored stored = new Stored(learner);
    for (int i = 0; i < EVENTS; i++) {
      learner.observe(rows[i].into(learner, i), key, weights);
      stored.write(key);
    }
    // lanes of three horizons: at an event each has a step, and about 3 of 32 rows of the carry
    assertThat(stored.written / EVENTS).isLessThan(learner.parts().count() / 10);
  }

  @Test
  void encode_whole_restoresPartsThatAreStillToBeStored() {
    Prequential learner = Prequential.of(draft("gru", Estimator.RTRL, 8).build());
    Row[] rows = Streams.rows(2, EVENTS);
    KeyState key = learner.newKeyState();
    Weights weights = learner.newWeights();
    for (int i = 0; i < EVENTS; i++) {
      learner.observe(rows[i].into(learner, i), key, weights);
    }
    KeyState restored = learner.decodeKeyState(learner.encode(key));
    Stored stored = new Stored(learner);
    stored.write(restored);

    assertThat(learner.encode(stored.read())).isEqualTo(learner.encode(key));
  }

  @Test
  void encode_tracesNotDurable_isTheHeadAloneAndLearnsFromAZeroCarry() {
    for (String cell : List.of("lstm", "mixed")) {
      LearnerSpec.Draft draft = draft(cell, Estimator.RTRL, 8);
      Prequential kept = Prequential.of(draft.build());
      Prequential learner = Prequential.of(draft.withoutDurableTraces().build());
      Row[] rows = Streams.rows(2, EVENTS);
      KeyState key = learner.newKeyState();
      Weights weights = learner.newWeights();
      for (int i = 0; i < EVENTS / 2; i++) {
        learner.observe(rows[i].into(learner, i), key, weights);
      }
      assertThat(key.takeTracesLost()).isFalse();
      KeyState back = learner.decodeHead(learner.encodeHead(key));

      assertThat(learner.parts().count()).isZero();
      int traces = 0;
      for (var recurrent : key.recurrent) {
        traces += Float.BYTES * recurrent.trace.length;
      }
      assertThat(kept.bytesPerKey() - learner.bytesPerKey()).isGreaterThanOrEqualTo(traces);
      assertThat(learner.learner()).isEqualTo(kept.learner().replace(" in ", " not durable in "));
      assertThat(back.takeTracesLost()).isTrue();
      assertThat(back.takeTracesLost()).as("told once").isFalse();
      for (int r = 0; r < back.recurrent.length; r++) {
        assertThat(back.recurrent[r].state).isEqualTo(key.recurrent[r].state);
        assertThat(back.recurrent[r].trace).containsOnly(0f);
      }
      for (int i = EVENTS / 2; i < EVENTS; i++) {
        learner.observe(rows[i].into(learner, i), back, weights);
      }
      assertThat(weights.skipped()).isZero();
      assertThatThrownBy(() -> kept.decodeHead(learner.encodeHead(key)))
          .isInstanceOf(IncompatibleStateException.class)
          .hasMessageContaining("fingerprint");
    }
  }

  @Test
  void decode_anotherPartOrOneThatIsTorn_isRefused() {
    Prequential learner = Prequential.of(draft("lstm", Estimator.TBPTT, 0).build());
    KeyState key = learner.newKeyState();
    learner.observe(Streams.rows(1, 1)[0].into(learner, 0), key, learner.newWeights());
    byte[] part = learner.parts().encode(key, 0);

    assertThatThrownBy(() -> learner.parts().decode(part, 1, key))
        .isInstanceOf(IncompatibleStateException.class)
        .hasMessageContaining("number of the part");
    part[40] ^= 1;
    assertThatThrownBy(() -> learner.parts().decode(part, 0, key))
        .isInstanceOf(IncompatibleStateException.class)
        .hasMessageContaining("checksum");
  }

  @Test
  void bytesPerKey_allParts_areWithinATenthOfTheArrays() {
    for (String cell : List.of("lstm", "gru", "elman")) {
      Prequential learner = Prequential.of(draft(cell, Estimator.RTRL, 0).build());
      long arrays = 0;
      for (var recurrent : learner.newKeyState().recurrent) {
        arrays += (long) Float.BYTES * (recurrent.state.length + recurrent.trace.length);
      }
      assertThat(learner.bytesPerKey()).as(cell).isLessThan((int) (1.1 * arrays));
    }
  }
}
