package eddy.demo;

import eddy.config.EddyConfig;
import eddy.report.RunSummary;
import eddy.report.ScoreTable;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;

/** What the demo tells beside its figures. Plain ASCII, for terminals of all kinds. */
final class DemoText {
  private final PrintStream out;

  DemoText(PrintStream out) {
    this.out = out;
  }

  void title() {
    out.println("Eddy learns from every event of a stream, inside Kafka Streams.");
    out.println("Starting a Kafka broker and an app in this process ...");
    out.println();
  }

  void welcome(Stage stage, long events) {
    EddyConfig config = stage.config();
    out.printf(
        Locale.ROOT,
        """
        What happens   %,d fixes of Atlantic storms, 1975 to 2020, are written to a topic. At each
                       one the app predicts position (degrees), wind (knots) and pressure (millibar)
                       four fixes, about 24 hours, ahead. Four fixes later the truth is there: the
                       prediction is scored, and the network learns from it. It starts untrained.
        How good       MAE beside that of persistence, which says that nothing changes; skill is
                       the share of its error that is gone.
        Dashboard      %s
        Broker         %s
        Topics         %s -> %s, rejected events in %s
        Watch along    %s
        Files          %s, removed at the end
        Stop           Ctrl-C

        """,
        events,
        stage.dashboard(),
        stage.bootstrapServers(),
        config.inputTopic(),
        config.outputTopic(),
        config.deadLetterTopic(),
        consume(stage),
        stage.directory());
  }

  void noBrowser(String address) {
    out.println("No browser could be started; open " + address + " in one.");
    out.println();
  }

  private static String consume(Stage stage) {
    return "kafka-console-consumer.sh --bootstrap-server "
        + stage.bootstrapServers()
        + " --topic "
        + stage.config().outputTopic()
        + " --from-beginning --isolation-level read_committed";
  }

  void samples(SampleForecasts samples) {
    String table = samples.table();
    if (!table.isEmpty()) {
      out.println();
      out.println(
          "Hurricanes as they were forecast about 24 hours ahead, spread over the second half of the"
              + " stream:");
      out.println();
      out.print(table);
    }
  }

  void result(Figures figures, RunSummary run) {
    out.println();
    out.printf(
        Locale.ROOT,
        "All %,d events, %,d of them rejected, in %.1f s. Learner %s, %,d weights:%n%n",
        run.events(),
        run.rejected(),
        run.seconds(),
        run.learner(),
        run.parameters());
    out.print(ScoreTable.of(figures.scores()));
  }

  void written(Path folder, String... names) {
    out.println();
    out.println("Written to " + folder + ": " + String.join(", ", names));
  }

  void next() {
    out.print(
        """

        What to try next
          EDDY_CELL=lstm scripts/demo          another cell: elman, lstm, gru, elstm, rtu, mixed
          scripts/eddy replay --help           the same scores for your own CSV file or topic
          scripts/eddy run --help              the app on your own cluster
          scripts/examples/                    configurations to start from
        """);
  }

  void stays(Stage stage) {
    out.println();
    out.println("The dashboard stays up at " + stage.dashboard());
    out.println("The broker and the app stay up at " + stage.bootstrapServers() + ":");
    out.println("  " + consume(stage));
    out.println(
        "  kafka-console-producer.sh --bootstrap-server "
            + stage.bootstrapServers()
            + " --topic "
            + stage.config().inputTopic()
            + " --property parse.key=true");
    out.println("  where a line is a key, a tab, and an event such as");
    out.println(
        "  {\"timestamp\":\"2026-09-01T00:00:00Z\",\"lat\":20,\"long\":-60,\"wind\":70,"
            + "\"pressure\":980,\"status\":\"hurricane\"}");
    out.println("Ctrl-C ends them.");
  }

  void stopping() {
    out.println();
    out.println("Stopping ...");
  }

  void ended() {
    out.println();
    out.println("Ended; nothing is left behind.");
    out.flush();
  }
}
