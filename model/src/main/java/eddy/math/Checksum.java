package eddy.math;

import java.util.zip.CRC32C;

/** The CRC32C that ends whatever is stored. */
public final class Checksum {
  private Checksum() {}

  /** Of the first bytes. */
  public static int of(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }
}
