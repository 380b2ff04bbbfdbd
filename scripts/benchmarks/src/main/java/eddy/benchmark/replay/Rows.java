package eddy.benchmark.replay;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/** A file of events: daily waves with noise, one for each key, the keys by chance. */
final class Rows {
  private static final int BUFFER = 1 << 16;
  private static final int DAY = 288;
  private static final long START = 1_700_000_000_000L;

  private Rows() {}

  /**
   * Writes the file.
   *
   * @param note characters of a column that nobody reads; 0 for none
   * @param gzip whether it is packed
   * @return bytes of the rows before they were packed
   */
  static long write(Path file, long events, int keys, int note, boolean gzip) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    int[] steps = new int[keys];
    long bytes = 0;
    try (OutputStream out = open(file, gzip)) {
      String unread = note == 0 ? "" : "," + "x".repeat(note);
      String names = "key,time,load,outside" + (note == 0 ? "" : ",note");
      byte[] head = (names + "\n").getBytes(StandardCharsets.US_ASCII);
      out.write(head);
      bytes += head.length;
      StringBuilder line = new StringBuilder();
      for (long row = 0; row < events; row++) {
        int key = random.nextInt(keys);
        double phase = 2 * Math.PI * (steps[key]++ % DAY) / DAY + key;
        double outside = 10 + 8 * Math.sin(phase) + random.nextDouble();
        double load = 100 + 3 * outside + 20 * Math.sin(2 * phase) + 4 * random.nextDouble();
        line.setLength(0);
        line.append("meter-").append(key).append(',').append(START + 100 * row);
        thousandths(line.append(','), load);
        thousandths(line.append(','), outside);
        byte[] text =
            line.append(unread).append('\n').toString().getBytes(StandardCharsets.US_ASCII);
        out.write(text);
        bytes += text.length;
      }
    }
    return bytes;
  }

  private static OutputStream open(Path file, boolean gzip) {
    try {
      OutputStream plain = Files.newOutputStream(file);
      return new BufferedOutputStream(gzip ? new GZIPOutputStream(plain, BUFFER) : plain, BUFFER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void thousandths(StringBuilder line, double value) {
    long thousandths = Math.round(1000 * value);
    line.append(thousandths / 1000).append('.');
    long rest = Math.abs(thousandths % 1000);
    line.append(rest < 100 ? "0" : "").append(rest < 10 ? "0" : "").append(rest);
  }
}
