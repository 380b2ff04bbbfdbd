package eddy.report.html;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import eddy.report.OutputFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * The file {@code report.html}: one page that needs no other file and no network.
 *
 * <p>What it shows is JSON in a script element of its own, in which nothing can end that element.
 */
public final class ReportPage {
  public static final String NAME = "report.html";

  private static final JsonFactory JSON = new JsonFactory().setCharacterEscapes(new InsideScript());

  private ReportPage() {}

  /** Escapes what has a meaning in HTML, and the line ends that JavaScript knows and JSON not. */
  private static final class InsideScript extends CharacterEscapes {
    private static final long serialVersionUID = 1;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] codes = standardAsciiEscapesForJSON();
      for (char c : new char[] {'<', '>', '&', '\''}) {
        codes[c] = ESCAPE_STANDARD;
      }
      return codes;
    }

    @Override
    public SerializableString getEscapeSequence(int character) {
      return character == '\u2028' || character == '\u2029'
          ? new SerializedString(String.format("\\u%04x", character))
          : null;
    }
  }

  /**
   * Writes the file; it is seen in the folder when it is complete, not before.
   *
   * @param folder made where it is missing
   * @param metrics the content of metrics.json
   */
  public static void write(Path folder, ReportFacts facts, String metrics, ReportData data)
      throws IOException {
    try (OutputFile file = OutputFile.in(folder, NAME)) {
      write(file.writer(), facts, json(facts, metrics, data));
      file.complete();
    }
  }

  /** What the page shows, safe inside of a script element. */
  static String json(ReportFacts facts, String metrics, ReportData data) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      facts(json, facts);
      // parsed and written anew, so that its strings are escaped too
      json.writeFieldName("metrics");
      try (var parser = JSON.createParser(metrics)) {
        parser.nextToken();
        json.copyCurrentStructure(parser);
      }
      data.write(json);
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void facts(JsonGenerator json, ReportFacts facts) throws IOException {
    json.writeStringField("title", facts.title());
    json.writeArrayFieldStart("command");
    for (String word : facts.command()) {
      json.writeString(word);
    }
    json.writeEndArray();
    json.writeObjectFieldStart("configuration");
    for (Map.Entry<String, String> entry : facts.configuration().entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
    json.writeNumberField("seed", facts.seed());
    json.writeStringField("version", facts.version());
    json.writeStringField("made", facts.made().toString());
    json.writeBooleanField("timed", facts.timed());
    json.writeArrayFieldStart("rejections");
    for (ReportFacts.Rejection rejection : facts.rejections()) {
      json.writeStartObject();
      json.writeStringField("reason", rejection.reason());
      json.writeNumberField("count", rejection.count());
      json.writeNumberField("firstRow", rejection.firstRow());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(Writer out, ReportFacts facts, String json) throws IOException {
    String[] parts = resource("report.html").split("(?=\\{\\{)|(?<=}})");
    for (String part : parts) {
      switch (part) {
        case "{{title}}" -> out.write(html(facts.title()));
        case "{{style}}" ->
            out.write(common("uplot/uPlot.min.css") + common("page.css") + resource("report.css"));
        case "{{library}}" -> out.write(common("uplot/uPlot.iife.min.js"));
        case "{{script}}" ->
            out.write(common("charts.js") + resource("report.js") + common("theme.js"));
        case "{{data}}" -> out.write(json);
        default -> out.write(part);
      }
    }
  }

  private static String html(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String resource(String name) throws IOException {
    return text("/eddy/report/" + name);
  }

  /** What the report and the dashboard have in common. */
  private static String common(String name) throws IOException {
    return text("/eddy/web/common/" + name);
  }

  private static String text(String path) throws IOException {
    try (InputStream in = ReportPage.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IOException("the jar lacks " + path.substring(1) + "; build it anew");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
