package eddy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The option that has a command report to programs, the same for every command that reports: one
 * JSON document on standard output, nothing else there. docs/command-line.md has the fields.
 */
final class JsonOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec specification;

  @Option(
      names = "--json",
      description = "Print one JSON document on standard output in place of text.")
  private boolean json;

  /** Whether a program reads the report. */
  boolean isOn() {
    return json;
  }

  /** Prints a report, the document or the text; the other is not made. */
  void tell(Supplier<?> document, Supplier<String> text) {
    tell(document, text, UnaryOperator.identity());
  }

  /** The same, with the text painted for people. */
  void tell(Supplier<?> document, Supplier<String> text, UnaryOperator<String> paint) {
    PrintWriter out = specification.commandLine().getOut();
    String report = json ? text(document.get()) : paint.apply(text.get());
    out.print(report);
    if (!report.endsWith("\n")) {
      out.println();
    }
    out.flush();
  }

  private static String text(Object document) {
    return document instanceof JsonNode node ? node.toPrettyString() : document.toString();
  }

  /** The colours of this command's texts. */
  Paint paint() {
    return Paint.of(specification.commandLine());
  }
}
