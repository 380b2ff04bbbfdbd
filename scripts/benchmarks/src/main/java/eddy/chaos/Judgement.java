package eddy.chaos;

import eddy.audit.Auditor;
import eddy.audit.Findings;
import eddy.config.EddyConfig;
import eddy.crash.EventStream;
import eddy.crash.LedgerReplay;
import eddy.crash.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Audits what a campaign has left in its topics, and compares it with a run without faults. */
final class Judgement {
  /** Topics of the run without faults, beside those of a {@link Row}. */
  static final List<String> TOPICS = List.of("calm.predictions", "calm.rejected");

  private static final String CALM = "calm";
  private static final String CALM_PREDICTIONS = TOPICS.get(0);
  private static final String CALM_REJECTED = TOPICS.get(1);

  private final String servers;
  private final EventStream stream;
  private final Map<String, String> settings;
  private final boolean ledger;
  private final SlowReader reader;
  private final Path directory;
  private final Consumer<String> say;

  /**
   * Of a campaign.
   *
   * @param settings of its app
   * @param ledger whether the app has one, by which it is judged
   * @param directory of the run without faults
   */
  Judgement(
      String servers,
      EventStream stream,
      Map<String, String> settings,
      boolean ledger,
      SlowReader reader,
      Path directory,
      Consumer<String> say) {
    this.servers = servers;
    this.stream = stream;
    this.settings = settings;
    this.ledger = ledger;
    this.reader = reader;
    this.directory = directory;
    this.say = say;
  }

  private Map<String, String> calm() {
    Map<String, String> calm = new LinkedHashMap<>(settings);
    calm.put("application.id", CALM);
    calm.put("commit.interval.ms", "2000");
    calm.put("eddy.output.topic", CALM_PREDICTIONS);
    calm.put("eddy.dead.letter.topic", CALM_REJECTED);
    return calm;
  }

  /**
   * Audits topics, and compares.
   *
   * @param incidents of the campaign
   * @param skipped what was not done
   */
  Campaign.Outcome of(List<Incident> incidents, List<String> ends, List<String> skipped)
      throws IOException, InterruptedException {
    say.accept("audit");
    Auditor auditor = new Auditor(servers, Row.EVENTS);
    Findings found = auditor.answers(Row.PREDICTIONS, Row.REJECTED);
    Optional<String> equality = ledger ? replayed(found) : undisturbed(auditor);
    if (equality.isEmpty()) {
      Map<Integer, List<byte[]>> all = auditor.hashes(Row.PREDICTIONS);
      equality = sameReading(reader.finish(all), all);
    }
    return new Campaign.Outcome(
        ledger,
        incidents,
        ends,
        skipped,
        found,
        equality,
        ledger ? "the ledger's replay" : "an undisturbed run");
  }

  private Optional<String> replayed(Findings found) throws IOException {
    return LedgerReplay.difference(EddyConfig.of(settings), servers, found.predictions());
  }

  private Optional<String> undisturbed(Auditor auditor) throws IOException, InterruptedException {
    say.accept("an undisturbed run over the same input");
    Fleet calm = new Fleet();
    try (calm;
        Answers answered = new Answers(servers, stream, CALM_PREDICTIONS, CALM_REJECTED)) {
      calm.add(directory, calm()).start();
      long deadline = System.nanoTime() + Watch.PATIENCE.toNanos();
      while (!answered.complete()) {
        answered.poll();
        if (!calm.isRunning(0) || System.nanoTime() > deadline) {
          throw new IOException("the undisturbed run failed:\n" + calm.get(0).endOfLog());
        }
      }
      calm.get(0).stop();
    }
    List<String> wrong = new ArrayList<>();
    wrong.addAll(auditor.same(Row.PREDICTIONS, CALM_PREDICTIONS).first());
    wrong.addAll(auditor.same(Row.REJECTED, CALM_REJECTED).first());
    for (String store : List.of("weights", "keys")) {
      String changelog = "-eddy-" + store + "-changelog";
      wrong.addAll(
          auditor.sameState(settings.get("application.id") + changelog, CALM + changelog).first());
    }
    return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", wrong));
  }

  private static Optional<String> sameReading(
      Map<Integer, List<byte[]>> read, Map<Integer, List<byte[]>> all) {
    for (Map.Entry<Integer, List<byte[]>> partition : all.entrySet()) {
      List<byte[]> got = read.getOrDefault(partition.getKey(), List.of());
      boolean same = got.size() == partition.getValue().size();
      for (int i = 0; same && i < got.size(); i++) {
        same = Arrays.equals(got.get(i), partition.getValue().get(i));
      }
      if (!same) {
        return Optional.of(
            "the slow reader got "
                + got.size()
                + " predictions of partition "
                + partition.getKey()
                + ", which are not the "
                + partition.getValue().size()
                + " that are there");
      }
    }
    return Optional.empty();
  }
}
