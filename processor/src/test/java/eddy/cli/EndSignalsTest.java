package eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EndSignalsTest {
  @Test
  void requireUntold_withoutASignal_goesOn() {
    try (EndSignals signals = EndSignals.watch(Thread.currentThread()::interrupt)) {
      assertThatCode(signals::requireUntold).doesNotThrowAnyException();
    }
  }

  @Test
  void requireUntold_afterAnInterruptThatWasSwallowed_ends() {
    try (EndSignals signals = EndSignals.watch(Thread.currentThread()::interrupt)) {
      signals.tell();
      assertThat(Thread.interrupted()).isTrue(); // as code does that catches and goes on
      assertThatThrownBy(signals::requireUntold).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void requireUntold_afterAnInterruptThatIsStillThere_leavesNone() {
    try (EndSignals signals = EndSignals.watch(Thread.currentThread()::interrupt)) {
      signals.tell();
      assertThatThrownBy(signals::requireUntold).isInstanceOf(InterruptedException.class);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }
}
