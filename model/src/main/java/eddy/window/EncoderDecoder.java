package eddy.window;

import eddy.cell.CellWeights;
import eddy.gradient.RecurrentState;
import eddy.math.Kernels;
import java.util.Arrays;

/**
 * An encoder that reads a window, and a decoder that makes one step for every lane, the nearest
 * horizon first (Cho et al. 2014).
 *
 * <p>The decoder starts from tanh(V c + b), where c is what the encoder shows last. Each of its
 * steps reads c again or, with {@link Attention}, a mixture of all that the encoder shows. It is
 * never told a label, nor its own last prediction: at the origin no label is known, and one of
 * training would not be there when it predicts. Exact by full back-propagation through the window.
 * A key's state is the ring of its newest inputs. Holds scratch: one per thread.
 */
final class EncoderDecoder implements WindowNetwork {
  private final Composition composition;
  private final InputRing ring;
  private final LayerStack encoder;
  private final StartMap start;
  private final Kernels kernels;
  private final Attention attention;
  private final Unrolled decoder;
  private final Summary summary;
  private final int lanes;
  private final int startBlock;
  private final int attentionBlock;
  private final int decoderBlock;
  private final float[] encoded;
  private final float[] encodedAdjoint;
  private final float[] context;
  private final float[] contextAdjoint;
  private final float[] queryAdjoint;
  private final float[] startAdjoint;
  private int count;
  private boolean usable;

  EncoderDecoder(
      Composition composition, Kernels kernels, int lanes, boolean attend, boolean mean) {
    this.composition = composition;
    this.kernels = kernels;
    this.lanes = lanes;
    ring = composition.ring();
    encoder = composition.stack(kernels);
    start = new StartMap(kernels, composition.startShape());
    attention =
        attend
            ? new Attention(kernels, composition.attentionShape(), ring.capacity(), lanes)
            : null;
    decoder = new Unrolled(kernels, composition.decoder(), lanes);
    summary = new Summary(mean);
    startBlock = encoder.blocks();
    attentionBlock = startBlock + 1;
    decoderBlock = attend ? attentionBlock + 1 : attentionBlock;
    encoded = new float[encoder.width()];
    encodedAdjoint = new float[encoder.width()];
    context = new float[encoder.width()];
    contextAdjoint = new float[encoder.width()];
    queryAdjoint = new float[decoder.width()];
    startAdjoint = new float[composition.startShape().outputs()];
  }

  @Override
  public int outputs() {
    return decoder.width();
  }

  @Override
  public Composition composition() {
    return composition;
  }

  @Override
  public Kernels kernels() {
    return kernels;
  }

  @Override
  public boolean lanesDiffer() {
    return true;
  }

  @Override
  public void unroll(CellWeights[] weights, RecurrentState[] states) {
    count = ring.read(states[0], encoder.inputs(), encoder.dts());
    usable = count > 0;
    if (!usable) {
      Arrays.fill(decoder.outputs, 0f);
      return;
    }
    encoder.run(weights, count, count - 1, count - 1);
    summary.of(encoder.top(), count, encoded.length, encoded);
    decoder.begin(start.of(weights[startBlock], encoded));
    if (attention != null) {
      attention.begin(weights[attentionBlock], encoder.top(), count);
    }
    for (int step = 0; step < lanes; step++) {
      decoder.record(weights, decoderBlock, context(weights, step), 0, 1f);
    }
    usable = Composition.finiteOrZero(decoder.outputs);
  }

  private float[] context(CellWeights[] weights, int step) {
    if (attention == null) {
      return encoded;
    }
    int at = step * decoder.width();
    attention.attend(weights[attentionBlock], step, decoder.outputs, at, encoder.top(), context);
    return context;
  }

  @Override
  public void output(CellWeights[] weights, RecurrentState[] states, int lane, float[] output) {
    int at = (lanes - lane) * decoder.width();
    System.arraycopy(decoder.outputs, at, output, 0, decoder.width());
  }

  @Override
  public void addGradient(
      CellWeights[] weights,
      RecurrentState[] states,
      int lane,
      float[] output,
      float[] adjoint,
      float[][] gradients) {
    if (!usable) {
      return;
    }
    encoder.beginPullBack();
    Arrays.fill(encodedAdjoint, 0f);
    pullBackDecoder(weights, lanes - lane, adjoint, gradients);
    decoder.startAdjoint(startAdjoint);
    start.pullBack(
        weights[startBlock], encoded, startAdjoint, gradients[startBlock], encodedAdjoint);
    summary.addAdjoint(encodedAdjoint, count, encoded.length, encoder.topAdjoint());
    encoder.pullBack(weights, gradients);
  }

  private void pullBackDecoder(
      CellWeights[] weights, int steps, float[] adjoint, float[][] gradients) {
    decoder.beginPullBack(steps);
    decoder.addOutputAdjoint(steps, adjoint, 0);
    if (attention == null) {
      for (int step = steps; step > 0; step--) {
        decoder.pullBack(weights, decoderBlock, gradients, encodedAdjoint, 0);
      }
      return;
    }
    CellWeights own = weights[attentionBlock];
    float[] gradient = gradients[attentionBlock];
    attention.beginPullBack();
    for (int step = steps; step > 0; step--) {
      Arrays.fill(contextAdjoint, 0f);
      decoder.pullBack(weights, decoderBlock, gradients, contextAdjoint, 0);
      attention.pullBack(
          own,
          step - 1,
          contextAdjoint,
          encoder.top(),
          encoder.topAdjoint(),
          gradient,
          queryAdjoint);
      decoder.addOutputAdjoint(step - 1, queryAdjoint, 0);
    }
    attention.pullBackKeys(own, encoder.top(), encoder.topAdjoint(), gradient);
  }
}
