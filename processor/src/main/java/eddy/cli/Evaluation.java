package eddy.cli;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import eddy.learn.Prequential;
import eddy.replay.Replay;
import eddy.replay.ReplaySummary;
import eddy.replay.Rivals;
import eddy.report.Compared;
import eddy.report.Handover;
import eddy.report.MetricsJson;
import eddy.report.PredictionsCsv;
import eddy.report.ScoredLine;
import eddy.report.Scores;
import eddy.report.html.ReportData;
import eddy.report.html.ReportFacts;
import eddy.report.html.ReportPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** One configuration on recorded events, its predictions and scores written into a folder. */
final class Evaluation {
  private static final double MEMORY_SHARE = 0.75;

  private final EddyConfig config;
  private final InputOptions input;
  private final EvaluationOptions options;
  private final Path output;
  private long heapBytes = heapBytes();
  private Replay.Progress progress = (events, fraction) -> {};
  private Consumer<ScoredLine> lines = line -> {};

  /** What was replayed, how good it was, and what its report shows beside. */
  record Result(ReplaySummary summary, Scores scores, ReportFacts facts, ReportData report) {
    /**
     * Writes metrics and report into a folder.
     *
     * @param comparisons of others with it
     * @return the metrics as they were written
     */
    String write(Path folder, List<Compared> comparisons) throws IOException {
      String metrics = MetricsJson.text(summary.run(), scores, comparisons);
      MetricsJson.write(folder, metrics);
      ReportPage.write(folder, facts, metrics, report);
      return metrics;
    }
  }

  Evaluation(EddyConfig config, InputOptions input, EvaluationOptions options, Path output) {
    this.config = config;
    this.input = input;
    this.options = options;
    this.output = output;
  }

  /** What the states of all keys may take: the rest is for everything else. */
  static long heapBytes() {
    return (long) (MEMORY_SHARE * Runtime.getRuntime().maxMemory());
  }

  /** Bounds the memory of key states. */
  Evaluation heapBytes(long bytes) {
    heapBytes = bytes;
    return this;
  }

  /** Tells how far it is. */
  Evaluation progress(Replay.Progress listener) {
    progress = (events, fraction) -> listener.update(events, options.fraction(events, fraction));
    return this;
  }

  /** Shows every line to one more reader, on the thread that learns. */
  Evaluation lines(Consumer<ScoredLine> reader) {
    lines = reader;
    return this;
  }

  /** Replays the events and writes the predictions. */
  Result run() throws IOException {
    Prequential learner = config.newPrequential();
    Rivals rivals = options.rivals(config, learner);
    Scores scores = Scores.of(config.targets(), rivals.names());
    ReportData report = new ReportData(config.targets(), rivals.names());
    ReplaySummary summary;
    try (Input events = input.open(config);
        PredictionsCsv csv = predictions(rivals);
        Handover aside =
            Handover.to(
                line -> {
                  scores.add(line);
                  csv.write(line);
                  report.add(line);
                })) {
      Replay replay =
          new Replay(learner, config.learnerSpec(), lines.andThen(aside))
              .heapBytes(heapBytes)
              .spread(options.spread())
              .limit(options.limit())
              .labels(events.labels())
              .rivals(rivals)
              .progress(progress);
      summary = replay.run(events.partitions());
      aside.finish();
      if (scores.scored() == 0) {
        events.fields().run();
      }
      csv.complete();
    }
    ReportFacts facts = ReplayFacts.of(options.command(), config, input.hasTimes(config), summary);
    return new Result(summary, scores, facts, report);
  }

  private PredictionsCsv predictions(Rivals rivals) {
    try {
      return PredictionsCsv.in(
          output,
          config.targets(),
          config.learnerSpec().spread(),
          options.writesBaselines() ? rivals.names() : List.of());
    } catch (IOException e) {
      throw new ConfigurationException(
          "--output " + output + ": cannot be written to: " + FileFailure.reason(e));
    }
  }
}
