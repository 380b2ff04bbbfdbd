package eddy.cli;

import eddy.config.EddyConfig;
import eddy.event.CsvSource;
import eddy.event.EventSource;
import eddy.event.TextSource;
import eddy.learn.LearnerSpec;
import eddy.learn.Prequential;
import eddy.math.RandomStream;
import eddy.replay.Replay;
import eddy.replay.ReplayException;
import eddy.replay.ReplaySummary;
import eddy.replay.Sampler;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Learns the next symbol of a recorded sequence, then writes one of its own. */
@Command(
    name = "generate",
    description = {
      "Learns from recorded events as replay does, then samples: the first category target with"
          + " horizon 1, such as char:category@+1, says what comes next, and every sampled symbol"
          + " becomes the next event. Nothing is learned from them. Features must be those of this"
          + " field alone."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  A text that goes on where the book ends:",
      "    eddy generate --config text.properties --text book.txt --length 300",
      "  A new text that begins with a name, likely characters only, after three passes:",
      "    eddy generate --config text.properties --text book.txt --prime 'ROMEO:' \\",
      "        --temperature 0.7 --passes 3",
      "  Activities of a new case, one a line:",
      "    eddy generate --config cases.properties --csv log.csv --key case \\",
      "        --prime 'Accepted,Queued' --length 10",
      "",
      "With --prime a new sequence begins, which is told the prime first; without it the sequence of"
          + " the last event goes on. Weights are those that the last event was learned with."
    })
final class GenerateCommand implements Callable<Integer> {
  private static final double MEMORY_SHARE = 0.75;

  @Spec private CommandSpec specification;

  @Mixin private ConfigurationOption configuration;

  @ArgGroup(multiplicity = "1")
  private Source source;

  /** What is learned from: one of these. */
  private static final class Source {
    @Option(
        names = "--text",
        paramLabel = "FILE",
        description = "Text in UTF-8, plain or gzipped: one symbol a character, field char.")
    private Path text;

    @Option(
        names = "--csv",
        paramLabel = "FILE",
        description = "CSV file with a header, plain or gzipped.")
    private Path csv;
  }

  @Option(
      names = "--key",
      paramLabel = "COLUMN",
      description = "Column of a CSV file that holds the key; without it all rows have one key.")
  private String key;

  @Option(
      names = "--prime",
      paramLabel = "TEXT",
      description =
          "How a new sequence begins: characters, or symbols of a CSV file between commas.")
  private String prime;

  @Option(
      names = "--length",
      paramLabel = "N",
      defaultValue = "500",
      description = "Symbols to sample; ${DEFAULT-VALUE} unless given.")
  private int length;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "1",
      description =
          "Probabilities are raised to the power 1/T: below 1 likely symbols gain, 0 takes the"
              + " likeliest always; ${DEFAULT-VALUE} unless given.")
  private double temperature;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the sampling; that of the weights is eddy.seed.")
  private long seed;

  @Option(
      names = "--passes",
      paramLabel = "N",
      defaultValue = "1",
      description = "Times that the source is learned from; ${DEFAULT-VALUE} unless given.")
  private int passes;

  @Override
  public Integer call() throws IOException {
    requireFittingOptions();
    EddyConfig config = configuration.load();
    LearnerSpec spec = config.learnerSpec();
    Sampler.require(spec);
    Prequential learner = config.newPrequential();
    Replay replay =
        new Replay(learner, spec, line -> {})
            .passes()
            .heapBytes((long) (MEMORY_SHARE * Runtime.getRuntime().maxMemory()));
    learn(config, replay);
    write(sampler(learner, spec, replay));
    return CommandLine.ExitCode.OK;
  }

  private void requireFittingOptions() {
    if (key != null && source.csv == null) {
      throw wrong("--key goes with --csv only; remove it");
    }
    if (length < 1) {
      throw wrong("--length must be >= 1 but was " + length);
    }
    if (passes < 1) {
      throw wrong("--passes must be >= 1 but was " + passes);
    }
    if (!(temperature >= 0) || Double.isInfinite(temperature)) {
      throw wrong("--temperature must be >= 0 and finite but was " + temperature);
    }
    if (prime != null && prime.isEmpty()) {
      throw wrong("--prime must hold at least one symbol; leave it out to go on with the source");
    }
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(specification.commandLine(), problem);
  }

  private void learn(EddyConfig config, Replay replay) throws IOException {
    List<EventSource> sources = new ArrayList<>();
    try (Progress progress = Progress.of("learn")) {
      for (int pass = 0; pass < passes; pass++) {
        sources.add(open(config));
      }
      ReplaySummary summary = replay.progress(progress::update).run(sources);
      if (replay.last() == null) {
        throw new ReplayException(
            (source.text != null ? source.text : source.csv)
                + ": nothing was learned, as "
                + summary.run().rejected()
                + " of "
                + summary.run().events()
                + " events were rejected");
      }
    } finally {
      for (EventSource each : sources) {
        each.close();
      }
    }
  }

  private EventSource open(EddyConfig config) throws IOException {
    if (source.text != null) {
      return FileFailure.of(source.text, () -> TextSource.open(source.text, config.schema()));
    }
    String keyColumn = key != null ? key : config.key().orElse(null);
    return FileFailure.of(
        source.csv, () -> CsvSource.open(source.csv, config.schema(), keyColumn, null));
  }

  private Sampler sampler(Prequential learner, LearnerSpec spec, Replay replay) {
    Replay.Learned last = replay.last();
    if (prime == null) {
      return new Sampler(learner, spec, last.state(), last.weights(), replay.newest());
    }
    Sampler sampler = new Sampler(learner, spec, learner.newKeyState(), last.weights(), null);
    symbols().forEach(sampler::read);
    return sampler;
  }

  private List<String> symbols() {
    return source.text != null
        ? prime.codePoints().mapToObj(Character::toString).toList()
        : Arrays.stream(prime.split(",")).map(String::trim).toList();
  }

  private void write(Sampler sampler) {
    PrintWriter out = specification.commandLine().getOut();
    RandomStream random = new RandomStream(seed);
    for (int i = 0; i < length; i++) {
      String symbol = sampler.next(temperature, random);
      if (symbol == null) {
        throw new ReplayException("nothing can be sampled: no event had a symbol");
      }
      if (source.text != null) {
        out.print(symbol);
      } else {
        out.println(symbol);
      }
    }
    if (source.text != null) {
      out.println();
    }
    out.flush();
  }
}
