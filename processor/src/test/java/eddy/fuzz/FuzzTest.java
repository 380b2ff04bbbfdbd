package eddy.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A short run of scripts/fuzz, and all inputs that were once answered wrongly. */
class FuzzTest {
  static final Path CORPUS = Path.of("src", "test", "resources", "eddy", "fuzz");

  private static final long CASES = 60_000;
  private static final List<Target> TARGETS = Targets.all();
  private static final int SHARES = TARGETS.stream().mapToInt(Target::share).sum();

  static Stream<String> names() {
    return TARGETS.stream().map(Target::name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void parse_hostileInputs_givesAValueOrADocumentedRefusal(String name) {
    Target target = TARGETS.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    Campaign campaign = new Campaign(target, Corpus.of(CORPUS, name));
    campaign.run(7, CASES * target.share() / SHARES);
    for (Campaign.Finding finding : campaign.findings()) {
      throw new AssertionError(
          name + ": " + finding.what() + " of " + List.of(finding.input()), finding.thrown());
    }
    // good inputs are taken: a target that refuses everything would prove nothing
    assertThat(campaign.values()).isPositive();
  }
}
