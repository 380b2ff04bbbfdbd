package eddy.event;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The lines of a file, one at a time, as bytes without their end ({@code \n} or {@code \r\n}).
 *
 * <p>Lines of spaces alone are none. Of a line that is too long no more is held than the bound and
 * one byte. A byte order mark at the start is passed over.
 */
final class Lines implements Closeable {
  private static final int BUFFER = 1 << 16;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputFile file;
  private final InputStream content;
  private final int maxBytes;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int filled;
  private byte[] line = new byte[1024];
  private int length; // of what is held of the line
  private long bytes; // of the line
  private byte last;
  private long number = -1;
  private boolean first = true;

  /**
   * The lines of an opened file.
   *
   * @param maxBytes longest line that is held whole
   */
  Lines(InputFile file, int maxBytes) {
    this.file = file;
    this.maxBytes = maxBytes;
    content = file.content();
  }

  /** Moves to the next line; false at the end. */
  boolean next() throws IOException {
    while (read()) {
      if (!isBlank()) {
        number++;
        return true;
      }
    }
    return false;
  }

  private boolean read() throws IOException {
    length = 0;
    bytes = 0;
    last = 0;
    boolean any = false;
    while (at < filled || fill()) {
      any = true;
      int from = at;
      while (at < filled && buffer[at] != '\n') {
        at++;
      }
      append(from, at);
      if (at < filled) {
        at++; // the end of the line
        break;
      }
    }
    if (any) {
      trim();
    }
    return any;
  }

  private boolean fill() throws IOException {
    at = 0;
    filled = Math.max(0, content.read(buffer));
    return filled > 0;
  }

  private void append(int from, int to) {
    int wanted = to - from;
    bytes += wanted;
    last = wanted > 0 ? buffer[to - 1] : last;
    // one more than the bound, which tells that there was more
    int taken = (int) Math.min(wanted, maxBytes + 1L - length);
    if (length + taken > line.length) {
      line = Arrays.copyOf(line, Math.max(2 * line.length, length + taken));
    }
    System.arraycopy(buffer, from, line, length, taken);
    length += taken;
  }

  private void trim() {
    if (last == '\r') {
      bytes--;
      length = (int) Math.min(length, bytes);
    }
    if (first) {
      first = false;
      int mark = BYTE_ORDER_MARK.length;
      if (length >= mark && Arrays.equals(line, 0, mark, BYTE_ORDER_MARK, 0, mark)) {
        System.arraycopy(line, mark, line, 0, length - mark);
        length -= mark;
        bytes -= mark;
      }
    }
  }

  private boolean isBlank() {
    for (int i = 0; i < length; i++) {
      if (line[i] != ' ' && line[i] != '\t') {
        return false;
      }
    }
    return length == bytes;
  }

  /** 0-based number of the line; those that are none do not count. */
  long number() {
    return number;
  }

  /** Bytes of the line. */
  long bytes() {
    return bytes;
  }

  /** The line; where it is too long, its beginning. */
  byte[] line() {
    return Arrays.copyOf(line, length);
  }

  /** Bytes of the file read so far, as they are stored. */
  long bytesRead() {
    return file.bytesRead();
  }

  /** Bytes of the file as it is stored. */
  long bytesTotal() {
    return file.bytesTotal();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
