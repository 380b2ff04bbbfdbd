package eddy.config;

import eddy.feature.ArrivalSpec;
import eddy.feature.SequenceSpec;
import java.time.Duration;
import java.util.Locale;

/** Reads how the events of a key follow each other: sequences, late events, duplicates. */
final class SequenceSettings {
  private static final String ACCEPT = "accept";

  private final EddyConfig config;
  private final Problems problems;

  SequenceSettings(EddyConfig config, Problems problems) {
    this.config = config;
    this.problems = problems;
  }

  SequenceSpec sequence() {
    String named = config.getString(EddyKeys.SEQUENCE_OUTPUT);
    SequenceSpec.Output output = SequenceSpec.Output.valueOf(named.toUpperCase(Locale.ROOT));
    String text = config.getString(EddyKeys.SEQUENCE_GAP);
    Duration gap = text == null ? Duration.ZERO : Duration.parse(text.strip());
    if (config.getString(EddyKeys.SEQUENCE_END_FIELD).isBlank()) {
      if (output != SequenceSpec.Output.EVERY) {
        problems.add(
            EddyKeys.SEQUENCE_OUTPUT,
            named,
            "a prediction of a whole sequence is made at its end; name the field that marks it in "
                + EddyKeys.SEQUENCE_END_FIELD);
      }
      return new SequenceSpec(SequenceSpec.Output.EVERY, "", false, gap);
    }
    Cursor cursor = cursor(EddyKeys.SEQUENCE_END_FIELD);
    String field = cursor.takeField();
    boolean optional = cursor.take("?");
    requireEnd(cursor);
    return new SequenceSpec(output, field, optional, gap);
  }

  ArrivalSpec arrivals() {
    boolean acceptsLate = config.getString(EddyKeys.OUT_OF_ORDER).equals(ACCEPT);
    boolean acceptsDuplicates = config.getString(EddyKeys.DUPLICATES).equals(ACCEPT);
    String idField = "";
    if (!config.getString(EddyKeys.EVENT_ID_FIELD).isBlank()) {
      Cursor cursor = cursor(EddyKeys.EVENT_ID_FIELD);
      idField = cursor.takeField();
      requireEnd(cursor);
    }
    boolean noticed = !acceptsDuplicates || !idField.isEmpty();
    Object window = config.originals().get(EddyKeys.DUPLICATES_WINDOW);
    if (!noticed && window != null) {
      problems.add(
          EddyKeys.DUPLICATES_WINDOW,
          window,
          "nothing tells duplicates; name the field of the id in "
              + EddyKeys.EVENT_ID_FIELD
              + ", or write eddy.duplicates=reject to tell them by their time");
    }
    return new ArrivalSpec(
        acceptsLate,
        acceptsDuplicates,
        idField,
        noticed ? config.getInt(EddyKeys.DUPLICATES_WINDOW) : 0);
  }

  private Cursor cursor(String key) {
    return new Cursor(problems.name(key), config.getString(key).strip());
  }

  private static void requireEnd(Cursor cursor) {
    if (!cursor.atEnd()) {
      throw cursor.wrong(
          cursor.at(), "expected one field, found " + cursor.found(cursor.at()) + " after it");
    }
  }
}
