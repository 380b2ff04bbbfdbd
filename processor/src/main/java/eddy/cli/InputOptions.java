package eddy.cli;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import eddy.event.CsvLabels;
import eddy.event.CsvSource;
import eddy.event.EventSource;
import eddy.event.JsonLinesSource;
import eddy.event.TextSource;
import eddy.feature.FieldKind;
import eddy.feature.TargetSpec;
import eddy.learn.LabelDeadline;
import eddy.replay.FilteredSource;
import eddy.replay.KeyFilter;
import eddy.replay.TopicInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where recorded events and their labels come from. */
final class InputOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec specification;

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Mixin private RangeOptions range;

  /** Ends of the topic as it was opened first: whoever opens it again sees the same records. */
  private Map<TopicPartition, Long> ends = Map.of();

  /** Where the events come from: one of these. */
  private static final class Source {
    @Option(
        names = "--csv",
        paramLabel = "FILE",
        description = "CSV file with a header, plain or gzipped.")
    private Path csv;

    @Option(
        names = "--jsonl",
        paramLabel = "FILE",
        description = "JSON lines, plain or gzipped: one object a line, as a topic's values are.")
    private Path jsonl;

    @Option(
        names = "--text",
        paramLabel = "FILE",
        description = "Text in UTF-8, plain or gzipped: one event a character, field char.")
    private Path text;

    @Option(
        names = "--bootstrap-servers",
        paramLabel = "SERVERS",
        description = "Kafka, such as localhost:9092: its topic eddy.input.topic.")
    private String bootstrapServers;
  }

  @Option(
      names = "--key",
      paramLabel = "FIELD",
      description =
          "Column of a CSV file, or path of JSON lines, that holds the key; without it all rows have"
              + " one key.")
  private String key;

  @Option(
      names = "--time",
      paramLabel = "FIELD",
      description =
          "Column of a CSV file, or path of JSON lines, that holds the time of the event.")
  private String time;

  @Option(
      names = "--keys",
      paramLabel = "KEYS",
      description =
          "Some of the keys as if they were all: A..M (up to those that begin with M), A.., ..M, AL*"
              + " (all that begin with AL), 1/10 (the first of ten shares), or one key.")
  private String keys;

  @Option(
      names = "--labels-csv",
      paramLabel = "FILE",
      description = {
        "Labels of targets written field@label, beside --csv: a CSV file with the column of --key,"
            + " the fields of the targets, and the id of the event: the column that"
            + " eddy.event.id.field names, or without it its row in a column id. A label comes after"
            + " the row that its column after_row names; without such a column, after all events"
            + " that are no later than it, by the column of --time."
      })
  private Path labelsCsv;

  /** Refuses options that do not go with the source. */
  void requireFitting() {
    boolean named = source.csv != null || source.jsonl != null;
    refuseUnless(named, "--key", key, "--csv or --jsonl");
    refuseUnless(named, "--time", time, "--csv or --jsonl");
    refuseUnless(source.text == null, "--keys", keys, "events that have keys");
    refuseUnless(source.csv != null, "--labels-csv", labelsCsv, "--csv");
    if (!isTopic()) {
      range.given().forEach((option, value) -> refuse(option, value, "--bootstrap-servers"));
    }
    range.requireFitting();
  }

  private void refuseUnless(boolean fitting, String option, Object value, String needed) {
    if (!fitting) {
      refuse(option, value, needed);
    }
  }

  private void refuse(String option, Object value, String needed) {
    if (value != null) {
      throw wrong(option + " goes with " + needed + " only; remove it");
    }
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(specification.commandLine(), problem);
  }

  /** Whether the events are those of a topic. */
  boolean isTopic() {
    return source.bootstrapServers != null;
  }

  /** Kafka; null where the events are those of a file. */
  String bootstrapServers() {
    return source.bootstrapServers;
  }

  /** Which records of a topic are read. */
  RangeOptions range() {
    return range;
  }

  /** Whether labels come from a file of their own. */
  boolean hasLabels() {
    return labelsCsv != null;
  }

  /**
   * Opens the events for a configuration: each time the same. For any thread.
   *
   * @throws ConfigurationException where they are not there, or do not fit it
   */
  synchronized Input open(EddyConfig config) throws IOException {
    if (isTopic()) {
      TopicInput topic = TopicInput.open(config, source.bootstrapServers, range.range(), ends);
      ends = topic.ends();
      return new Input(filtered(topic.partitions()), null, topic::requireFields, List.of(topic));
    }
    requireTimeWhereMeant(config);
    String keyField = key != null ? key : config.key().orElse(null);
    if (keys != null && keyField == null) {
      throw wrong("--keys " + keys + ": the events have no key; name its field with --key");
    }
    EventSource file = file(config, keyField);
    try {
      CsvLabels labels = labels(config, keyField);
      // whether a CSV file has the fields is known since it was opened
      Runnable fields = file instanceof JsonLinesSource json ? json::requireFields : () -> {};
      return new Input(
          filtered(List.of(file)),
          labels,
          fields,
          labels == null ? List.of(file) : List.of(labels, file));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private List<? extends EventSource> filtered(List<? extends EventSource> partitions) {
    if (keys == null) {
      return partitions;
    }
    KeyFilter filter = KeyFilter.parse(keys);
    return partitions.stream().map(each -> new FilteredSource(each, filter.accepts())).toList();
  }

  private EventSource file(EddyConfig config, String keyField) throws IOException {
    if (source.text != null) {
      return FileFailure.of(source.text, () -> TextSource.open(source.text, config.schema()));
    }
    if (source.jsonl != null) {
      return FileFailure.of(
          source.jsonl, () -> JsonLinesSource.open(source.jsonl, config, keyField, time));
    }
    return FileFailure.of(
        source.csv, () -> CsvSource.open(source.csv, config.schema(), keyField, time));
  }

  /** Whether events have times; without, their row stands in its place. */
  boolean hasTimes(EddyConfig config) {
    return isTopic()
        || time != null
        || source.text == null
            && config.schema().fields().stream().anyMatch(f -> f.kind() == FieldKind.TIME);
  }

  /** Rows without a time have their number for one, which no duration is meant for. */
  private void requireTimeWhereMeant(EddyConfig config) {
    if (hasTimes(config)) {
      return;
    }
    String remedy = ": the rows have no time; name its column with --time, or remove the line";
    if (!config.sequence().gap().isZero()) {
      throw new ConfigurationException("eddy.sequence.gap=" + config.sequence().gap() + remedy);
    }
    for (TargetSpec target : config.targets()) {
      if (target.horizon() instanceof TargetSpec.Horizon.TimeAhead) {
        throw new ConfigurationException("eddy.targets: target " + target.name() + remedy);
      }
    }
    if (config.learnerSpec().deadline().millis() != LabelDeadline.DEFAULT.millis()) {
      throw new ConfigurationException("eddy.label.deadline.time" + remedy);
    }
  }

  /** The labels that come by themselves; null where no target waits for one. */
  private CsvLabels labels(EddyConfig config, String keyField) throws IOException {
    if (!config.usesLabels()) {
      if (labelsCsv != null) {
        throw wrong("--labels-csv: no target waits for its labels; write one as field@label");
      }
      return null;
    }
    if (labelsCsv == null) {
      throw wrong(
          "the labels of field@label do not stand in the events; name a CSV file of them with"
              + " --labels-csv");
    }
    CsvLabels labels =
        FileFailure.of(
            labelsCsv,
            () ->
                CsvLabels.open(
                    labelsCsv,
                    config.schema(),
                    config.targets(),
                    config.eventIdField(),
                    keyField,
                    time));
    return keys == null ? labels : labels.keys(KeyFilter.parse(keys).accepts());
  }
}
