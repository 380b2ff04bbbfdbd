package eddy.drift;

import java.nio.ByteBuffer;

/**
 * {@link Adwin} that says nothing of falls, which it takes in all the same: a loss that falls is
 * that of a learner that learns.
 */
final class Rises implements DriftDetector {
  private final Adwin window;

  Rises(Adwin window) {
    this.window = window;
  }

  @Override
  public boolean add(double value) {
    double before = window.mean();
    return window.add(value) && window.mean() > before;
  }

  @Override
  public int mostBytes() {
    return window.mostBytes();
  }

  @Override
  public void encode(ByteBuffer out) {
    window.encode(out);
  }

  @Override
  public void decode(ByteBuffer in) {
    window.decode(in);
  }
}
