package eddy.demo;

import eddy.config.EddyConfig;
import eddy.learn.Prequential;
import eddy.report.MetricsJson;
import eddy.report.PredictionsCsv;
import eddy.report.RunSummary;
import eddy.stream.EddyApp;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;

/**
 * One showing of the demo: broker, app and feed are started, watched until every event is scored,
 * and ended in order. For one thread; {@link #stop} is for others.
 */
public final class Demo {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);

  private final Options options;
  private final PrintStream out;
  private final boolean inPlace;
  private final DemoText text;
  private volatile boolean stopped;

  /**
   * What the user asked for.
   *
   * @param exit whether it ends when all is scored
   * @param output folder for predictions.csv and metrics.json, null for none
   * @param perSecond events fed a second, 0 for as many as the broker takes
   * @param port of the broker, 0 for a free one
   * @param open whether the dashboard is opened in a browser
   */
  public record Options(boolean exit, Path output, int perSecond, int port, boolean open) {
    public Options {
      if (perSecond < 0) {
        throw new IllegalArgumentException(
            "the rate must be >= 0 but was " + perSecond + "; 0 is as fast as it goes");
      }
      if (port < 0 || port > 65535) {
        throw new IllegalArgumentException("the port must be from 0 to 65535 but was " + port);
      }
    }
  }

  /**
   * A showing that has not begun.
   *
   * @param inPlace whether the output is a terminal that understands ANSI escapes
   */
  public Demo(Options options, PrintStream out, boolean inPlace) {
    this.options = Objects.requireNonNull(options, "options");
    this.out = Objects.requireNonNull(out, "out");
    this.inPlace = inPlace;
    text = new DemoText(out);
  }

  /** Makes {@link #run} clean up and return soon. */
  public void stop() {
    text.stopping();
    stopped = true;
  }

  /** Whether it is to end: told so, or nobody is left to read what it says. */
  private boolean isStopped() {
    return stopped || out.checkError();
  }

  /**
   * Shows it, and leaves nothing behind whatever happens.
   *
   * @return whether all was scored; false where it was stopped before
   * @throws DemoException where it cannot go on
   * @throws IOException where the output folder or temporary files cannot be written to
   */
  public boolean run() throws IOException, InterruptedException {
    text.title();
    boolean scored;
    try (PredictionsCsv predictions = predictions();
        Stage stage = Stage.open(options.port())) {
      scored = show(stage, predictions);
      if (scored && !options.exit()) {
        text.stays(stage);
        stay(stage.app());
      }
    }
    text.ended();
    return scored;
  }

  private PredictionsCsv predictions() throws IOException {
    return options.output() == null
        ? null
        : PredictionsCsv.in(options.output(), Storms.configuration(Map.of()).targets());
  }

  /** Starts the app and watches it; false where it was stopped before all was scored. */
  private boolean show(Stage stage, PredictionsCsv predictions)
      throws IOException, InterruptedException {
    if (isStopped()) {
      return false;
    }
    stage.startApp();
    long events = Storms.count();
    text.welcome(stage, events);
    if (options.open() && !SystemBrowser.open(stage.dashboard())) {
      text.noBrowser(stage.dashboard());
    }
    if (!awaitReady(stage.app())) {
      return false;
    }
    try (Watch watch = new Watch(stage, events, options.perSecond())) {
      if (predictions != null) {
        watch.also(predictions::write);
      }
      LiveView view = new LiveView(out, inPlace, System::nanoTime);
      if (!watch.run(view, this::isStopped)) {
        return false;
      }
      tell(watch, summary(stage.config(), watch), predictions);
      return true;
    }
  }

  /** Waits until the app has joined its group; false where it was stopped before. */
  private boolean awaitReady(EddyApp app) throws InterruptedException {
    long start = System.nanoTime();
    while (app.state() != KafkaStreams.State.RUNNING) {
      if (isStopped()) {
        return false;
      }
      if (app.awaitEnd(POLL)) {
        throw DemoException.of(app);
      }
      if (System.nanoTime() - start > READY_WITHIN.toNanos()) {
        throw DemoException.silent(app, READY_WITHIN);
      }
    }
    return true;
  }

  private static RunSummary summary(EddyConfig config, Watch watch) {
    Prequential learner = config.newPrequential();
    return new RunSummary(
        watch.scores().answered(),
        watch.scores().rejected(),
        (watch.scores().answered() - watch.scores().rejected()) * config.targets().size(),
        watch.scores().unlabelled(),
        watch.seconds(),
        learner.bytesPerKey(),
        learner.parameters(),
        learner.learner(),
        Optional.empty());
  }

  private void tell(Watch watch, RunSummary run, PredictionsCsv predictions) throws IOException {
    text.samples(watch.samples());
    text.result(watch.figures(), run);
    if (predictions != null) {
      predictions.complete();
      MetricsJson.write(options.output(), MetricsJson.text(run, watch.figures().scores()));
      text.written(options.output(), PredictionsCsv.NAME, MetricsJson.NAME);
    }
    text.next();
  }

  private void stay(EddyApp app) throws InterruptedException {
    while (!isStopped()) {
      if (app.awaitEnd(POLL)) {
        throw DemoException.of(app);
      }
    }
  }
}
