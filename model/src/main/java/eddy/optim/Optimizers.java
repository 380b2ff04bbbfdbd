package eddy.optim;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The optimisers by the names that users write. */
public final class Optimizers {
  private static final Map<String, Function<Float, Optimizer>> ALL =
      new TreeMap<>(
          Map.of(
              "adam", Adam::new,
              "adagrad", AdaGrad::new,
              "momentum", Momentum::new,
              "obgd", Obgd::new,
              "rmsprop", RmsProp::new,
              "sgd", Sgd::new));

  private Optimizers() {}

  public static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /** Throws IllegalArgumentException for an unknown name. */
  public static Optimizer of(String name, double learningRate) {
    Function<Float, Optimizer> optimizer = ALL.get(name);
    if (optimizer == null) {
      throw new IllegalArgumentException("unknown optimizer " + name + "; known: " + names());
    }
    return optimizer.apply((float) learningRate);
  }
}
