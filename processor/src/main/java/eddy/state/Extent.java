package eddy.state;

/**
 * What is stored under a key.
 *
 * @param version of its last write, 0 where nothing is stored
 * @param bytes of the value without its parts
 * @param partVersions the write that stored each part, 0 where it is not stored
 * @param partBytes length of each part
 */
record Extent(long version, int bytes, long[] partVersions, int[] partBytes) {
  private static final long[] NO_VERSIONS = {};
  private static final int[] NO_BYTES = {};

  static final Extent NONE = of(0, 0);

  /** A value without parts. */
  static Extent of(long version, int bytes) {
    return new Extent(version, bytes, NO_VERSIONS, NO_BYTES);
  }

  /** The next write, with room for so many parts; those that are stored stay. */
  Extent next(int valueBytes, int parts) {
    if (parts == 0 && partVersions.length == 0) {
      return of(version + 1, valueBytes);
    }
    long[] versions = new long[parts];
    int[] lengths = new int[parts];
    System.arraycopy(partVersions, 0, versions, 0, Math.min(parts, partVersions.length));
    System.arraycopy(partBytes, 0, lengths, 0, Math.min(parts, partBytes.length));
    return new Extent(version + 1, valueBytes, versions, lengths);
  }

  int parts() {
    return partVersions.length;
  }
}
