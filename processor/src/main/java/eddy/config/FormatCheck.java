package eddy.config;

import eddy.config.ValueFormat.Kind;
import eddy.feature.EventSchema;
import eddy.feature.Field;
import java.util.List;
import java.util.Set;

/** Checks formats: that columns are named where they count, and that every field has one. */
final class FormatCheck {
  private final EddyConfig config;
  private final Problems problems;

  FormatCheck(EddyConfig config, Problems problems) {
    this.config = config;
    this.problems = problems;
  }

  void check() {
    columns(EddyKeys.INPUT_COLUMNS, config.eventFormat(), config.schema());
    if (config.usesLabels()) {
      columns(EddyKeys.LABELS_COLUMNS, config.labelFormat(), config.labelSchema());
    } else {
      for (String key : List.of(EddyKeys.LABELS_FORMAT, EddyKeys.LABELS_COLUMNS)) {
        Object value = config.originals().get(key);
        if (value != null) {
          problems.add(key, value, "no target is written field@label; remove the line");
        }
      }
    }
    Object deserializer = config.originals().get(EddyKeys.AVRO_DESERIALIZER);
    boolean avro =
        config.eventFormat().kind() == Kind.AVRO || config.labelFormat().kind() == Kind.AVRO;
    if (deserializer != null && !avro) {
      problems.add(
          EddyKeys.AVRO_DESERIALIZER,
          deserializer,
          "reads Avro; add " + EddyKeys.INPUT_FORMAT + "=avro, or remove the line");
    }
  }

  private void columns(String key, ValueFormat format, EventSchema schema) {
    List<String> columns = format.columns();
    String shown = String.join(",", columns);
    if (format.kind() != Kind.CSV) {
      if (!columns.isEmpty()) {
        problems.add(key, shown, "counts for lines of CSV; add " + format.formatKey() + "=csv");
      }
    } else if (columns.isEmpty()) {
      problems.add(
          problems.name(key)
              + ": is missing; write the names of the cells of a line, in their order, for "
              + format.formatKey()
              + "=csv");
    } else if (Set.copyOf(columns).size() < columns.size()) {
      problems.add(key, shown, "two columns have the same name; rename one");
    } else {
      for (Field field : schema.eventFields()) {
        if (!columns.contains(field.path())) {
          problems.add(
              key,
              shown,
              "there is no column "
                  + field.path()
                  + NearestName.hint(field.path(), columns)
                  + " Name all cells of a line, in their order");
        }
      }
    }
  }
}
