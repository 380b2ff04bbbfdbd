package eddy.cell;

import java.util.Objects;

/**
 * How the weights of a recurrence start.
 *
 * @param init its matrices
 * @param forgetBias the bias of the gate that keeps a memory
 */
public record Start(Init init, ForgetBias forgetBias) {
  public static final Start AUTO = new Start(Init.AUTO, ForgetBias.AUTO);

  public Start {
    Objects.requireNonNull(init, "init");
    Objects.requireNonNull(forgetBias, "forgetBias");
  }
}
