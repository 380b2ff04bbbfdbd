package eddy.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Ways in which files of a state directory may go bad. */
enum Corruption {
  TORN_MANIFEST("manifests cut in half", "MANIFEST-", Corruption::half),
  NOISY_TABLES("noise in the tables", ".sst", Corruption::noise),
  NOISY_MANIFEST("noise in the manifests", "MANIFEST-", Corruption::noise),
  LOST_CURRENT("CURRENT emptied", "CURRENT", Corruption::nothing),
  BAD_CHECKPOINTS("noise in the checkpoints", ".checkpoint", Corruption::noise),
  BAD_PROCESS_FILE(
      "noise in the process's own file", "kafka-streams-process-metadata", Corruption::noise);

  private final String title;
  private final String name;
  private final BiFunction<byte[], SplittableRandom, byte[]> change;

  Corruption(String title, String name, BiFunction<byte[], SplittableRandom, byte[]> change) {
    this.title = title;
    this.name = name;
    this.change = change;
  }

  String title() {
    return title;
  }

  private static byte[] half(byte[] bytes, SplittableRandom chance) {
    return Arrays.copyOf(bytes, bytes.length / 2);
  }

  private static byte[] nothing(byte[] bytes, SplittableRandom chance) {
    return new byte[0];
  }

  private static byte[] noise(byte[] bytes, SplittableRandom chance) {
    byte[] noisy = bytes.clone();
    for (int i = 0; i < noisy.length; i += 1 + chance.nextInt(64)) {
      noisy[i] = (byte) chance.nextInt();
    }
    return noisy;
  }

  /**
   * Corrupts all files of the kind under a folder.
   *
   * @return how many there were
   */
  int strike(Path folder, SplittableRandom chance) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      paths
          .filter(Files::isRegularFile)
          .filter(path -> path.getFileName().toString().contains(name))
          .sorted()
          .forEach(files::add);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path file : files) {
      Files.write(file, change.apply(Files.readAllBytes(file), chance));
    }
    return files.size();
  }
}
