package eddy.surprise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import eddy.math.RandomStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That p-values are what they claim to be. */
class SurpriseTest {
  private static final int EVENTS = 20_000;
  private static final int KEYS = 5;

  /** Kolmogorov's bound on sqrt(n) D that a uniform sample exceeds once in a thousand. */
  private static final double KOLMOGOROV_AT_ONE_IN_A_THOUSAND = 1.95;

  /** Losses of stationary streams. */
  enum Shape {
    NORMAL(12) {
      @Override
      double next(RandomStream random) {
        return Math.abs(random.nextGaussian());
      }
    },
    EXPONENTIAL(40) {
      @Override
      double next(RandomStream random) {
        return -StrictMath.log(1 - random.nextDouble());
      }
    },
    UNIFORM(5) {
      @Override
      double next(RandomStream random) {
        return random.nextDouble();
      }
    },
    PARETO(1e4) {
      @Override
      double next(RandomStream random) {
        return StrictMath.pow(1 - random.nextDouble(), -1.0 / 3) - 1;
      }
    },
    LOG_NORMAL(StrictMath.exp(30)) {
      @Override
      double next(RandomStream random) {
        return StrictMath.exp(3 * random.nextGaussian());
      }
    },
    COUNTS(320) {
      @Override
      double next(RandomStream random) {
        return Math.floor(-8 * StrictMath.log(1 - random.nextDouble()));
      }
    },
    CLASSES(30) {
      @Override
      double next(RandomStream random) {
        return -StrictMath.log(random.nextDouble() < 0.8 ? 0.8 : 0.2);
      }
    },
    MOSTLY_RIGHT(10) {
      @Override
      double next(RandomStream random) {
        return random.nextDouble() < 0.7 ? 0 : random.nextDouble();
      }
    };

    /** A loss that does not belong to them. */
    final double anomaly;

    Shape(double anomaly) {
      this.anomaly = anomaly;
    }

    abstract double next(RandomStream random);
  }

  /** P-values of keys whose losses differ a thousandfold in size, one after another in turn. */
  private static double[] probabilities(Shape shape, long seed) {
    RandomStream random = new RandomStream(seed);
    Surprise surprise = new Surprise();
    LossHistory[] own = new LossHistory[KEYS];
    Arrays.setAll(own, key -> new LossHistory());
    LossHistory all = new LossHistory();
    double[] probabilities = new double[EVENTS];
    for (int i = 0; i < EVENTS; i++) {
      int key = i % KEYS;
      double loss = shape.next(random) * StrictMath.pow(10, key - 2);
      surprise.take(own[key], all, loss, 0);
      probabilities[i] = surprise.probability();
    }
    // while keys are young, sizes of others count
    return Arrays.copyOfRange(probabilities, KEYS * 30, EVENTS);
  }

  /** Greatest distance between the distribution of the values and the uniform one. */
  static double kolmogorov(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double most = 0;
    for (int i = 0; i < sorted.length; i++) {
      most = Math.max(most, Math.abs((i + 1.0) / sorted.length - sorted[i]));
      most = Math.max(most, Math.abs((double) i / sorted.length - sorted[i]));
    }
    return most * Math.sqrt(sorted.length);
  }

  @ParameterizedTest
  @EnumSource
  void take_stationaryLosses_uniformProbabilities(Shape shape) {
    assertThat(kolmogorov(probabilities(shape, 1))).isLessThan(KOLMOGOROV_AT_ONE_IN_A_THOUSAND);
  }

