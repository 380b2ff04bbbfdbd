package eddy.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LockstepTest {
  @Test
  void run_unequalReplays_meetAtTheSameEvent() throws IOException {
    long[] lengths = {10 * Lockstep.ROUND, 4 * Lockstep.ROUND + 7, 10 * Lockstep.ROUND};
    AtomicLongArray at = new AtomicLongArray(lengths.length);
    List<List<Long>> met = new ArrayList<>();
    List<Lockstep.Lane<Integer>> lanes = new ArrayList<>();
    for (int i = 0; i < lengths.length; i++) {
      int lane = i;
      lanes.add(
          step -> {
            for (long event = 1; event <= lengths[lane]; event++) {
              at.set(lane, event);
              step.update(event, Double.NaN);
            }
            return lane;
          });
    }
    List<Integer> results =
        new Lockstep(() -> met.add(List.of(at.get(0), at.get(1), at.get(2)))).run(lanes);
    assertThat(results).containsExactly(0, 1, 2);
    assertThat(met).hasSize(11);
    for (int round = 0; round < met.size(); round++) {
      for (int lane = 0; lane < lengths.length; lane++) {
        assertThat(met.get(round).get(lane))
            .isEqualTo(Math.min(lengths[lane], (round + 1L) * Lockstep.ROUND));
      }
    }
  }

  @Test
  void run_oneThatFails_endsTheOthersAndTellsWhy() {
    AtomicInteger events = new AtomicInteger();
    Lockstep.Lane<Void> endless =
        step -> {
          for (long event = 1; ; event++) {
            events.incrementAndGet();
            step.update(event, Double.NaN);
          }
        };
    Lockstep.Lane<Void> failing =
        step -> {
          for (long event = 1; event <= 3 * Lockstep.ROUND; event++) {
            step.update(event, Double.NaN);
          }
          throw new IOException("the disk is gone");
        };
    assertThatThrownBy(() -> new Lockstep(() -> {}).run(List.of(endless, failing)))
        .isInstanceOf(IOException.class)
        .hasMessage("the disk is gone");
    assertThat(events.get()).isLessThanOrEqualTo(4 * Lockstep.ROUND);
  }
}
