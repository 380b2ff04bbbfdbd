package eddy.fuzz;

import java.util.List;
import java.util.function.Supplier;

/**
 * A parser to be shown hostile inputs.
 *
 * @param name also of its folder in the corpus
 * @param share of all cases, in parts of the sum
 * @param seeds good inputs, to be changed
 * @param words that its grammar knows
 * @param sealed whether inputs end in a CRC32C of what stands before, which changes may repair
 * @param probes makes one for a thread
 */
public record Target(
    String name,
    int share,
    List<byte[]> seeds,
    List<String> words,
    boolean sealed,
    Supplier<Probe> probes) {
  /** A text. */
  public static Target text(
      String name, int share, List<String> words, Supplier<Probe> probes, String... seeds) {
    return new Target(
        name, share, List.of(seeds).stream().map(Mutation::bytes).toList(), words, false, probes);
  }

  /** A stored form. */
  static Target stored(
      String name, int share, boolean sealed, Supplier<Probe> probes, byte[]... seeds) {
    return new Target(name, share, List.of(seeds), List.of(), sealed, probes);
  }
}
