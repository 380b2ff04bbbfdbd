package eddy.demo;

import eddy.config.EddyConfig;
import eddy.report.ScoredLine;
import eddy.stream.EddyApp;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The storms being fed, and their predictions being scored as they are published. */
final class Watch implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final EddyApp app;
  private final Figures figures;
  private final SampleForecasts samples;
  private final TopicScores scores;
  private final StormFeed feed;
  private Consumer<ScoredLine> lines;
  private double seconds;

  /**
   * A watch that has not begun.
   *
   * @param events that will be fed
   * @param perSecond events a second, 0 for as many as the broker takes
   */
  Watch(Stage stage, long events, int perSecond) {
    EddyConfig config = stage.config();
    app = stage.app();
    figures = new Figures(config.targets(), events);
    samples = new SampleForecasts(config.targets(), events);
    lines = figures::add;
    lines = lines.andThen(samples::offer);
    scores = new TopicScores(stage.bootstrapServers(), config, line -> lines.accept(line));
    feed = new StormFeed(stage.bootstrapServers(), config.inputTopic(), perSecond);
  }

  /** Gives every scored line to somebody else too. */
  void also(Consumer<ScoredLine> listener) {
    lines = lines.andThen(listener);
  }

  /**
   * Feeds all and scores all.
   *
   * @return false where it was stopped before
   */
  boolean run(LiveView view, BooleanSupplier stopped) {
    feed.start();
    long start = System.nanoTime();
    long progressAt = start;
    while (!feed.isDone() || scores.answered() < scores.written()) {
      if (stopped.getAsBoolean()) {
        return false;
      }
      long before = scores.answered();
      scores.poll(POLL);
      long now = System.nanoTime();
      progressAt = scores.answered() > before ? now : progressAt;
      requireProgress(now - progressAt);
      seconds = (now - start) / 1e9;
      view.update(figures, scores.answered(), seconds);
    }
    view.show(figures, scores.answered(), seconds);
    return true;
  }

  private void requireProgress(long silentNanos) {
    if (app.failure().isPresent()) {
      throw DemoException.of(app);
    }
    if (feed.failure().isPresent()) {
      Exception failure = feed.failure().get();
      throw new DemoException("the storms cannot be fed: " + failure.getMessage(), failure);
    }
    if (silentNanos > PATIENCE.toNanos()) {
      throw DemoException.silent(app, PATIENCE);
    }
  }

  Figures figures() {
    return figures;
  }

  SampleForecasts samples() {
    return samples;
  }

  TopicScores scores() {
    return scores;
  }

  /** Time from the first event fed to the last one scored. */
  double seconds() {
    return seconds;
  }

  @Override
  public void close() {
    feed.close();
    scores.close();
  }
}
