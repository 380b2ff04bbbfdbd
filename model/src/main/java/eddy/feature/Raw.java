package eddy.feature;

/** No scale: the number as it is. */
public record Raw() implements Encoder {
  @Override
  public Chain appendTo(Chain chain) {
    return chain.scaled(Chain.Scale.RAW);
  }

  @Override
  public String toString() {
    return "raw";
  }
}
