package eddy.cli;

import eddy.event.CsvLabels;
import eddy.event.EventSource;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * Recorded events, opened for one configuration.
 *
 * @param partitions to be read one after another
 * @param labels that come by themselves; null where no target waits for one
 * @param fields throws where no event read so far had the fields of the configuration
 * @param opened is closed with the input
 */
record Input(
    List<? extends EventSource> partitions,
    CsvLabels labels,
    Runnable fields,
    List<? extends Closeable> opened)
    implements Closeable {
  @Override
  public void close() throws IOException {
    for (Closeable each : opened) {
      each.close();
    }
  }
}
