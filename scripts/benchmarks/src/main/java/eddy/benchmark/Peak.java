package eddy.benchmark;

/** A loop that keeps a core as busy with multiply-adds as it can be. */
public interface Peak {
  /** Additions and multiplications of {@link #run}. */
  long operations(int rounds);

  /** Makes the rounds; returns something that depends on all of them. */
  float run(int rounds);

  /**
   * The loop on the Vector API.
   *
   * @throws IllegalStateException where the JVM was started without the module
   */
  static Peak ofThisCore() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      throw new IllegalStateException(
          "the core's peak needs the vector module: start Java with --add-modules"
              + " jdk.incubator.vector, or use scripts/bench");
    }
    try {
      return (Peak)
          Class.forName("eddy.benchmark.vector.FmaPeak").getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the peak loop is missing from this build", e);
    }
  }
}
