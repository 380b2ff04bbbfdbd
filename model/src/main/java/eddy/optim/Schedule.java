package eddy.optim;

import eddy.math.Trigonometry;
import java.util.List;

/**
 * How the learning rate changes over the updates: the product of its factors. Immutable.
 *
 * @param factors none for a constant rate
 */
public record Schedule(List<Factor> factors) {
  public static final Schedule CONSTANT = new Schedule(List.of());

  public Schedule {
    factors = List.copyOf(factors);
  }

  /**
   * Factor on the learning rate.
   *
   * @param number of the update, from 1
   */
  public float rate(long number) {
    double rate = 1;
    for (int i = 0; i < factors.size(); i++) {
      rate *= factors.get(i).at(number);
    }
    return (float) rate;
  }

  /** One factor of a schedule. */
  public sealed interface Factor {
    /** Value at an update, numbered from 1. */
    double at(long number);
  }

  /**
   * number / updates, until it is 1.
   *
   * @param updates until the full rate
   */
  public record WarmUp(long updates) implements Factor {
    public WarmUp {
      atLeastOne("warm-up", updates);
    }

    @Override
    public double at(long number) {
      return number < updates ? (double) number / updates : 1;
    }
  }

  /**
   * 1 at first, then sqrt(updates / number).
   *
   * @param updates at the full rate
   */
  public record InverseSquareRoot(long updates) implements Factor {
    public InverseSquareRoot {
      atLeastOne("inverse-square-root", updates);
    }

    @Override
    public double at(long number) {
      return number > updates ? Math.sqrt((double) updates / number) : 1;
    }
  }

  /**
   * floor + (1 - floor) (1 + cos(pi number / updates)) / 2, and the floor from there on (Loshchilov
   * and Hutter 2017).
   *
   * @param updates until the floor
   * @param floor in [0, 1)
   */
  public record Cosine(long updates, double floor) implements Factor {
    public Cosine {
      atLeastOne("cosine", updates);
      if (!(floor >= 0 && floor < 1)) {
        throw new IllegalArgumentException(
            "the floor of cosine must be >= 0 and < 1 but was " + floor);
      }
    }

    @Override
    public double at(long number) {
      if (number >= updates) {
        return floor;
      }
      double angle = Math.PI * number / updates;
      return floor + (1 - floor) * (1 + Trigonometry.cosine(angle)) / 2;
    }
  }

  private static void atLeastOne(String name, long updates) {
    if (updates < 1) {
      throw new IllegalArgumentException(
          "the updates of " + name + " must be >= 1 but were " + updates);
    }
  }
}
