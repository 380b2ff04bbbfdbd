package eddy.network;

import eddy.cell.CellWeights;
import eddy.cell.Delays;
import eddy.gradient.RecurrentState;
import eddy.math.Alignment;
import eddy.math.RandomStream;

/**
 * The inputs of the last events, side by side: a memory without weights, for a readout with hidden
 * units.
 *
 * <p>Shows [delays][width] from one event back on, since readouts see the newest input anyway:
 * first what all inputs were, then what the targets' own fields were. Before the start of a
 * sequence everything was 0, which is the mean of standardised features. The state is a ring of
 * inputs.
 */
public final class DelayLine implements Network {
  private final Delays delays;
  private final int inputs;
  private final int targetsAt;
  private final int targets;
  private final int hidden;
  private final int width;
  private final int capacity;

  /**
   * A delay line.
   *
   * @param inputs numbers that are delayed, from the first of an input on
   * @param targetsAt where the targets' own fields stand in an input
   * @param targets numbers of theirs
   * @param hidden units of the readout's hidden layer
   */
  public DelayLine(Delays delays, int inputs, int targetsAt, int targets, int hidden) {
    this.delays = delays;
    this.inputs = inputs;
    this.targetsAt = targetsAt;
    this.targets = targets;
    this.hidden = hidden;
    width = inputs + targets;
    capacity = Math.max(delays.inputs(), delays.targets());
    Math.multiplyExact(capacity, width);
  }

  /** Numbers of state. */
  public int stateLength() {
    return capacity * width;
  }

  @Override
  public int outputs() {
    return Math.toIntExact(delays.shown(inputs, targets));
  }

  @Override
  public int hiddenUnits() {
    return hidden;
  }

  @Override
  public int blocks() {
    return 0;
  }

  @Override
  public int parameters(int block) {
    throw new IndexOutOfBoundsException("a delay line has no weights, but block " + block);
  }

  @Override
  public Alignment align(int block, Alignment all, float share) {
    throw new IndexOutOfBoundsException("a delay line has no weights, but block " + block);
  }

  @Override
  public Alignment alignOutputs(Alignment all, float share) {
    Alignment shown = Alignment.same(0, share);
    for (int back = 1; back < delays.inputs(); back++) {
      shown = shown.then(all.slice(0, inputs));
    }
    for (int back = 1; back < delays.targets(); back++) {
      shown = shown.then(all.slice(targetsAt, targets));
    }
    return shown;
  }

  @Override
  public CellWeights[] newWeights(RandomStream random) {
    return new CellWeights[0];
  }

  @Override
  public void refresh(CellWeights[] weights) {}

  @Override
  public RecurrentState[] newState(boolean traced) {
    return new RecurrentState[] {new RecurrentState(stateLength(), 0)};
  }

  @Override
  public void forward(CellWeights[] weights, float[] x, float dt, RecurrentState[] states) {
    RecurrentState line = states[0];
    int at = slot(line.steps);
    System.arraycopy(x, 0, line.state, at, inputs);
    System.arraycopy(x, targetsAt, line.state, at + inputs, targets);
    line.steps++;
  }

  @Override
  public void advance(CellWeights[] weights, float[] x, float dt, RecurrentState[] states) {
    forward(weights, x, dt, states);
  }

  @Override
  public void output(CellWeights[] weights, RecurrentState[] states, int lane, float[] output) {
    int at = copy(states[0], delays.inputs(), 0, inputs, output, 0);
    copy(states[0], delays.targets(), inputs, targets, output, at);
  }

  private int copy(RecurrentState line, int events, int from, int length, float[] output, int at) {
    int end = at;
    for (int back = 1; back < events; back++) {
      // slots that nothing was written to since the start of the sequence are 0
      long step = line.steps - 1 - back;
      int slot = slot(Math.floorMod(step, (long) capacity));
      System.arraycopy(line.state, slot + from, output, end, length);
      end += length;
    }
    return end;
  }

  private int slot(long step) {
    return (int) (step % capacity) * width;
  }

  @Override
  public void addGradient(
      CellWeights[] weights,
      RecurrentState[] states,
      int lane,
      float[] output,
      float[] adjoint,
      float[][] gradients) {}

  @Override
  public String estimator() {
    return "delay-line";
  }
}
