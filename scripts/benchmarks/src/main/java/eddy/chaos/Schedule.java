package eddy.chaos;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Which fault comes next: each kind once before one comes twice, in an order of the seed's.
 *
 * <p>Every fault has a source of chance of its own, so that what one draws does not depend on how
 * long another took.
 */
final class Schedule {
  private final List<Fault> kinds;
  private final SplittableRandom chance;
  private final Random order;
  private final List<Fault> bag = new ArrayList<>();

  Schedule(Collection<Fault> kinds, long seed) {
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException("there must be a kind of fault but there is none");
    }
    this.kinds = List.copyOf(kinds);
    chance = new SplittableRandom(seed);
    order = new Random(seed);
  }

  Fault next() {
    if (bag.isEmpty()) {
      bag.addAll(kinds);
      Collections.shuffle(bag, order);
    }
    return bag.remove(bag.size() - 1);
  }

  /** Chance for the next fault alone. */
  SplittableRandom chance() {
    return chance.split();
  }
}
