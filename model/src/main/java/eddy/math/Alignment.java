package eddy.math;

import java.util.Arrays;

/**
 * How the entries of one axis take over from those of a foreign one: which foreign entry stands for
 * each, and how far it moves toward that.
 *
 * <p>A share of 0 keeps the own value, 1 takes the foreign one. Where two axes meet, one that keeps
 * wins, then the larger share. Immutable.
 */
public final class Alignment {
  /** How far a base moves toward a foreign one at each {@link #advance}. */
  public static final float PULL = 1 / 64f;

  private final int[] source;
  private final float[] share;

  /**
   * An alignment over arrays that are used, not copied.
   *
   * @param source by entry: the foreign entry that stands for it, anything where the share is 0
   * @param share by entry, in [0, 1]
   */
  public Alignment(int[] source, float[] share) {
    if (source.length != share.length) {
      throw new IllegalArgumentException(
          "expected as many shares as entries but got " + share.length + " for " + source.length);
    }
    this.source = source;
    this.share = share;
  }

  /** Entries that stand for the same on both sides. */
  public static Alignment same(int length, float share) {
    int[] source = new int[length];
    float[] shares = new float[length];
    for (int i = 0; i < length; i++) {
      source[i] = i;
    }
    Arrays.fill(shares, share);
    return new Alignment(source, shares);
  }

  /** This axis with another behind it. */
  public Alignment then(Alignment next) {
    int length = length();
    int[] sources = Arrays.copyOf(source, length + next.length());
    float[] shares = Arrays.copyOf(share, length + next.length());
    for (int i = 0; i < next.length(); i++) {
      sources[length + i] = length + next.source[i];
      shares[length + i] = next.share[i];
    }
    return new Alignment(sources, shares);
  }

  /** Some entries that stand side by side, on both sides at the same place. */
  public Alignment slice(int at, int count) {
    int[] sources = Arrays.copyOfRange(source, at, at + count);
    for (int i = 0; i < count; i++) {
      sources[i] -= at;
    }
    return new Alignment(sources, Arrays.copyOfRange(share, at, at + count));
  }

  /** The same, where nothing has been learned on this side yet. */
  public Alignment first() {
    float[] shares = new float[share.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = share[i] == 0f ? 0f : 1f;
    }
    return new Alignment(source, shares);
  }

  /** The entries of a matrix [rows][columns] whose rows and columns are aligned as given. */
  public static Alignment matrix(Alignment rows, Alignment columns) {
    int width = columns.length();
    int[] sources = new int[rows.length() * width];
    float[] shares = new float[sources.length];
    for (int r = 0; r < rows.length(); r++) {
      for (int c = 0; c < width; c++) {
        sources[r * width + c] = rows.source[r] * width + columns.source[c];
        shares[r * width + c] = joint(rows.share[r], columns.share[c]);
      }
    }
    return new Alignment(sources, shares);
  }

  private static float joint(float one, float other) {
    return one == 0f || other == 0f ? 0f : Math.max(one, other);
  }

  public int length() {
    return source.length;
  }

  /** Whether every entry stands for the one at the same place. */
  public boolean isSame() {
    for (int i = 0; i < source.length; i++) {
      if (source[i] != i || share[i] == 0f) {
        return false;
      }
    }
    return true;
  }

  /** The foreign entry that stands for an entry. */
  public int source(int entry) {
    return source[entry];
  }

  /** How far an entry moves toward its source. */
  public float share(int entry) {
    return share[entry];
  }

  /**
   * How far a mean over some values moves toward a foreign one over others, when both weigh by
   * their counts too; 0 where the foreign one has no values.
   */
  public static double part(double count, double foreignCount, double share) {
    double theirs = share * foreignCount;
    return theirs == 0 ? 0 : theirs / ((1 - share) * count + theirs);
  }

  /**
   * Adds what the foreign values have moved by to the own ones, and to the base that these move
   * from; both bases draw nearer by a little, lest they drift apart. A share of 1 takes the foreign
   * value itself. Modifies only own and base.
   */
  public void advance(float[] own, float[] base, float[] foreign, float[] foreignBase, int at) {
    for (int i = 0; i < source.length; i++) {
      int there = at + source[i];
      int here = at + i;
      if (share[i] == 1f) {
        own[here] = foreign[there];
        base[here] = foreign[there];
      } else if (share[i] > 0f) {
        float step = foreign[there] - foreignBase[there];
        float move = Math.fma(PULL, foreignBase[there] - base[here], step);
        if (move != 0f) {
          own[here] += move;
          base[here] += move;
        }
      }
    }
  }

  /** own = base + part (own - base). Modifies only own. */
  public static void shorten(float[] own, float[] base, float part) {
    for (int i = 0; part < 1f && i < own.length; i++) {
      own[i] = Math.fma(part, own[i] - base[i], base[i]);
    }
  }

  /** own += share (foreign - own), entry by entry from at. Modifies only own. */
  public void mix(float[] own, float[] foreign, int at) {
    for (int i = 0; i < source.length; i++) {
      own[at + i] = mix(own[at + i], foreign[at + source[i]], share[i]);
    }
  }

  /** The same of one value; exact where the share is 0 or 1, or both are equal. */
  public static float mix(float own, float foreign, float share) {
    if (share == 0f) {
      return own;
    }
    return share == 1f ? foreign : Math.fma(share, foreign - own, own);
  }

  /** The same in double. */
  public static double mix(double own, double foreign, double share) {
    if (share == 0) {
      return own;
    }
    return share == 1 ? foreign : Math.fma(share, foreign - own, own);
  }
}
