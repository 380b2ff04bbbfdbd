package eddy.state;

/**
 * What a changelog still holds, counted while its records pass: keys of values, and bytes of the
 * newest record of each key. 16 to 32 bytes of memory a record key, however large they are.
 *
 * <p>Keys are told apart by 64 bits of their bytes: of ten million, two are taken for one about
 * once in four hundred thousand changelogs.
 */
final class ChangelogSizes {
  private static final int FIRST = 1 << 10;

  /** Open addressing, 0 for none. */
  private long[] hashes = new long[FIRST];

  private int[] sizes = new int[FIRST];
  private int filled;
  private long keys;
  private long bytes;

  /**
   * Counts a record in place of the one before of its key.
   *
   * @param size of key and value; 0 where the record deletes
   * @param value whether it is the first chunk of a value
   */
  void add(byte[] key, int size, boolean value) {
    int slot = slot(hash(key));
    int before = sizes[slot];
    sizes[slot] = size;
    bytes += size - before;
    if (value) {
      keys += Integer.signum(size) - Integer.signum(before);
    }
  }

  /** Values that are kept. */
  long keys() {
    return keys;
  }

  /** Bytes of all keys and values of records that are kept. */
  long bytes() {
    return bytes;
  }

  private int slot(long hash) {
    if (4L * filled >= 3L * hashes.length) {
      grow();
    }
    int slot = find(hash);
    if (hashes[slot] == 0) {
      hashes[slot] = hash;
      filled++;
    }
    return slot;
  }

  private int find(long hash) {
    int slot = (int) (hash & hashes.length - 1);
    while (hashes[slot] != 0 && hashes[slot] != hash) {
      slot = slot + 1 & hashes.length - 1;
    }
    return slot;
  }

  private void grow() {
    long[] oldHashes = hashes;
    int[] oldSizes = sizes;
    hashes = new long[2 * oldHashes.length];
    sizes = new int[2 * oldSizes.length];
    for (int i = 0; i < oldHashes.length; i++) {
      if (oldHashes[i] != 0) {
        int slot = find(oldHashes[i]);
        hashes[slot] = oldHashes[i];
        sizes[slot] = oldSizes[i];
      }
    }
  }

  /** FNV-1a, its bits mixed as MurmurHash3 ends, so that the lowest tell similar keys apart. */
  private static long hash(byte[] key) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : key) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
    hash ^= hash >>> 33;
    return hash == 0 ? 1 : hash;
  }
}
