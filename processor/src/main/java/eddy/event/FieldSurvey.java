package eddy.event;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import eddy.config.NearestName;
import eddy.feature.FeatureSpec;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.header.Headers;

/**
 * Compares the fields that a configuration names with those that some events really have.
 *
 * <p>An event without its label is no bad event, so a misspelt target would go unnoticed for ever:
 * nothing would be learned. Run over the first events of a topic, this finds it at the start.
 */
public final class FieldSurvey implements Closeable {
  private static final int MOST_NAMES = 200;

  /** Null where nothing is read, since the configuration names all columns. */
  private final FieldNames names;

  private final Set<String> wanted = new LinkedHashSet<>();
  private final Set<String> seen = new TreeSet<>();
  private int events;

  private FieldSurvey(EddyConfig config, FieldNames names) {
    this.names = names;
    for (TargetSpec target : config.targets()) {
      if (!(target.horizon() instanceof Horizon.LabelTopic)) {
        wanted.add(target.field());
      }
      if (target.reference() instanceof Reference.Past past) {
        wanted.add(past.field());
      }
    }
    List<FeatureSpec> features = new ArrayList<>(config.features());
    features.addAll(config.readoutFeatures());
    features.stream().filter(f -> !f.optional()).map(FeatureSpec::field).forEach(wanted::add);
  }

  /**
   * A survey of the input topic for the targets, references and features, but those marked {@code
   * ?}.
   */
  public static FieldSurvey ofTopic(EddyConfig config) {
    return new FieldSurvey(config, Decoders.names(config));
  }

  /** The same of events in JSON. */
  static FieldSurvey ofJson(EddyConfig config) {
    return new FieldSurvey(config, new JsonNames());
  }

  /** Adds an event; a value that is none says nothing and is passed over. */
  public void add(byte[] value, Headers headers) {
    if (value == null || names == null) {
      return;
    }
    names
        .of(value, headers)
        .ifPresent(
            found -> {
              // what is shown is cut short, what is looked for is not
              found.stream()
                  .filter(path -> wanted.contains(path) || seen.size() < MOST_NAMES)
                  .forEach(seen::add);
              events++;
            });
  }

  /** The fields that none of the events had; empty where there were no events. */
  public List<String> missing() {
    return wanted.stream().filter(field -> events > 0 && !seen.contains(field)).toList();
  }

  /**
   * Checks that every field was in at least one of the events. Without events there is nothing to
   * say.
   *
   * @param source of the events, to be named in errors
   * @throws ConfigurationException with a line for every field that was in none
   */
  public void requireFields(String source) {
    List<String> problems = new ArrayList<>();
    for (String field : missing()) {
      problems.add(
          "field "
              + field
              + ": the first "
              + events
              + " events of "
              + source
              + " do not have it"
              + NearestName.hint(field, seen)
              + " They have "
              + String.join(", ", seen));
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  @Override
  public void close() {
    if (names instanceof EventDecoder decoder) {
      decoder.close();
    }
  }
}
