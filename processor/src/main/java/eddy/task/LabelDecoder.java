package eddy.task;

import eddy.config.EddyConfig;
import eddy.event.Decoders;
import eddy.event.EventDecoder;
import eddy.event.LabelReader;
import eddy.event.LabelReader.Read;
import eddy.event.Quoted;
import eddy.feature.Event;
import eddy.feature.EventSchema;
import eddy.learn.Prequential;
import eddy.ledger.LedgerEntry;
import java.io.Closeable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes labels of the entries of a labels topic: records with the fields of the targets and the id
 * of the event, its own or that of its prediction. Holds the label that was decoded last.
 */
final class LabelDecoder implements Closeable {
  private static final Pattern PLACE =
      Pattern.compile("(.+)-(\\d{1,9})-(\\d{1,18})", Pattern.DOTALL);

  private final LabelReader reader;
  private final EventDecoder decoder;
  private final boolean ownIds;
  private final String topic;
  private final int partition;
  private long id;
  private Event values;

  LabelDecoder(EddyConfig config, EventSchema schema, int partition) {
    reader = new LabelReader(schema, config.targets(), config.eventIdField());
    decoder = Decoders.ofLabels(config, reader.schema());
    ownIds = !config.eventIdField().isEmpty();
    topic = config.inputTopic();
    this.partition = partition;
  }

  /**
   * Decodes an entry.
   *
   * @return why it is no label; null where it is one
   */
  String decode(LedgerEntry entry) {
    Read read =
        reader.read(
            decoder.decode(entry.value(), entry.headers(), entry.timestamp(), entry.offset()));
    if (read instanceof Read.Rejected rejected) {
      return rejected.reason();
    }
    Read.Label label = (Read.Label) read;
    values = label.values();
    if (ownIds) {
      id = Prequential.eventId(label.id());
      return null;
    }
    return place(label.id());
  }

  private String place(String text) {
    Matcher place = PLACE.matcher(text);
    if (!place.matches()) {
      return expected(text);
    }
    boolean here = place.group(1).equals(topic) && Integer.parseInt(place.group(2)) == partition;
    id = Long.parseLong(place.group(3));
    return here ? null : expected(text);
  }

  private String expected(String found) {
    return "field "
        + LabelReader.ID
        + ": expected the id of a prediction of this partition, such as "
        + topic
        + "-"
        + partition
        + "-17, got "
        + Quoted.of(found);
  }

  /** Number that the label calls its event by. */
  long id() {
    return id;
  }

  /** Its values; valid until the next entry. */
  Event values() {
    return values;
  }

  @Override
  public void close() {
    decoder.close();
  }
}
