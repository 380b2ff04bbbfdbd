package eddy.cli;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * The colours of what commands print; without them every text stays as it is. Colours repeat what
 * the text says, so that nothing is lost without them.
 */
final class Paint {
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String BOLD = "\u001b[1m";
  private static final String END = "\u001b[0m";

  /** A share that is won or lost. */
  private static final Pattern SIGNED = Pattern.compile("(?<![\\w.])[+-]\\d[\\d,]*(\\.\\d+)?%");

  private static final Pattern NOTHING = Pattern.compile("[+-]0(\\.0+)?%");

  private static final Pattern VERDICT =
      Pattern.compile("^(equal|different)(?=:)|\\b(better|worse)\\b|\\bdoes not fit\\b");

  private final boolean coloured;

  Paint(boolean coloured) {
    this.coloured = coloured;
  }

  /** As the help of the command is painted. */
  static Paint of(CommandLine command) {
    return new Paint(command.getColorScheme().ansi() == Ansi.ON);
  }

  /** A word that tells of a failure. */
  String failure(String text) {
    return paint(RED, text);
  }

  /** A report of scores: as others, and shares are green where won and red where lost. */
  String scores(String text) {
    return coloured ? paint(text, line -> verdicts(shares(line))) : text;
  }

  /** A report: heads of its tables and verdicts stand out. */
  String report(String text) {
    return coloured ? paint(text, this::verdicts) : text;
  }

  private String paint(String text, UnaryOperator<String> row) {
    StringBuilder painted = new StringBuilder();
    boolean first = true;
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      boolean head = first && isHead(lines[i]) && i + 1 < lines.length && !lines[i + 1].isBlank();
      painted.append(head ? paint(BOLD, lines[i]) : row.apply(lines[i]));
      painted.append(i + 1 < lines.length ? "\n" : "");
      first = lines[i].isBlank() || lines[i].endsWith(":");
    }
    return painted.toString();
  }

  /** Names in columns, as opposed to a sentence. */
  private static boolean isHead(String line) {
    return line.strip().contains("  ");
  }

  private String shares(String line) {
    return SIGNED.matcher(line).replaceAll(found -> share(found.group()));
  }

  private String verdicts(String line) {
    return VERDICT.matcher(line).replaceAll(found -> verdict(found.group()));
  }

  private String share(String share) {
    if (NOTHING.matcher(share).matches()) {
      return share;
    }
    return paint(share.startsWith("+") ? GREEN : RED, share);
  }

  private String verdict(String words) {
    return paint(words.equals("equal") || words.equals("better") ? GREEN : RED, words);
  }

  private String paint(String colour, String text) {
    return coloured ? colour + text + END : text;
  }
}
