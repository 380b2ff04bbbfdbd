package eddy.stream;

import static eddy.stream.PassingFaults.Origin.CLUSTER;
import static eddy.stream.PassingFaults.Origin.LASTING;
import static eddy.stream.PassingFaults.Origin.LOCAL_STATE;
import static org.assertj.core.api.Assertions.assertThat;

import eddy.event.SchemaRegistryException;
import eddy.learn.IncompatibleStateException;
import java.net.ConnectException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class PassingFaultsTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // a clock may overflow
  private final PassingFaults faults = new PassingFaults(nanos::get);

  @Test
  void of_faultsOfTheCluster_byTheirCauses() {
    Exception ended = new InvalidTxnStateException("ended by a broker that is gone");
    assertThat(faults.of(new StreamsException("commit", ended))).isEqualTo(CLUSTER);
    assertThat(faults.of(new StreamsException(new TimeoutException("60 s")))).isEqualTo(CLUSTER);
    Exception away = new SchemaRegistryException("cannot be had", new ConnectException());
    assertThat(faults.of(new StreamsException("decode", away))).isEqualTo(CLUSTER);
  }

  @Test
  void of_answersThatAClientHasNoExceptionFor_areOfTheCluster() {
    // as the producer of Kafka 4.3 says it where a coordinator fails while it fences
    String said =
        "Unhandled error in EndTxnResponse: The server experienced an unexpected error when"
            + " processing the request.";
    assertThat(faults.of(new StreamsException("commit", new KafkaException(said))))
        .isEqualTo(CLUSTER);
    assertThat(faults.of(new StreamsException(new UnknownServerException("no idea"))))
        .isEqualTo(CLUSTER);
    assertThat(faults.of(new StreamsException(new KafkaException("Failed to construct consumer"))))
        .isEqualTo(LASTING);
  }

  @Test
  void of_whatWouldComeAgain_isLasting() {
    assertThat(faults.of(new StreamsException(new AuthorizationException("no"))))
        .isEqualTo(LASTING);
    assertThat(faults.of(new StreamsException(new NullPointerException()))).isEqualTo(LASTING);
    assertThat(faults.of(new IncompatibleStateException("another spec"))).isEqualTo(LASTING);
    Exception refused = new IncompatibleStateException("another spec");
    assertThat(faults.of(new ProcessorStateException(refused))).isEqualTo(LASTING);
  }

  @Test
  void of_filesThatCannotBeUsed_areOfTheLocalState() {
    Exception corrupt = new RuntimeException("Corruption: checksum mismatch");
    assertThat(faults.of(new StreamsException(new ProcessorStateException("open", corrupt))))
        .isEqualTo(LOCAL_STATE);
  }

  @Test
  void of_faultsThatKeepComing_endOnceThereAreTooManyInTheTime() {
    TimeoutException fault = new TimeoutException("60 s");
    for (int i = 0; i < PassingFaults.MOST; i++) {
      assertThat(faults.of(fault)).isEqualTo(CLUSTER);
    }
    assertThat(faults.of(fault)).isEqualTo(LASTING);
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(PassingFaults.MINUTES) + 1);
    assertThat(faults.of(fault)).isEqualTo(CLUSTER);
  }
}
