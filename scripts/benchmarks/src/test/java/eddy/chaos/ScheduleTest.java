package eddy.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static List<Fault> first(long seed) {
    Schedule schedule = new Schedule(EnumSet.allOf(Fault.class), seed);
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < 2 * Fault.values().length; i++) {
      faults.add(schedule.next());
    }
    return faults;
  }

  @Test
  void next_oneSeed_isTheSameEveryTime() {
    assertThat(first(3)).isEqualTo(first(3)).isNotEqualTo(first(4));
  }

  @Test
  void next_eachKind_comesOnceBeforeOneComesTwice() {
    int kinds = Fault.values().length;
    assertThat(first(1).subList(0, kinds)).containsExactlyInAnyOrder(Fault.values());
    assertThat(first(1).subList(kinds, 2 * kinds)).containsExactlyInAnyOrder(Fault.values());
  }
}
