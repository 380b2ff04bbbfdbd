package eddy.report;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that is seen only when it is complete: written beside its place under a hidden name, then
 * moved there.
 *
 * <p>Closing it before {@link #complete} removes what was written and leaves the place as it was.
 */
public final class OutputFile implements Closeable {
  private final Path place;
  private final Path partial;
  private final BufferedWriter writer;
  private boolean closed;

  private OutputFile(Path place, Path partial) throws IOException {
    this.place = place;
    this.partial = partial;
    writer = Files.newBufferedWriter(partial, StandardCharsets.UTF_8);
  }

  /**
   * Starts a file of that name; the folder is made where it is missing.
   *
   * @throws IOException where the folder cannot be made or written to
   */
  public static OutputFile in(Path folder, String name) throws IOException {
    // createDirectories refuses a symbolic link to a folder
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
    // the process id keeps two runs into one folder apart
    Path partial = folder.resolve("." + name + "." + ProcessHandle.current().pid());
    OutputFile file = new OutputFile(folder.resolve(name), partial);
    partial.toFile().deleteOnExit();
    return file;
  }

  /** Where the content goes. */
  public Writer writer() {
    return writer;
  }

  /** Moves the file into its place, over an earlier one. */
  public void complete() throws IOException {
    writer.close();
    closed = true;
    try {
      Files.move(partial, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(partial, place, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      try {
        writer.close();
      } finally {
        Files.deleteIfExists(partial);
      }
    }
  }
}
