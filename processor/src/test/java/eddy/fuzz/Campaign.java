package eddy.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Some cases of one target, one after another: always the same ones for the same seed. What was
 * answered in a new way is kept and changed further. Another thread may look how far it is.
 */
final class Campaign {
  private static final int MOST_KEPT = 512;
  private static final int MOST_FINDINGS = 20;

  /** To make what was found smaller. */
  private static final int MOST_TRIES = 500;

  /** Beyond what any input of some kilobytes can need. */
  private static final long MOST_ALLOCATED = 64L << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** An input and what the parser threw. */
  record Finding(String target, byte[] input, String what, Throwable thrown) {}

  private final Target target;
  private final Probe probe;
  private final Mutation mutation;
  private final List<byte[]> inputs;
  private final Set<Integer> shapes = new HashSet<>();
  private final Set<String> faults = new HashSet<>();
  private final List<Finding> findings = new ArrayList<>();
  private final int good;
  private long values;
  private volatile long done;
  private volatile byte[] current;

  Campaign(Target target, List<byte[]> corpus) {
    this.target = target;
    probe = target.probes().get();
    mutation = new Mutation(target.words(), target.sealed());
    inputs = new ArrayList<>(target.seeds());
    good = inputs.size();
    inputs.addAll(corpus);
  }

  /** Runs cases; the same seed gives the same ones. */
  void run(long seed, long cases) {
    SplittableRandom seeds = new SplittableRandom(seed ^ target.name().hashCode());
    // not of the machine: the first cases of a thread load classes
    List<byte[]> given = List.copyOf(inputs);
    for (byte[] input : given) {
      show(input, false);
    }
    for (byte[] input : given) {
      show(input, true);
    }
    for (long i = 0; i < cases && findings.size() < MOST_FINDINGS; i++) {
      SplittableRandom random = seeds.split();
      // mostly near what is good, since most of what is kept is refused early
      int from = random.nextInt(3) > 0 ? good : inputs.size();
      byte[] one = inputs.get(random.nextInt(from));
      byte[] other = inputs.get(random.nextInt(inputs.size()));
      show(mutation.change(one, other, random), true);
      done = i + 1;
    }
    current = null;
  }

  private void show(byte[] input, boolean bounded) {
    current = input;
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      int shape = probe.show(input);
      values += shape == 0 ? 1 : 0;
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      if (bounded && allocated > MOST_ALLOCATED) {
        found(input, new AssertionError("took " + allocated + " bytes of heap"));
      }
      if (shapes.add(shape) && inputs.size() < MOST_KEPT) {
        inputs.add(input);
      }
    } catch (Throwable e) {
      // also what ends most programs: a full stack, a full heap
      found(input, e);
    }
  }

  private void found(byte[] input, Throwable thrown) {
    String what = what(thrown);
    if (faults.add(what)) {
      findings.add(new Finding(target.name(), smallest(input, what), what, thrown));
    }
  }

  /** A shorter input with the same end, found by leaving pieces out. */
  private byte[] smallest(byte[] input, String what) {
    byte[] small = input;
    int tries = MOST_TRIES;
    for (int piece = Math.max(1, input.length / 2); piece > 0; piece /= 2) {
      for (int from = 0; from + piece <= small.length && tries-- > 0; from += piece) {
        byte[] shorter = new byte[small.length - piece];
        System.arraycopy(small, 0, shorter, 0, from);
        System.arraycopy(small, from + piece, shorter, from, shorter.length - from);
        if (what.equals(end(shorter))) {
          small = shorter;
          from -= piece;
        }
      }
    }
    return small;
  }

  private String end(byte[] input) {
    try {
      probe.show(input);
      return "";
    } catch (Throwable e) {
      return what(e);
    }
  }

  private static String what(Throwable thrown) {
    String place = "";
    for (StackTraceElement frame : thrown.getStackTrace()) {
      String type = frame.getClassName();
      if (place.isEmpty() && type.startsWith("eddy.") && !type.startsWith("eddy.fuzz.")) {
        place = " at " + frame;
      }
    }
    return thrown.getClass().getName() + place;
  }

  Target target() {
    return target;
  }

  /** Cases that are over. */
  long done() {
    return done;
  }

  byte[] current() {
    return current;
  }

  /** Inputs that were taken for values. */
  long values() {
    return values;
  }

  /** Different kinds of answers. */
  Set<Integer> shapes() {
    return shapes;
  }

  List<Finding> findings() {
    return findings;
  }
}
