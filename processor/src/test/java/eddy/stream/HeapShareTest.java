package eddy.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapShareTest {
  @Test
  void ofTask_tasksThatComeAndGo_shareEqually() {
    HeapShare heap = new HeapShare(1200, 600);
    assertThat(heap.ofTask(1, 1)).isEqualTo(1200);

    heap.join();
    assertThat(heap.ofTask(1, 1)).isEqualTo(1200);
    heap.join();
    heap.join();
    assertThat(heap.ofTask(1, 1)).isEqualTo(400);
    assertThat(heap.ofTask(3, 4)).isEqualTo(300);
    assertThat(heap.ofTask(0, 4)).isZero();
    assertThat(heap.commitOfTask(1, 2)).isEqualTo(100);

    heap.leave();
    assertThat(heap.ofTask(1, 1)).isEqualTo(600);
  }

  @Test
  void ofTask_wholeHeapOfALargeMachine_doesNotOverflow() {
    assertThat(new HeapShare(1L << 40, 1).ofTask(1L << 30, 1L << 31)).isEqualTo(1L << 39);
  }
}
