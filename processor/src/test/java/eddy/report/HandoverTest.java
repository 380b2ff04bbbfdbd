package eddy.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HandoverTest {
  /** More than wait at a time, and no multiple of those that go together. */
  private static final int MANY = 10_007;

  private static ScoredLine line(long row) {
    return new ScoredLine(row, row, "", 0, List.of(ScoredTarget.UNSETTLED));
  }

  @Test
  void finish_manyLines_hasLetReadAllInTheirOrder() {
    List<Long> rows = new ArrayList<>();
    AtomicReference<Thread> thread = new AtomicReference<>();
    try (Handover handover =
        Handover.to(
            line -> {
              rows.add(line.originRow());
              thread.set(Thread.currentThread());
            })) {
      for (int row = 0; row < MANY; row++) {
        handover.accept(line(row));
      }
      handover.finish();

      assertThat(rows).hasSize(MANY).isSorted();
    }
    assertThat(thread.get()).isNotSameAs(Thread.currentThread());
    assertThat(thread.get().isAlive()).isFalse();
  }

  @Test
  void accept_readerFails_throwsThatAndReadsNoMore() {
    RuntimeException full = new UncheckedIOException(new IOException("no space left"));
    AtomicInteger read = new AtomicInteger();
    try (Handover handover =
        Handover.to(
            line -> {
              if (read.incrementAndGet() == 3) {
                throw full;
              }
            })) {
      assertThatThrownBy(
              () -> {
                for (int row = 0; ; row++) {
                  handover.accept(line(row));
                }
              })
          .isSameAs(full);
    }
    assertThat(read).hasValue(3);
  }

  @Test
  void finish_readerFailsAtTheLastLine_throwsThat() {
    try (Handover handover =
        Handover.to(
            line -> {
              throw new AssertionError("broken");
            })) {
      handover.accept(line(0));

      assertThatThrownBy(handover::finish).isInstanceOf(AssertionError.class).hasMessage("broken");
    }
  }

  @Test
  void accept_readerIsSlow_waitsForIt() throws InterruptedException {
    Semaphore go = new Semaphore(0);
    AtomicInteger handedOver = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(1);
    Thread learner =
        new Thread(
            () -> {
              try (Handover handover = Handover.to(line -> go.acquireUninterruptibly())) {
                for (int row = 0; row < MANY; row++) {
                  handover.accept(line(row));
                  handedOver.incrementAndGet();
                }
                handover.finish();
              }
              done.countDown();
            });
    learner.start();
    while (learner.getState() != Thread.State.WAITING) {
      Thread.sleep(1);
    }
    assertThat(handedOver.get()).isLessThan(MANY);

    go.release(MANY);
    done.await();
    assertThat(handedOver).hasValue(MANY);
  }

  @Test
  void close_unfinished_endsTheThread() {
    AtomicReference<Thread> thread = new AtomicReference<>();
    AtomicInteger read = new AtomicInteger();
    try (Handover handover =
        Handover.to(
            line -> {
              thread.set(Thread.currentThread());
              read.incrementAndGet();
            })) {
      for (int row = 0; row < 1000; row++) {
        handover.accept(line(row));
      }
      while (thread.get() == null) {
        Thread.onSpinWait();
      }
    }
    assertThat(thread.get().isAlive()).isFalse();
    assertThat(read.get()).isLessThan(1000);
  }
}
