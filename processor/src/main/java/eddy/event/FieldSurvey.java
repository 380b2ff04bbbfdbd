package eddy.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import eddy.config.NearestName;
import eddy.feature.FeatureSpec;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares the fields that a configuration names with those that some JSON events really have.
 *
 * <p>An event without its label is no bad event, so a misspelt target would go unnoticed for ever:
 * nothing would be learned. Run over the first events of a topic, this finds it at the start.
 */
public final class FieldSurvey {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MOST_NAMES = 200;
  private static final int DEEPEST = 8;

  private final Set<String> wanted = new LinkedHashSet<>();
  private final Set<String> seen = new TreeSet<>();
  private int events;

  /** A survey for the targets, references and features, but those marked {@code ?}. */
  public FieldSurvey(EddyConfig config) {
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

  /** Adds an event; a value that is no JSON object says nothing and is passed over. */
  public void add(byte[] value) {
    if (value == null) {
      return;
    }
    Set<String> names = new TreeSet<>();
    try (JsonParser parser = JSON.createParser(value)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        collect(parser, "", 0, names);
        seen.addAll(names);
        events++;
      }
    } catch (IOException e) {
      // rejected with its reason when its turn comes
    }
  }

  private void collect(JsonParser parser, String prefix, int depth, Set<String> names)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String path = prefix + parser.currentName();
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_OBJECT && depth < DEEPEST) {
        collect(parser, path + ".", depth + 1, names);
      } else {
        parser.skipChildren();
        // what is shown is cut short, what is looked for is not
        if (wanted.contains(path) || seen.size() + names.size() < MOST_NAMES) {
          names.add(path);
        }
      }
    }
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
}
