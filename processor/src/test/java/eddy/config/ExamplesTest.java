package eddy.config;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.learn.MemberSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {
  private static final Path FOLDER = Path.of("..", "scripts", "examples");

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".properties")).sorted().toList();
    }
  }

  @Test
  void examples_folder_holdsSome() throws IOException {
    assertThat(examples()).hasSizeGreaterThan(3);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void load_example_isAConfigurationAndALearner(Path example) {
    EddyConfig config = EddyConfig.load(example, Map.of());
    assertThat(config.newPrequential().schema().fields()).isEqualTo(config.schema().fields());
  }

  // the bound of the automatic panel was chosen so (docs/decisions/0060-panel-for-many-classes.md)
  @ParameterizedTest
  @MethodSource("examples")
  void learnerSpec_example_hasTheWholePanelUnlessItIsText(Path example) {
    List<String> panel =
        EddyConfig.load(example, Map.of()).learnerSpec().panel().stream()
            .map(MemberSpec::name)
            .toList();
    String name = example.getFileName().toString();
    if (name.startsWith("shakespeare")) {
      assertThat(panel).containsExactly("reference", "recurrent-gradient");
    } else {
      // classes by sequences of categories
      boolean contexts = Set.of("bpi13.properties", "elec2-lags.properties").contains(name);
      List<String> all = MemberSpec.names();
      assertThat(panel).isEqualTo(contexts ? all : all.subList(0, all.size() - 1));
      assertThat(all).endsWith("contexts");
    }
  }
}
