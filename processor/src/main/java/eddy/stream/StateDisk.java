package eddy.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;

/** The disk that local state lies on. */
final class StateDisk {
  /** Less than RocksDB takes for the files of one more store. */
  private static final long SCARCE = 16L << 20;

  private final Path directory;

  private StateDisk(Path directory) {
    this.directory = directory;
  }

  /** The disk of an app with these properties of Kafka Streams. */
  static StateDisk of(Properties streams) {
    Object named = streams.get(StreamsConfig.STATE_DIR_CONFIG);
    Object directory =
        named == null
            ? StreamsConfig.configDef().defaultValues().get(StreamsConfig.STATE_DIR_CONFIG)
            : named;
    return new StateDisk(Path.of(directory.toString()));
  }

  /** Where the disk is full, a clause that says so and ends with a blank; else nothing. */
  String shortage() {
    try {
      long usable = Files.getFileStore(directory).getUsableSpace();
      return usable < SCARCE
          ? "the disk of state.dir="
              + directory
              + " has "
              + usable
              + " bytes left, make room or name another one; "
          : "";
    } catch (IOException e) {
      // not there any more, which the failure itself tells better
      return "";
    }
  }
}
