package eddy.feature;

import eddy.math.Alignment;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers the texts of an open set with a fixed number of slots, in the order of their first sight.
 *
 * <p>The last slot belongs to the text that comes into it first, until a second one does: from then
 * on it stands for all further texts and has no text of its own.
 */
public final class Dictionary {
  public static final int FEWEST_SLOTS = 2;
  public static final int MOST_SLOTS = 65_536;

  private final String[] texts;
  // only ever asked for single texts, never iterated
  private final Map<String, Integer> slots = new HashMap<>();
  private int assigned;

  public Dictionary(int slots) {
    if (slots < FEWEST_SLOTS || slots > MOST_SLOTS) {
      throw new IllegalArgumentException(
          "a dictionary must have between "
              + FEWEST_SLOTS
              + " and "
              + MOST_SLOTS
              + " slots but had "
              + slots);
    }
    texts = new String[slots];
  }

  /**
   * The dictionary that gave these texts.
   *
   * @param texts {@link #text} of the {@link #assigned} slots, in their order
   */
  public static Dictionary of(int slots, String... texts) {
    Dictionary dictionary = new Dictionary(slots);
    if (texts.length > slots) {
      throw new IllegalArgumentException(
          "a dictionary of " + slots + " slots cannot hold " + texts.length + " texts");
    }
    for (int slot = 0; slot < texts.length; slot++) {
      boolean shared = texts[slot] == null;
      if (shared ? slot != slots - 1 : dictionary.slots.put(texts[slot], slot) != null) {
        throw new IllegalArgumentException(
            "slot " + slot + " of a dictionary must hold a text that no other slot has");
      }
      dictionary.texts[slot] = texts[slot];
    }
    dictionary.assigned = texts.length;
    return dictionary;
  }

  /** The slot that a text has, or would get if it were assigned now. */
  public int slotOf(String text) {
    Integer slot = slots.get(text);
    return slot != null ? slot : Math.min(assigned, texts.length - 1);
  }

  /** The slot of a text, which is its own from now on. Modifies only this dictionary. */
  public int assign(String text) {
    Integer known = slots.get(text);
    if (known != null) {
      return known;
    }
    int last = texts.length - 1;
    if (assigned <= last) {
      texts[assigned] = text;
      slots.put(text, assigned);
      return assigned++;
    }
    texts[last] = null;
    return last;
  }

  /**
   * Gives slots to the texts of a foreign dictionary, in its order, as far as there are some, and
   * says which of its slots stand for those of this one. Modifies only this dictionary.
   *
   * <p>What only this one knows keeps its own value, what only the foreign one knows is taken from
   * there. Slots that neither has assigned are alike. A slot that stands for many texts on one side
   * only has no counterpart.
   *
   * @param share of the slots that both know
   */
  public Alignment adopt(Dictionary foreign, float share) {
    int[] source = new int[texts.length];
    float[] shares = new float[texts.length];
    int known = assigned;
    for (int slot = 0; slot < foreign.assigned; slot++) {
      if (foreign.texts[slot] != null) {
        assign(foreign.texts[slot]);
      }
    }
    for (int slot = 0; slot < texts.length; slot++) {
      Integer there = texts[slot] == null ? null : foreign.slots.get(texts[slot]);
      if (there != null) {
        source[slot] = there;
        shares[slot] = slot < known ? share : 1f;
      } else if (slot >= Math.max(assigned, foreign.assigned)
          || (isShared(slot) && foreign.isShared(slot))) {
        source[slot] = slot;
        shares[slot] = share;
      }
    }
    return new Alignment(source, shares);
  }

  private boolean isShared(int slot) {
    return slot < assigned && texts[slot] == null;
  }

  /** The text of a slot; null while it is unassigned, and where the last stands for many. */
  public String text(int slot) {
    return texts[slot];
  }

  /** Number of slots in use: those from 0 on. */
  public int assigned() {
    return assigned;
  }

  public int slots() {
    return texts.length;
  }
}
