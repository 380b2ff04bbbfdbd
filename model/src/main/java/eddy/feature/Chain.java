package eddy.feature;

import eddy.feature.Transform.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A feature's links in normal form: what is computed from the field, how many events back it is
 * read, how it is scaled.
 *
 * <p>Every transform commutes with a lag, so lags may stand anywhere; several add up.
 *
 * @param transforms what is computed, left to right
 * @param lagFrom the least number of events back, 0 for this event
 * @param lagTo the greatest number of events back
 * @param scale how a number becomes an input
 * @param limit bound of the scaled number's magnitude, infinite for none
 */
public record Chain(List<Transform> transforms, int lagFrom, int lagTo, Scale scale, double limit) {

  /** How a number becomes an input of the learner. */
  public enum Scale {
    /** Not said: standard for a number, nothing for anything else. */
    UNSAID,
    /** Running standardisation. */
    STANDARD,
    /** As it is. */
    RAW;

    String phrase() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Most inputs that one feature may give. */
  static final int LARGEST_WIDTH = 1_000_000;

  private static final Chain EMPTY =
      new Chain(List.of(), 0, 0, Scale.UNSAID, Double.POSITIVE_INFINITY);

  public Chain {
    transforms = List.copyOf(transforms);
  }

  /**
   * The normal form of a feature.
   *
   * @throws IllegalArgumentException where two of its links do not fit together
   */
  public static Chain of(FeatureSpec spec) {
    try {
      Chain chain = EMPTY;
      for (Encoder link : spec.chain()) {
        chain = link.appendTo(chain);
      }
      return chain.complete(spec);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("feature " + spec + ": " + e.getMessage(), e);
    }
  }

  /** This chain with a transform at its end. */
  public Chain then(Transform next) {
    if (scale != Scale.UNSAID) {
      throw new IllegalArgumentException(
          "after " + scale.phrase() + " only lag and clip may follow; move " + next + " before it");
    }
    if (!transforms.isEmpty() && signal() != next.takes()) {
      throw new IllegalArgumentException(misfit(next.toString(), next.takes()));
    }
    List<Transform> longer = new ArrayList<>(transforms);
    longer.add(next);
    return new Chain(longer, lagFrom, lagTo, scale, limit);
  }

  /** This chain, read further back. */
  public Chain lagged(int from, int to) {
    long last = (long) lagTo + to;
    if (last > Lag.LARGEST) {
      throw new IllegalArgumentException(
          "its lags add up to " + last + " but must not exceed " + Lag.LARGEST + "; shorten one");
    }
    return new Chain(transforms, lagFrom + from, (int) last, scale, limit);
  }

  /** This chain with a scale. */
  public Chain scaled(Scale by) {
    if (scale != Scale.UNSAID) {
      throw new IllegalArgumentException(
          "it has two scales, " + scale.phrase() + " and " + by.phrase() + "; keep one");
    }
    if (!numeric()) {
      throw new IllegalArgumentException(misfit(by.phrase(), Signal.NUMBER));
    }
    return new Chain(transforms, lagFrom, lagTo, by, limit);
  }

  /** This chain, which must have a scale, with its output bounded. */
  public Chain limited(double bound) {
    return new Chain(transforms, lagFrom, lagTo, scale, Math.min(limit, bound));
  }

  /** Whether it has a scale already. */
  public boolean hasScale() {
    return scale != Scale.UNSAID;
  }

  /** What leaves the last transform. */
  public Signal signal() {
    return transforms.isEmpty() ? Signal.NUMBER : last().gives();
  }

  public boolean numeric() {
    return signal() == Signal.NUMBER;
  }

  /** How the field is read; null where it is not read at all. */
  public FieldKind kind() {
    if (transforms.isEmpty()) {
      return FieldKind.NUMBER;
    }
    return switch (transforms.get(0).takes()) {
      case NOTHING -> null;
      case TEXT -> FieldKind.CATEGORY;
      case TIME -> FieldKind.TIME;
      default -> FieldKind.NUMBER;
    };
  }

  /** Number of values read: one for each lag. */
  public int lanes() {
    return lagTo - lagFrom + 1;
  }

  /** Whether it gives rows, which only a readout can see, rather than inputs. */
  public boolean sparse() {
    return signal() == Signal.ROW;
  }

  /** Rows out of which one is active at each lag; 0 unless it is sparse. */
  public int rows() {
    return transforms.isEmpty() ? 0 : last().rows();
  }

  /** See {@link Transform#rowBeforeFirst}. */
  int rowBeforeFirst() {
    return transforms.isEmpty() ? -1 : last().rowBeforeFirst();
  }

  /** Mean sum of the squares of its inputs, the missing flag not counted. */
  public double power() {
    return switch (signal()) {
      case SLOT -> lanes();
      case WAVES -> lanes() * outputs() / 2.0;
      case ROW -> 0;
      default -> lanes();
    };
  }

  /** Inputs that all its values become, the missing flag not counted. */
  public int width() {
    return lanes() * outputs();
  }

  /** Inputs that one value becomes. */
  public int outputs() {
    return transforms.isEmpty() ? 1 : last().outputs();
  }

  /** One name for each output, lane by lane. */
  List<String> names(String field) {
    List<String> names = new ArrayList<>();
    for (int lag = lagFrom; lag <= lagTo; lag++) {
      StringBuilder name = new StringBuilder(field);
      for (Transform transform : transforms) {
        if (transform.takes() != Signal.TEXT) {
          name.append(':').append(transform);
        }
      }
      if (lag > 0) {
        name.append(':').append(new Lag(lag, lag));
      }
      boolean limited = !Double.isInfinite(limit);
      if (scale == Scale.RAW || (scale == Scale.STANDARD && limited)) {
        name.append(':').append(scale.phrase());
      }
      if (limited) {
        name.append(':').append(new Clip(limit));
      }
      for (int output = 0; output < outputs(); output++) {
        names.add(outputs() == 1 ? name.toString() : name + "=" + last().label(output));
      }
    }
    return names;
  }

  private Chain complete(FeatureSpec spec) {
    long width = (long) lanes() * outputs();
    if (width > LARGEST_WIDTH) {
      throw new IllegalArgumentException(
          "it gives "
              + width
              + " inputs but at most "
              + LARGEST_WIDTH
              + " are allowed; use fewer lags or slots");
    }
    if (spec.optional() && kind() == null) {
      throw new IllegalArgumentException(last() + " reads no value; remove the \"?\"");
    }
    return scale == Scale.UNSAID && numeric() ? scaled(Scale.STANDARD) : this;
  }

  private Transform last() {
    return transforms.get(transforms.size() - 1);
  }

  private String misfit(String link, Signal needed) {
    return link
        + " needs "
        + needed.phrase()
        + " but "
        + last()
        + " gives "
        + signal().phrase()
        + (needed == Signal.NOTHING ? "; put " : "; remove ")
        + link
        + (needed == Signal.NOTHING ? " first" : "");
  }
}
