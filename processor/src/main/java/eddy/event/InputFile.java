package eddy.event;

import eddy.config.ConfigurationException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** An input that is unpacked where it is gzipped, whatever its name, and that counts its bytes. */
final class InputFile implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final String name;
  private final long bytes;
  private final Counter counter;
  private final InputStream content;

  private InputFile(String name, long bytes, InputStream stored) throws IOException {
    this.name = name;
    this.bytes = bytes;
    counter = new Counter(stored);
    InputStream buffered = new BufferedInputStream(counter, BUFFER);
    content = isGzip(buffered) ? new GZIPInputStream(buffered, BUFFER) : buffered;
  }

  /** Opens a file. */
  static InputFile open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new ConfigurationException(file + ": is a folder; name a file in it");
    }
    try {
      return open(file.toString(), Files.newInputStream(file), Files.size(file));
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(file + ": there is no such file");
    }
  }

  /**
   * Opens what a stream gives. Closes the stream.
   *
   * @param name of the input, to be named in errors
   * @param bytes in the stream, -1 where that is not known
   */
  static InputFile open(String name, InputStream stored, long bytes) throws IOException {
    try {
      return new InputFile(name, bytes, stored);
    } catch (IOException e) {
      stored.close();
      throw e;
    }
  }

  private static boolean isGzip(InputStream buffered) throws IOException {
    buffered.mark(2);
    boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
    buffered.reset();
    return gzip;
  }

  String name() {
    return name;
  }

  InputStream content() {
    return content;
  }

  long bytesRead() {
    return counter.count;
  }

  long bytesTotal() {
    return bytes;
  }

  @Override
  public void close() throws IOException {
    content.close();
  }

  private static final class Counter extends FilterInputStream {
    private long count;

    Counter(InputStream stored) {
      super(stored);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      int read = super.read(buffer, from, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
