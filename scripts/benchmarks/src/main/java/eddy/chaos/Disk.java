package eddy.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small disk in memory, mounted over a folder, that can be filled to its last byte. */
final class Disk implements AutoCloseable {
  /** Room for the files that RocksDB allocates ahead for the stores of all partitions. */
  private static final int MEGABYTES = 256;

  private final Path folder;

  private Disk(Path folder) {
    this.folder = folder;
  }

  /**
   * Mounts one.
   *
   * @return null where that is not permitted
   */
  static Disk mount(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Disk disk = new Disk(folder);
    if (run("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "none", folder.toString())
        != 0) {
      return null;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(disk::close));
    return disk;
  }

  /** Writes until nothing more can be written. */
  void fill() throws IOException {
    byte[] zeros = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(filler())) {
      for (int step = zeros.length; step > 0; step /= 2) {
        fill(out, zeros, step);
      }
    }
  }

  private static void fill(OutputStream out, byte[] zeros, int step) {
    try {
      while (true) {
        out.write(zeros, 0, step);
      }
    } catch (IOException e) {
      // full, for steps of this size
    }
  }

  /** Gives the room back. */
  void free() throws IOException {
    Files.deleteIfExists(filler());
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  @Override
  public void close() {
    try {
      if (Files.isDirectory(folder)) {
        run("umount", "-l", folder.toString());
      }
    } catch (IOException e) {
      System.err.println("not unmounted: " + folder + ": " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