  @ParameterizedTest
  @EnumSource
  void take_everyPartOfAStream_isUniformToo(Shape shape) {
    double[] all = probabilities(shape, 2);
    int part = all.length / 10;

    for (int i = 0; i < 10; i++) {
      double[] values = Arrays.copyOfRange(all, i * part, (i + 1) * part);
      assertThat(kolmogorov(values)).isLessThan(KOLMOGOROV_AT_ONE_IN_A_THOUSAND);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NORMAL", "EXPONENTIAL", "PARETO", "LOG_NORMAL"})
  void take_stationaryLosses_smallProbabilitiesComeAsOftenAsTheySay(Shape shape) {
    int count = 0;
    int least = 0;
    int seeds = 8;
    for (int seed = 10; seed < 10 + seeds; seed++) {
      for (double probability : probabilities(shape, seed)) {
        count += probability < 1e-3 ? 1 : 0;
        least += probability < 1e-5 ? 1 : 0;
      }
    }

    double values = seeds * (EVENTS - 30.0 * KEYS);
    assertThat(count / values).isBetween(0.3e-3, 2e-3);
    assertThat(least / values).isLessThan(1e-4);
  }

  @Test
  void take_uniformOnes_wouldNotPassForSkewedOnes() {
    double[] skewed = Arrays.stream(probabilities(Shape.NORMAL, 1)).map(p -> p * p).toArray();

    assertThat(kolmogorov(skewed)).isGreaterThan(10 * KOLMOGOROV_AT_ONE_IN_A_THOUSAND);
  }

  @ParameterizedTest
  @EnumSource
  void take_plantedAnomaly_ranksStrictlyFirst(Shape shape) {
    RandomStream random = new RandomStream(3);
    Surprise surprise = new Surprise();
    LossHistory[] own = new LossHistory[KEYS];
    Arrays.setAll(own, key -> new LossHistory());
    LossHistory all = new LossHistory();
    double planted = Double.NaN;
    double best = 0;
    for (int i = 0; i < EVENTS; i++) {
      int key = i % KEYS;
      // of the key with the smallest losses, so that its size alone would not tell
      boolean anomaly = i == EVENTS / 2;
      double size = StrictMath.pow(10, key - 2);
      double loss = (anomaly ? shape.anomaly : shape.next(random)) * size;
      surprise.take(own[key], all, loss, 0);
      if (anomaly) {
        planted = surprise.score();
      } else {
        best = Math.max(best, surprise.score());
      }
    }

    assertThat(planted).isGreaterThan(best);
  }

  @Test
  void take_greaterLoss_hasLesserProbability() {
    double before = 1;
    for (double loss : new double[] {0.5, 2, 5, 10, 100, 1e3, 1e4}) {
      LossHistory own = normal(2000);
      Surprise surprise = new Surprise();
      surprise.take(own, new LossHistory(), loss, 0);

      assertThat(surprise.probability()).isLessThan(before);
      double written = -StrictMath.log10(surprise.probability());
      assertThat(surprise.score()).isGreaterThanOrEqualTo(written - 1e-9);
      if (written < 300) {
        assertThat(surprise.score()).isCloseTo(written, within(1e-9));
      }
      before = surprise.probability();
    }
  }

  private static LossHistory normal(int losses) {
    LossHistory own = new LossHistory();
    RandomStream random = new RandomStream(4);
    for (int i = 0; i < losses; i++) {
      own.add(Math.abs(random.nextGaussian()));
    }
    return own;
  }

  @Test
  void take_anomalyAfterAnother_isNotHiddenByIt() {
    LossHistory own = normal(2000);
    Surprise surprise = new Surprise();
    surprise.take(own, new LossHistory(), 1e9, 0);
    surprise.take(own, new LossHistory(), 12, 0);

    assertThat(surprise.score()).isGreaterThan(5);
  }

  /** Losses ten times as large: surprising at first, and ordinary once they have come for long. */
  @Test
  void take_lossesOfAnotherSize_becomeOrdinary() {
    LossHistory own = normal(2000);
    LossHistory all = new LossHistory();
    Surprise surprise = new Surprise();
    RandomStream random = new RandomStream(5);
    double[] probabilities = new double[6000];
    for (int i = 0; i < probabilities.length; i++) {
      surprise.take(own, all, 10 * Math.abs(random.nextGaussian()), 0);
      probabilities[i] = surprise.probability();
    }

    assertThat(Arrays.stream(probabilities, 0, 20).average().orElseThrow()).isLessThan(0.1);
    double[] later = Arrays.copyOfRange(probabilities, 4000, 6000);
    assertThat(Arrays.stream(later).average().orElseThrow()).isCloseTo(0.5, within(0.03));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-30, 1e-9, 1, 1e9, 1e30})
  void take_anyUnit_sameProbabilities(double unit) {
    LossHistory own = new LossHistory();
    LossHistory all = new LossHistory();
    Surprise surprise = new Surprise();
    RandomStream random = new RandomStream(6);
    // 20 octaves of larger losses before
    own.add(unit * (1 << 20));
    double[] probabilities = new double[5000];
    for (int i = 0; i < probabilities.length; i++) {
      surprise.take(own, all, unit * Math.abs(random.nextGaussian()), 0);
      probabilities[i] = surprise.probability();
    }

    assertThat(kolmogorov(probabilities)).isLessThan(KOLMOGOROV_AT_ONE_IN_A_THOUSAND);
  }

  @Test
  void take_firstLossesOfAKey_areMeasuredByThoseOfOthers() {
    LossHistory all = normal(2000);
    Surprise surprise = new Surprise();

    surprise.take(new LossHistory(), all, 4, 0);
    assertThat(surprise.probability()).isBetween(1e-3, 0.05);
    surprise.take(new LossHistory(), all, 0.67, 0);
    assertThat(surprise.probability()).isCloseTo(0.5, within(0.1));
  }

  @Test
  void decode_whatEncodeWrote_goesOnEqually() {
    KeyLosses losses = new KeyLosses(2);
    RandomStream random = new RandomStream(7);
    for (int i = 0; i < 500; i++) {
      losses.of(0).add(Math.abs(random.nextGaussian()));
    }

    KeyLosses again = KeyLosses.decode(losses.encode());

    assertThat(again.encode()).isEqualTo(losses.encode());
    Surprise one = new Surprise();
    Surprise other = new Surprise();
    for (int target = 0; target < 2; target++) {
      one.take(losses.of(target), new LossHistory(), 3, 0);
      other.take(again.of(target), new LossHistory(), 3, 0);
      assertThat(other.probability()).isEqualTo(one.probability());
    }
    assertThat(again.encode()).isEqualTo(losses.encode());
  }

  @Test
  void take_compiled_allocatesNothing() {
    LossHistory own = new LossHistory();
    LossHistory all = new LossHistory();
    Surprise surprise = new Surprise();
    RandomStream random = new RandomStream(8);
    // drawn first: the sine of a later Java allocates
    double[] values = new double[500];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(random.nextGaussian());
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long fewest = Long.MAX_VALUE;
    for (int round = 0; round < 200 && fewest > 0; round++) {
      long before = threads.getThreadAllocatedBytes(thread);
      for (double value : values) {
        surprise.take(own, all, value, 0);
      }
      fewest = Math.min(fewest, threads.getThreadAllocatedBytes(thread) - before);
    }

    assertThat(fewest).isZero();
  }
}
