package eddy.docs;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.cli.CommandNames;
import eddy.config.ConfigReference;
import eddy.config.EddyConfig;
import eddy.docs.Page.Command;
import eddy.docs.Page.Fence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README.md and docs name is there, and every command of theirs is run by something. */
class DocumentationTest {
  private static final Pattern KEY = Pattern.compile("\\beddy(?:\\.[a-z]+)++(?![A-Z(])");
  private static final Pattern SCRIPT = Pattern.compile("^(scripts/[\\w-]+)(?: ([a-z]+))?");

  /** Names with the same look that are no settings. */
  private static final Set<String> NO_KEYS = Set.of("eddy.jar", "eddy.svg", "eddy.log");

  private final List<Page> pages = Page.all();

  @TempDir Path folder;

  @Test
  void fences_allOfThem_nameTheirLanguage() {
    // or commands could hide in them
    assertThat(pages)
        .allSatisfy(
            page ->
                assertThat(page.fences())
                    .as("%s: ```sh for commands, ```text for what is printed", page.name())
                    .extracting(Fence::language)
                    .isSubsetOf("sh", "text", "properties", "json", "java", "xml", "yaml", "csv"));
  }

  @Test
  void commands_allOfThem_areRunBySomething() {
    List<Command> nowhere =
        pages.stream()
            .flatMap(page -> page.commands().stream())
            .filter(command -> !Session.runs(command) && RunElsewhere.of(command).isEmpty())
            .toList();
    assertThat(nowhere)
        .as(
            "run by nothing: write what a session can run (%s), or name what runs it in %s",
            Session.UNDERSTOOD, RunElsewhere.FILE)
        .isEmpty();
  }

  @Test
  void commandsRunElsewhere_allOfThem_standWhereTheListSays() {
    assertThat(RunElsewhere.all())
        .isNotEmpty()
        .allSatisfy(each -> assertThat(each.isTrue()).as(each.toString()).isTrue());
  }

  @Test
  void commandsRunElsewhere_allOfThem_areDocumented() {
    List<Command> commands = pages.stream().flatMap(page -> page.commands().stream()).toList();
    assertThat(RunElsewhere.all())
        .allSatisfy(
            each ->
                assertThat(commands.stream().anyMatch(each::covers)).as(each.command()).isTrue());
  }

  @Test
  void commands_inTheText_exist() {
    for (Page page : pages) {
      for (String code : page.code()) {
        Matcher script = SCRIPT.matcher(code);
        if (script.find()) {
          assertThat(Page.ROOT.resolve(script.group(1))).as("%s: %s", page.name(), code).exists();
          if (script.group(1).equals("scripts/eddy") && script.group(2) != null) {
            assertThat(CommandNames.all())
                .as("%s: %s", page.name(), code)
                .contains(script.group(2));
          }
        }
      }
    }
  }

  @Test
  void links_relativeOnes_leadSomewhere() {
    List<String> broken = new ArrayList<>();
    Stream<Page> linking = Stream.concat(pages.stream(), Stream.of(Page.read("CONTRIBUTING.md")));
    linking.forEach(
        page -> {
          for (String link : page.links()) {
            if (!link.matches("[a-z]+:.*") && !leads(page, link)) {
              broken.add(page.name() + ": " + link);
            }
          }
        });
    assertThat(broken).isEmpty();
  }

  private static boolean leads(Page page, String link) {
    String[] parts = link.split("#", 2);
    Path from = Page.ROOT.resolve(page.name());
    Path to = parts[0].isEmpty() ? from : from.getParent().resolve(parts[0]).normalize();
    if (!to.startsWith(Page.ROOT) || !Files.exists(to)) {
      return false;
    }
    return parts.length == 1
        || Page.read(Page.ROOT.relativize(to).toString()).anchors().contains(parts[1]);
  }

  @Test
  void keys_ofEddy_exist() {
    Set<String> keys =
        Pattern.compile("(?m)^\\| `(eddy[^`]+)` ")
            .matcher(ConfigReference.markdown())
            .results()
            .map(row -> row.group(1))
            .collect(Collectors.toSet());
    assertThat(keys).hasSizeGreaterThan(50);
    for (Page page : pages) {
      List<String> unknown =
          page.lines().stream()
              .map(line -> line.replaceAll("processor/\\S+|`eddy[.a-z]*\\.[A-Z]\\w*`", ""))
              .flatMap(line -> KEY.matcher(line).results())
              .map(MatchResult::group)
              .filter(key -> !keys.contains(key) && !NO_KEYS.contains(key) && !isPackage(key))
              .toList();
      // of prose, where a sentence may end in a key, and packages are named in design-notes.md
      if (!page.name().matches("docs/(design-notes|benchmarks|configuration)\\.md")) {
        assertThat(unknown).as(page.name()).isEmpty();
      }
    }
  }

  private static boolean isPackage(String name) {
    String folder = "src/main/java/" + name.replace('.', '/');
    return Stream.of("model", "processor", "scripts/benchmarks")
        .anyMatch(module -> Files.isDirectory(Page.ROOT.resolve(module).resolve(folder)));
  }

  /**
   * Those of metrics.md are compared with what an app registers by TaskMetricsTest, WebServerIT.
   */
  @Test
  void metrics_ofAllPages_areInTheTable() throws Exception {
    String table = Files.readString(Page.ROOT.resolve("docs/metrics.md"));
    for (Page page : pages) {
      List<String> unknown =
          page.code().stream()
              .filter(code -> code.matches("[a-z]+(-[a-z]+)*-(total|avg)|eddy_[a-z_]+"))
              .filter(name -> !table.contains("`" + name + "`"))
              .toList();
      assertThat(unknown).as(page.name()).isEmpty();
    }
  }

  /** Whole configurations, which begin with their file's name. */
  @Test
  void configurations_ofPages_areValid() throws Exception {
    int whole = 0;
    for (Page page : pages) {
      for (Fence fence : page.fences()) {
        if (Session.file(fence).isPresent()
            && fence.body().stream().anyMatch(line -> line.startsWith("application.id="))) {
          Path file = Files.write(folder.resolve("app.properties"), fence.body());
          EddyConfig.load(file, Map.of());
          whole++;
        }
      }
    }
    assertThat(whole).isPositive();
  }
}
