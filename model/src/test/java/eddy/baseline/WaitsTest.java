package eddy.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WaitsTest {
  @Test
  void find_moreThanMayWait_givesUpTheOldest() {
    Waits waits = new Waits(13, 1);
    for (int i = 0; i < 100; i++) {
      long number = waits.add(3L * i, 7L * i);
      waits.said(number)[0] = i;
      for (int j = 0; j <= i; j++) {
        long found = waits.find(3L * j);
        if (j <= i - 13) {
          assertThat(found).isEqualTo(-1);
        } else {
          assertThat(waits.mark(found)).isEqualTo(7L * j);
          assertThat(waits.said(found)[0]).isEqualTo(j);
        }
      }
      assertThat(waits.find(3L * i + 1)).isEqualTo(-1);
    }
  }
}
