package eddy.fuzz;

/** Shows inputs to a parser. Holds scratch: used by one thread. */
@FunctionalInterface
public interface Probe {
  /**
   * Has the input parsed.
   *
   * @return what became of it: 0 for a value, else {@link Refusal#shape} of the documented refusal
   * @throws Exception anything that the parser must not throw
   */
  int show(byte[] input) throws Exception;
}
