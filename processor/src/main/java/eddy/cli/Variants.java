package eddy.cli;

import eddy.config.EddyConfig;
import eddy.replay.Replay;
import eddy.replay.ReplayException;
import eddy.replay.RunLosses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Variants of a configuration on the same events: as many at a time as there are cores, which share
 * the heap. One whose keys do not fit into its share runs again by itself when the others are done.
 */
final class Variants {
  private static final int SHOWN_EVERY = 64;

  private final InputOptions input;
  private final EvaluationOptions options;
  private final Path output;
  private final Replay.Progress progress;
  private long[] events;
  private double[] fractions;

  /**
   * One of the variants.
   *
   * @param name also of its folder
   * @param settings by key, in which it differs
   */
  record Variant(String name, Map<String, String> settings, EddyConfig config) {}

  /** What a variant gave. */
  record Outcome(Variant variant, Evaluation.Result result, RunLosses losses) {}

  /**
   * Runs that write into folders of one.
   *
   * @param progress is told the sum of all
   */
  Variants(InputOptions input, EvaluationOptions options, Path output, Replay.Progress progress) {
    this.input = input;
    this.options = options;
    this.output = output;
    this.progress = progress;
  }

  /** Runs all of them, and gives their outcomes in their order. */
  List<Outcome> run(List<Variant> variants) throws IOException {
    events = new long[variants.size()];
    fractions = new double[variants.size()];
    int atOnce = Math.min(Runtime.getRuntime().availableProcessors(), variants.size());
    ExecutorService cores = Executors.newFixedThreadPool(atOnce);
    List<Future<Outcome>> running = new ArrayList<>();
    List<Outcome> outcomes = new ArrayList<>();
    try {
      for (int i = 0; i < variants.size(); i++) {
        int number = i;
        running.add(
            cores.submit(() -> run(variants.get(number), number, Evaluation.heapBytes() / atOnce)));
      }
      for (int i = 0; i < variants.size(); i++) {
        outcomes.add(outcome(running.get(i)));
      }
    } finally {
      cores.shutdownNow();
    }
    for (int i = 0; i < variants.size(); i++) {
      if (outcomes.get(i) == null) {
        outcomes.set(i, run(variants.get(i), i, Evaluation.heapBytes()));
      }
    }
    return outcomes;
  }

  private Outcome run(Variant variant, int number, long heapBytes) throws IOException {
    RunLosses losses = new RunLosses(variant.config().targets());
    Evaluation.Result result =
        new Evaluation(variant.config(), input, options, output.resolve(variant.name()))
            .heapBytes(heapBytes)
            .lines(losses::add)
            .progress(
                (done, fraction) -> {
                  if (done % SHOWN_EVERY == 0) {
                    show(number, done, fraction);
                  }
                })
            .run();
    result.write(output.resolve(variant.name()), List.of());
    show(number, result.summary().run().events(), 1);
    return new Outcome(variant, result, losses);
  }

  private synchronized void show(int number, long done, double fraction) {
    events[number] = done;
    fractions[number] = fraction;
    long all = 0;
    double sum = 0;
    for (int i = 0; i < events.length; i++) {
      all += events[i];
      sum += fractions[i];
    }
    progress.update(all, sum / events.length);
  }

  /** Null where the keys did not fit into a share of the heap. */
  private static Outcome outcome(Future<Outcome> running) throws IOException {
    try {
      return running.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ReplayException) {
        return null;
      }
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while replaying", e);
    }
  }
}
