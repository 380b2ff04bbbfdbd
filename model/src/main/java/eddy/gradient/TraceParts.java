package eddy.gradient;

import java.nio.FloatBuffer;

/**
 * A trace in parts that can be stored apart, so that storing it again takes only what has changed.
 *
 * <p>A part holds what belongs together in time, such as rows of a carry that are folded at the
 * same event. Of what no later step reads nothing is stored.
 */
public interface TraceParts {
  /**
   * Bytes that a part has about: small beside the trace, large beside the hundred bytes that a
   * record takes besides. A trace that is no larger is stored whole.
   */
  int BYTES = 16 * 1024;

  /** A trace that is stored whole, together with the state. */
  TraceParts WHOLE =
      new TraceParts() {
        @Override
        public int count() {
          return 0;
        }

        @Override
        public int length(int part) {
          throw new IndexOutOfBoundsException(part);
        }

        @Override
        public boolean needed(RecurrentState recurrent, int part) {
          return false;
        }

        @Override
        public void read(RecurrentState recurrent, int part, FloatBuffer values) {
          throw new IndexOutOfBoundsException(part);
        }

        @Override
        public void write(FloatBuffer values, int part, RecurrentState recurrent) {
          throw new IndexOutOfBoundsException(part);
        }
      };

  /** Number of parts. */
  int count();

  /** Floats of a part. */
  int length(int part);

  /** Whether a later step may read anything of a part. */
  boolean needed(RecurrentState recurrent, int part);

  /** Appends a part, zeros in place of what no later step reads. Modifies only values. */
  void read(RecurrentState recurrent, int part, FloatBuffer values);

  /** Takes a part back. Modifies only the trace and the position of values. */
  void write(FloatBuffer values, int part, RecurrentState recurrent);

  /** Things of so many floats that make up a part. */
  static int perPart(long floats) {
    return (int) Math.max(1, BYTES / (Float.BYTES * floats));
  }
}
