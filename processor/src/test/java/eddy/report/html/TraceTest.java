package eddy.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TraceTest {
  private static final int ROWS = 300_000;
  private static final int BOUND = 2400;
  private static final int NEWEST = 800;

  private static double[] row(int i, double label) {
    return new double[] {i, label, 2 * label, 0, 0, 0, 1};
  }

  @Test
  void add_manyRows_keepsTheNewestAsTheyAreAndEarlierExtremes() {
    Trace trace = new Trace();
    for (int i = 0; i < ROWS; i++) {
      trace.add(row(i, i == 1234 ? 99 : i == 7777 ? -99 : Math.sin(i)));
    }
    assertThat(trace.held()).isLessThanOrEqualTo(BOUND);
    double[][] columns = trace.columns(BOUND);
    double[] times = columns[Trace.TIME];
    assertThat(times).isSorted().doesNotHaveDuplicates();
    assertThat(times[times.length - NEWEST]).isEqualTo(ROWS - NEWEST);
    assertThat(columns[Trace.LABEL]).contains(99, -99);
    assertThat(times[0]).isLessThan(ROWS / 100.0);
    for (int i = 0; i < times.length; i++) {
      assertThat(columns[Trace.PREDICTED][i]).isEqualTo(2 * columns[Trace.LABEL][i]);
    }
  }

  @Test
  void columns_fewerWanted_keepsExtremes() {
    Trace trace = new Trace();
    for (int i = 0; i < 1000; i++) {
      trace.add(row(i, i == 10 ? 5 : i == 990 ? -5 : 0));
    }
    double[][] columns = trace.columns(50);
    assertThat(columns[Trace.LABEL]).hasSizeLessThanOrEqualTo(50).contains(5, -5);
  }

  @Test
  void columns_fewRows_areAllOfThem() {
    Trace trace = new Trace();
    for (int i = 0; i < 37; i++) {
      trace.add(row(i, i));
    }
    assertThat(trace.columns(BOUND)[Trace.LABEL]).hasSize(37).isSorted();
  }
}
