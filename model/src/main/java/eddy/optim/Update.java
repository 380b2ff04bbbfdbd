package eddy.optim;

/**
 * What an optimiser is told of one update besides the gradient, so that it need not remember
 * anything itself.
 *
 * <p>Mutable scratch of whoever makes updates, filled anew for each.
 */
public final class Update {
  /** Number of this update, from 1. */
  public long number = 1;

  /** Factor on the gradient, from clipping. */
  public float scale = 1f;

  /** Factor on the learning rate, from its schedule. */
  public float rate = 1f;

  /** Size of the output error: sum of |dLoss/dz| over the outputs that were told a label. */
  public float error = 1f;

  /** Sum of the magnitudes of the whole gradient, before the factor {@link #scale}. */
  public float magnitude;

  /** Learning rate of this update, where the optimiser prepares it. */
  float step;

  /** Correction of a second moment's bias, where the optimiser prepares it. */
  float correction;
}
