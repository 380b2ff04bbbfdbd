package eddy.report;

import eddy.compare.Comparison;
import java.util.List;
import java.util.Objects;

/**
 * One configuration held against the base, target by target.
 *
 * @param name of the configuration
 * @param base name of the one it is held against
 * @param comparisons by target and loss, of a target the loss that decides first
 */
public record Compared(String name, String base, List<Comparison> comparisons) {
  public Compared {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(base, "base");
    comparisons = List.copyOf(comparisons);
  }
}
