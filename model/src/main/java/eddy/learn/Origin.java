package eddy.learn;

import java.util.Arrays;

/**
 * What was seen and said at one event: of the newest, or of an earlier one that is brought back
 * when its label comes. Scratch: one per thread.
 */
final class Origin {
  /** Encoded inputs [I + R]. */
  final float[] x;

  /** Active rows of sparse features [A]. */
  final int[] active;

  /** Time since the event before that x stands for, in mean gaps. */
  float dt;

  /** Raw outputs by member [O], then what the panel makes of them. */
  final float[][] z;

  /** What the heads must remember, by target [D]. */
  final double[] heads;

  /** Of the event. */
  long position;

  long timestamp;

  private final int waiting;

  Origin(int inputs, int activeRows, int members, Targets targets) {
    x = new float[inputs];
    active = new int[activeRows];
    z = new float[members + 1][targets.outputs];
    heads = new double[targets.count() * Head.ORIGIN];
    waiting = targets.farthest;
  }

  /** What the panel says. */
  float[] mixed() {
    return z[z.length - 1];
  }

  /** Keeps this until its labels come. Modifies only key. */
  void store(KeyState key) {
    if (waiting > 0) {
      int slot = (int) (key.events % waiting);
      int input = slot * (x.length + 1);
      System.arraycopy(x, 0, key.pendingInputs, input, x.length);
      key.pendingInputs[input + x.length] = dt;
      System.arraycopy(active, 0, key.pendingRows, slot * active.length, active.length);
      for (int m = 0; m < z.length; m++) {
        int outputs = z[m].length;
        System.arraycopy(z[m], 0, key.pendingOutputs, (slot * z.length + m) * outputs, outputs);
      }
      System.arraycopy(heads, 0, key.pendingHeads, slot * heads.length, heads.length);
      key.pendingPositions[slot] = position;
      key.pendingTimestamps[slot] = timestamp;
    }
  }

  /** Brings back what a key keeps of the event so many before the next. Modifies only this. */
  void recall(int horizon, KeyState key) {
    int slot = (int) ((key.events - horizon) % waiting);
    int input = slot * (x.length + 1);
    System.arraycopy(key.pendingInputs, input, x, 0, x.length);
    dt = key.pendingInputs[input + x.length];
    System.arraycopy(key.pendingRows, slot * active.length, active, 0, active.length);
    for (int m = 0; m < z.length; m++) {
      int outputs = z[m].length;
      System.arraycopy(key.pendingOutputs, (slot * z.length + m) * outputs, z[m], 0, outputs);
    }
    System.arraycopy(key.pendingHeads, slot * heads.length, heads, 0, heads.length);
    position = key.pendingPositions[slot];
    timestamp = key.pendingTimestamps[slot];
  }

  /** Of outputs that are kept, event by event as z, forgets what members said. */
  void forgetOutputs(float[] kept) {
    int panel = mixed().length;
    int all = z.length * panel;
    for (int at = 0; at < kept.length; at += all) {
      Arrays.fill(kept, at, at + all - panel, 0f);
    }
  }
}
