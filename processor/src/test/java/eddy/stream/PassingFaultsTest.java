package eddy.stream;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.learn.IncompatibleStateException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class PassingFaultsTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // a clock may overflow
  private final PassingFaults faults = new PassingFaults(nanos::get);

  @Test
  void isPassing_faultsOfTheCluster_byTheirCauses() {
    Exception ended = new InvalidTxnStateException("ended by a broker that is gone");
    assertThat(faults.isPassing(new StreamsException("commit", ended))).isTrue();
    assertThat(faults.isPassing(new StreamsException(new TimeoutException("60 s")))).isTrue();
  }

  @Test
  void isPassing_whatWouldComeAgain_isNot() {
    assertThat(faults.isPassing(new StreamsException(new AuthorizationException("no")))).isFalse();
    assertThat(faults.isPassing(new StreamsException(new NullPointerException()))).isFalse();
    assertThat(faults.isPassing(new IncompatibleStateException("another spec"))).isFalse();
  }

  @Test
  void isPassing_faultsThatKeepComing_endOnceThereAreTooManyInTheTime() {
    TimeoutException fault = new TimeoutException("60 s");
    for (int i = 0; i < PassingFaults.MOST; i++) {
      assertThat(faults.isPassing(fault)).isTrue();
    }
    assertThat(faults.isPassing(fault)).isFalse();
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(PassingFaults.MINUTES) + 1);
    assertThat(faults.isPassing(fault)).isTrue();
  }
}
