package eddy.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param name its path from the root of the project, such as {@code docs/guide.md}
 */
record Page(String name, List<String> lines) {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern CODE = Pattern.compile("``.+?``|`[^`]+`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  /** A fenced block; its language is empty where it names none. */
  record Fence(String language, int line, List<String> body) {}

  /** A command, its lines joined and its remark left out. */
  record Command(String page, int line, String text) {
    @Override
    public String toString() {
      return page + ":" + line + ": " + text;
    }
  }

  static Page read(String name) {
    try {
      return new Page(name, Files.readAllLines(ROOT.resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The pages whose commands are run: the guide, README, then all others. */
  static List<Page> all() {
    List<String> names = new ArrayList<>(List.of("docs/guide.md", "README.md"));
    names.removeIf(name -> !Files.exists(ROOT.resolve(name)));
    try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
      files
          .map(file -> "docs/" + file.getFileName())
          .filter(name -> name.endsWith(".md") && !names.contains(name))
          .sorted()
          .forEach(names::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names.stream().map(Page::read).toList();
  }

  List<Fence> fences() {
    List<Fence> fences = new ArrayList<>();
    Fence open = null;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.startsWith("```")) {
        if (open != null) {
          open.body().add(line);
        }
      } else if (open == null) {
        open = new Fence(line.substring(3).strip(), i + 1, new ArrayList<>());
      } else {
        fences.add(open);
        open = null;
      }
    }
    return fences;
  }

  List<Command> commands(Fence fence) {
    List<Command> commands = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    int line = fence.line();
    for (String each : fence.body()) {
      line++;
      text.append(each.strip().replaceAll("(^|\\s+)#\\s.*$", ""));
      if (!text.isEmpty() && text.charAt(text.length() - 1) == '\\') {
        text.setCharAt(text.length() - 1, ' ');
      } else if (!text.isEmpty()) {
        commands.add(new Command(name, line, text.toString().replaceAll("  +", " ")));
        text.setLength(0);
      }
    }
    return commands;
  }

  List<Command> commands() {
    return fences().stream()
        .filter(fence -> fence.language().equals("sh"))
        .flatMap(fence -> commands(fence).stream())
        .toList();
  }

  /** The page without fenced blocks. */
  private Stream<String> prose() {
    Set<Integer> fenced = new HashSet<>();
    for (Fence fence : fences()) {
      for (int i = 0; i <= fence.body().size() + 1; i++) {
        fenced.add(fence.line() - 1 + i);
      }
    }
    return Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
        .filter(i -> !fenced.contains(i))
        .map(lines::get);
  }

  /** What stands between backquotes in the text. */
  List<String> code() {
    return prose()
        .flatMap(line -> CODE.matcher(line).results())
        .map(MatchResult::group)
        .map(code -> code.replaceAll("^`+ ?| ?`+$", ""))
        .toList();
  }

  /** Targets of its links and pictures. */
  List<String> links() {
    return prose()
        .map(line -> CODE.matcher(line).replaceAll("x"))
        .flatMap(line -> LINK.matcher(line).results())
        .map(link -> link.group(1))
        .toList();
  }

  /** What a link may name behind a hash, as GitHub makes it of headings. */
  Set<String> anchors() {
    Map<String, Integer> seen = new HashMap<>();
    Set<String> anchors = new HashSet<>();
    prose()
        .filter(line -> line.matches("#{1,6} .*"))
        .map(line -> line.replaceFirst("^#+ ", "").replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1"))
        .map(line -> line.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", ""))
        .map(line -> line.strip().replace(' ', '-'))
        .forEach(
            anchor -> {
              int before = seen.merge(anchor, 1, Integer::sum) - 1;
              anchors.add(before == 0 ? anchor : anchor + "-" + before);
            });
    return anchors;
  }
}
