package eddy.drift;

import java.nio.ByteBuffer;

/** Says when the values of a series are no longer what they were. For one thread. */
public interface DriftDetector {
  /**
   * Takes the next value.
   *
   * @param value finite, of about the size of 1
   * @return whether a change was found now; the detector has then forgotten what was before it
   */
  boolean add(double value);

  /** Bytes of the stored form at most. */
  int mostBytes();

  /** Writes all that decides what it will say. */
  void encode(ByteBuffer out);

  /** Reads what {@link #encode} of an equal detector wrote. */
  void decode(ByteBuffer in);
}
