package eddy.soak;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A page with a plot of every series that needs no other file and no network. */
final class SoakPage {
  private static final String LIBRARY = "/eddy/web/common/uplot/";

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Eddy soak</title>
      <style>%s
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto;
        padding: 0 1rem; color: #1b1f24; background: #fff }
      h2 { font-size: 1rem; margin: 1.5rem 0 0 }
      p { margin: 0; color: #4b5563 }
      main { display: grid; grid-template-columns: repeat(auto-fit, minmax(28rem, 1fr)); gap: 0 2rem }
      </style>
      <h1>Soak</h1>
      <p id="facts"></p>
      <main id="plots"></main>
      <script type="application/json" id="data">%s</script>
      <script>%s</script>
      <script>
      const data = JSON.parse(document.getElementById("data").textContent);
      document.getElementById("facts").textContent = data.facts;
      for (const line of data.series) {
        const section = document.createElement("section");
        const head = document.createElement("h2");
        head.textContent = line.title + (line.unit ? ", " + line.unit : "");
        const trend = document.createElement("p");
        trend.textContent = line.trend;
        section.append(head, trend);
        document.getElementById("plots").append(section);
        line.section = section;
      }
      // only now do all columns have their width
      for (const line of data.series) {
        new uPlot({
          width: Math.max(300, line.section.clientWidth), height: 220,
          legend: { show: true },
          scales: { x: { time: false }, y: { range: (u, min, max) => [0, max * 1.1 || 1] } },
          axes: [{ label: "minutes" }, { size: 70 }],
          series: [{ label: "minute" }, { label: line.title, stroke: "#2563eb", width: 2 },
                   { label: "fit", stroke: "#b45309", dash: [6, 4] }],
        }, [data.minutes, line.values, line.fit], line.section);
      }
      </script>
      </html>
      """;

  private SoakPage() {}

  static void write(Path file, Map<String, Object> data) throws IOException {
    // within a script element only this could end it
    String json = new ObjectMapper().writeValueAsString(data).replace("<", "\\u003c");
    String page =
        PAGE.replace("%s", "\0")
            .replaceFirst("\0", java.util.regex.Matcher.quoteReplacement(text("uPlot.min.css")))
            .replaceFirst("\0", java.util.regex.Matcher.quoteReplacement(json))
            .replaceFirst(
                "\0", java.util.regex.Matcher.quoteReplacement(text("uPlot.iife.min.js")));
    Files.writeString(file, page);
  }

  private static String text(String name) throws IOException {
    try (InputStream in = SoakPage.class.getResourceAsStream(LIBRARY + name)) {
      if (in == null) {
        throw new IOException(LIBRARY + name + " is not in the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
